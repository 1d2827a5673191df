"""Split a budget over cells of your own: PROBLEM.json in, the split with its proof out. Nothing is kept."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.api import allocation_examples as examples
from campaigns.optimization.allocation import METHODS, allocate
from campaigns.optimization.problem import S_SHAPES, ProblemError, problem_from_json
from campaigns.optimization.results import allocation_to_json
from tenants.api.problems import Problem
from tenants.permissions import Action

MOST_CELLS = 500


class WaySerializer(serializers.Serializer[Any]):
    method = serializers.ChoiceField(choices=sorted(METHODS), default="auto")
    seed = serializers.IntegerField(default=0, min_value=0, max_value=2**32 - 1, help_text="For `bandit`.")


class ProblemSerializer(serializers.Serializer[Any]):
    """PROBLEM.json, as the command `allocate` reads it."""

    budget = serializers.FloatField()
    currency = serializers.CharField()
    objective = serializers.CharField(required=False)
    cells = serializers.ListField(child=serializers.DictField())
    rules = serializers.ListField(child=serializers.DictField(), required=False)
    s_shapes = serializers.ChoiceField(choices=S_SHAPES, default="hull", help_text="S-shaped curves: hulls, or exact.")
    target = serializers.DictField(required=False, help_text="An outcome to reach with the least budget.")
    risk = serializers.DictField(required=False, help_text='`{"worst_share": 0.2}` plans for the worst fifth of draws.')


class AllocationSerializer(serializers.Serializer[Any]):
    status = serializers.CharField(help_text="optimal, explored, infeasible or not_converged; only two have a split.")
    objective = serializers.FloatField(allow_null=True)
    spend = serializers.DictField(child=serializers.FloatField())
    certificate = serializers.DictField(allow_null=True)
    shadow_prices = serializers.DictField()
    binding = serializers.ListField(child=serializers.CharField())
    conflict = serializers.ListField(child=serializers.DictField())
    notes = serializers.ListField(child=serializers.CharField())
    risk = serializers.DictField(allow_null=True, help_text="Mean, worst draws and chances, each with its interval.")


class AllocationView(APIView):
    required_actions = {"POST": Action.READ_PLANS}

    @extend_schema(
        operation_id="allocations_solve",
        parameters=[WaySerializer],
        request=ProblemSerializer,
        responses={200: AllocationSerializer, 400: OpenApiResponse(description="What is wrong, where, how to fix it.")},
        examples=[examples.PROBLEM, examples.ALLOCATION],
    )
    def post(self, request: Request) -> Response:
        """The best split of up to 500 cells, with certificate, prices and conflicts; `risk` is for the worst draws."""
        way = WaySerializer(data=request.query_params)
        way.is_valid(raise_exception=True)
        try:
            problem = problem_from_json(request.data)
            if len(problem.cells) > MOST_CELLS:
                detail = f"{len(problem.cells)} cells are too many to wait for; up to {MOST_CELLS} are solved here."
                raise ProblemError("Too many cells", detail, "cells")
            answer = allocate(problem=problem, **way.validated_data)
        except ProblemError as refusal:
            raise Problem(status=400, title=refusal.title, detail=refusal.detail, where=refusal.where) from refusal
        return Response(allocation_to_json(allocation=answer))
