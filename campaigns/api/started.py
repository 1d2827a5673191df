"""The answer to a request that queued long work."""

from rest_framework.response import Response

from campaigns.api.serializers import operation_path
from tenants.models import Operation


def started(*, operation: Operation, name: str, address: str) -> Response:
    """202 with where to follow it, and under ``name`` where its result will be."""
    location = operation_path(operation.pk)
    headers = {"Location": location, "Retry-After": "1"}
    return Response({"operation": location, name: address}, status=202, headers=headers)
