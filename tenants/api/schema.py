"""What many entries of the OpenAPI document share: refusals, and the key of a repeatable POST."""

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, OpenApiTypes

from tenants.api.serializers import ProblemSerializer

PROBLEM_TYPE = "application/problem+json"
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The same key and body again replay the first answer; another body is 422, a key in flight 409.",
)
MEANINGS = {
    400: "Some fields are not right.",
    401: "No valid token or session.",
    403: "The role or token does not include this.",
    404: "There is no such object in this workspace.",
    409: "Not possible in the object's present state, or a request with this key is in flight.",
    422: "The Idempotency-Key was used for another request, or the content cannot be worked with.",
}
REFUSALS = {
    (status, PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, description=meaning)
    for status, meaning in MEANINGS.items()
}
