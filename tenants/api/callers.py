"""The caller of the API: who, in which tenant, with which rights."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tenants.api.permissions import IsMember
from tenants.api.requests import tenant_request
from tenants.api.serializers import CallerSerializer


class CallerView(APIView):
    """Open to every member, whatever the role or the token's scopes."""

    permission_classes = (IsMember,)

    @extend_schema(operation_id="me", summary="Who am I here", tags=["caller"], responses=CallerSerializer)
    def get(self, request: Request) -> Response:
        asked = tenant_request(request)
        answer = {
            "user": asked.user,
            "tenant": asked.tenant,
            "role": asked.membership.role,
            "actions": sorted(asked.actions),
        }
        return Response(CallerSerializer(answer).data)
