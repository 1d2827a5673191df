"""What would be: one budget, every budget, every rule and assumption a little other."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.api import what_if_examples as examples
from campaigns.api.what_if_serializers import FrontierSerializer, TornadoSerializer, WhatIfSerializer
from campaigns.models import Plan
from campaigns.planning.what_if import Questioned
from campaigns.selectors.plans import plan_or_404
from campaigns.selectors.what_if import CannotAsk, answer_at, ask_plan, frontier_of, tornado_of
from tenants.api.problems import Problem
from tenants.permissions import Action


class BudgetSerializer(serializers.Serializer[Any]):
    budget = serializers.FloatField(min_value=0.01, max_value=1e12, help_text="In the plan's currency.")


class WhatIfView(APIView):
    """One budget."""

    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(
        operation_id="plans_what_if",
        parameters=[BudgetSerializer],
        responses={200: WhatIfSerializer},
        examples=[examples.WHAT_IF],
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """What another budget would bring under the plan's rules, from its kept curves. Nothing is changed."""
        asked_for = BudgetSerializer(data=request.query_params)
        asked_for.is_valid(raise_exception=True)
        plan = plan_or_404(pk=pk)
        asked = _asked(plan)
        try:
            answer = answer_at(asked=asked, plan=plan, budget=asked_for.validated_data["budget"])
        except CannotAsk as refusal:
            raise Problem(
                status=400, title="This budget cannot be asked about", detail=str(refusal), where="budget"
            ) from refusal
        return Response(WhatIfSerializer(answer).data)


class FrontierView(APIView):
    """Every budget."""

    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(operation_id="plans_frontier", responses={200: FrontierSerializer}, examples=[examples.FRONTIER])
    def get(self, request: Request, pk: UUID) -> Response:
        """The best margin from a quarter to twice the plan's budget, with 80% and 90% intervals."""
        return Response(FrontierSerializer(frontier_of(asked=_asked(plan_or_404(pk=pk)))).data)


class TornadoView(APIView):
    """What moves the outcome most."""

    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(operation_id="plans_tornado", responses={200: TornadoSerializer}, examples=[examples.TORNADO])
    def get(self, request: Request, pk: UUID) -> Response:
        """Each rule and assumption a tenth lower and higher, alone, the money split anew; the longest bar first."""
        return Response(TornadoSerializer(tornado_of(asked=_asked(plan_or_404(pk=pk)))).data)


def _asked(plan: Plan) -> Questioned:
    try:
        return ask_plan(plan=plan)
    except CannotAsk as refusal:
        raise Problem(
            status=409,
            title="This plan cannot be asked yet",
            detail=str(refusal),
            fix="POST to the plan's allocate/, wait for the operation, ask again.",
        ) from refusal
