"""Incrementality assumptions."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.api import examples
from campaigns.api.serializers import AssumptionSerializer
from campaigns.selectors.assumptions import assumptions_of_retailers
from campaigns.services.assumptions import AssumptionRefused, NewAssumption, set_assumption
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.permissions import Action


class AssumptionsView(APIView):
    """What plans assume about each retailer until an experiment measures it."""

    required_actions = {"GET": Action.READ_PLANS, "PUT": Action.WRITE_PLANS}

    @extend_schema(
        operation_id="assumptions_list",
        responses={200: AssumptionSerializer(many=True)},
        examples=[examples.ASSUMPTION],
    )
    def get(self, request: Request) -> Response:
        """One row for each retailer with data; those nobody set carry the default and say so."""
        return Response(AssumptionSerializer(assumptions_of_retailers(), many=True).data)

    @extend_schema(
        operation_id="assumptions_set",
        request=AssumptionSerializer,
        responses={200: AssumptionSerializer},
        examples=[examples.ASSUMPTION],
    )
    def put(self, request: Request) -> Response:
        """Replace one retailer's incrementality. Plans made before keep the figures they were made with."""
        asked = AssumptionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            stored = set_assumption(new=NewAssumption(**asked.validated_data), by=tenant_request(request).user)
        except AssumptionRefused as refusal:
            raise Problem(status=400, title="This is not a range", detail=str(refusal), where="low, mean, high") from (
                refusal
            )
        return Response(AssumptionSerializer(stored).data)
