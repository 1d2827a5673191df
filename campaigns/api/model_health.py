"""How far a plan's curves can be trusted."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.selectors.model_health import NoHealth, model_health_of
from campaigns.selectors.plans import plan_or_404
from tenants.api.problems import Problem
from tenants.permissions import Action

Fields = serializers.Serializer[Any]
BAND = {"mean": 2.4, "low": 1.6, "high": 3.3}
SHARE = {"mean": 0.6, "low": 0.4, "high": 0.8}
EXAMPLE = OpenApiExample(
    "One cell estimated, one with too little history",
    value={
        "share": 0.8,
        "days": 91,
        "history_start": "2026-03-02",
        "history_end": "2026-05-31",
        "fitted_at": "2026-06-01T08:00:00Z",
        "is_simulated": True,
        "held_out": {
            "weeks": 13,
            "cells": 1,
            "covered": 0.85,
            "error": 0.04,
            "explained": 0.95,
            "verdict": "as_claimed",
        },
        "controls": [{"name": "weekday", "cells": 1, "moves": 0.06}],
        "unknown": ["promotion", "price", "stock"],
        "cells": [
            {
                "key": "onsite/amazon/search/Lumen",
                "name": "Amazon · search · Lumen",
                "retailer_id": "amazon",
                "state": "estimated",
                "days_with_spend": 91,
                "attributed_roas": 4.5,
                "iroas": BAND,
                "elasticity": {"mean": 0.7, "low": 0.66, "high": 0.74},
                "carry_over": {"mean": 0.0, "low": 0.0, "high": 0.0},
                "own_share": 0.97,
                "held_out": {"weeks": 13, "covered": 11, "error": 0.04, "explained": 0.95},
                "warnings": [],
            },
            {
                "key": "onsite/walmart/home/Lumen",
                "name": "Walmart · home · Lumen",
                "retailer_id": "walmart",
                "state": "insufficient",
                "days_with_spend": 5,
                "attributed_roas": 3.1,
                "warnings": ["Only 5 days in 1 week have spend."],
                "would_suffice": "At least 28 days with spend in 6 weeks are needed.",
            },
        ],
        "priors": [
            {
                "retailer_id": "amazon",
                "name": "Amazon",
                **SHARE,
                "according_to": "assumed; no experiment yet",
                "experiments": [],
            }
        ],
    },
    response_only=True,
)


class BandSerializer(Fields):
    """A figure and the middle 80 % of its draws."""

    mean = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class CellWeeksSerializer(Fields):
    weeks = serializers.IntegerField()
    covered = serializers.IntegerField(help_text="Weeks whose revenue lay in the interval forecast without them.")
    error = serializers.FloatField(help_text="Mean absolute error of a week, as a share of mean revenue.")
    explained = serializers.FloatField(help_text="Share of variance between weeks; negative: worse than the mean.")


class HeldOutSerializer(Fields):
    weeks = serializers.IntegerField()
    cells = serializers.IntegerField()
    covered = serializers.FloatField(help_text="Share of the weeks; `share` is what is claimed.")
    error = serializers.FloatField()
    explained = serializers.FloatField(help_text="Of the middle cell.")
    verdict = serializers.CharField(help_text="as_claimed, too_sure or too_unsure")


class ControlSerializer(Fields):
    name = serializers.CharField()
    cells = serializers.IntegerField(help_text="Cells in which it was told apart from spend.")
    moves = serializers.FloatField(help_text="Standard deviation of revenue it explains in the middle cell; logarithm.")


class CellHealthSerializer(Fields):
    """One cell. With state `insufficient` there are no estimates: only what is missing and what would suffice."""

    key = serializers.CharField()
    name = serializers.CharField()
    retailer_id = serializers.CharField()
    state = serializers.CharField(help_text="estimated or insufficient")
    days_with_spend = serializers.IntegerField()
    attributed_roas = serializers.FloatField(help_text="As the retailer reports it.")
    iroas = BandSerializer(required=False, help_text="Incremental revenue per unit of current spend.")
    elasticity = BandSerializer(required=False, help_text="Of revenue at usual spend: 1 straight, 0 fully saturated.")
    carry_over = BandSerializer(required=False, help_text="Part of a day's effect that is felt the day after.")
    own_share = serializers.FloatField(required=False, help_text="Part of the saturation known from its own days.")
    held_out = CellWeeksSerializer(required=False)
    warnings = serializers.ListField(child=serializers.CharField())
    would_suffice = serializers.CharField(required=False)


class TestSerializer(Fields):
    id = serializers.UUIDField()
    name = serializers.CharField()
    before = BandSerializer(help_text="What was assumed; 90 %.")
    measured = BandSerializer(help_text="What the test says; 90 %.")
    after = BandSerializer(help_text="Both together; 90 %.")
    weight = serializers.FloatField(help_text="Part of the new mean that comes from the test.")
    window = serializers.CharField(help_text="Days whose reported return the measured one was held against.")
    attributed_roas = serializers.FloatField()


class PriorSerializer(Fields):
    """Share of a retailer's attributed revenue that its ads are taken to have caused, and the tests behind it."""

    retailer_id = serializers.CharField()
    name = serializers.CharField()
    mean = serializers.FloatField()
    low = serializers.FloatField(help_text="5th percentile.")
    high = serializers.FloatField(help_text="95th percentile.")
    according_to = serializers.CharField()
    experiments = TestSerializer(many=True)


class ModelHealthSerializer(Fields):
    """Fit, coverage and identifiability of a plan's curves."""

    share = serializers.FloatField(help_text="What intervals of this answer claim to hold, but those of `priors`.")
    days = serializers.IntegerField()
    history_start = serializers.DateField()
    history_end = serializers.DateField()
    fitted_at = serializers.DateTimeField()
    is_simulated = serializers.BooleanField()
    held_out = HeldOutSerializer(allow_null=True)
    controls = ControlSerializer(many=True)
    unknown = serializers.ListField(child=serializers.CharField(), help_text="What no imported file tells.")
    cells = CellHealthSerializer(many=True)
    priors = PriorSerializer(many=True)


class ModelHealthView(APIView):
    """A plan's model health."""

    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(operation_id="plans_model_health", responses={200: ModelHealthSerializer}, examples=[EXAMPLE])
    def get(self, request: Request, pk: UUID) -> Response:
        """Fit, coverage of weeks held out, what the history cannot tell by cell, and the experiments used as priors."""
        try:
            told = model_health_of(plan=plan_or_404(pk=pk))
        except NoHealth as refusal:
            raise Problem(status=409, title="No model to check", detail=str(refusal)) from refusal
        return Response(ModelHealthSerializer(told).data)
