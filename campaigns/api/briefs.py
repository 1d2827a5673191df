"""Read a brief without keeping it."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.api import examples
from campaigns.api.serializers import ParseBriefSerializer, ParsedBriefSerializer
from campaigns.briefs.parsing import BriefRefused
from campaigns.services.briefs import parse_tenant_brief
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.permissions import Action


class ParseBriefView(IdempotentPosts, APIView):
    required_actions = {"POST": Action.READ_PLANS}

    @extend_schema(
        operation_id="briefs_parse",
        request=ParseBriefSerializer,
        responses={200: ParsedBriefSerializer},
        examples=[examples.BRIEF_REQUEST, examples.RULES_REQUEST, examples.PARSED],
    )
    def post(self, request: Request) -> Response:
        """Constraints read from a brief, what was not understood, and what to ask back. Nothing is kept."""
        asked = ParseBriefSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            parsed = parse_tenant_brief(text=asked.validated_data["brief"], by=asked.validated_data["by"])
            return Response(parsed.as_json())
        except BriefRefused as refusal:
            raise Problem(status=400, title="The brief cannot be read", detail=str(refusal), where="brief") from refusal
