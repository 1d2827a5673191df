"""When plans may be approved."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.api import examples
from campaigns.api.serializers import ApprovalPolicySerializer
from campaigns.models import ApprovalPolicy
from campaigns.services.approval_policy import NewApprovalPolicy, PolicyRefused, set_approval_policy
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.permissions import Action


class ApprovalPolicyView(APIView):
    """The one policy that every approval in the workspace is checked against."""

    required_actions = {"GET": Action.READ_PLANS, "PUT": Action.MANAGE_PEOPLE}

    @extend_schema(
        operation_id="approval_policy_get",
        responses={200: ApprovalPolicySerializer},
        examples=[examples.APPROVAL_POLICY],
    )
    def get(self, request: Request) -> Response:
        """The policy; where nobody set one, the default, which allows everything."""
        return Response(ApprovalPolicySerializer(ApprovalPolicy.current()).data)

    @extend_schema(
        operation_id="approval_policy_set",
        request=ApprovalPolicySerializer,
        responses={200: ApprovalPolicySerializer},
        examples=[examples.APPROVAL_POLICY],
    )
    def put(self, request: Request) -> Response:
        """Replace the whole policy, for approvals from now on. A budget of `null` is no limit."""
        asked = ApprovalPolicySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            stored = set_approval_policy(new=NewApprovalPolicy(**asked.validated_data), by=tenant_request(request).user)
        except PolicyRefused as refusal:
            raise Problem(
                status=400, title=refusal.title, detail=refusal.detail, where=refusal.where, fix=refusal.fix
            ) from refusal
        return Response(ApprovalPolicySerializer(stored).data)
