"""A running plan's spend beside its target."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.selectors.pacing import NoPacing, pacing_of
from campaigns.selectors.plans import plan_or_404
from tenants.api.problems import Problem
from tenants.permissions import Action

ROW = {
    "retailer_id": "amazon",
    "name": "Amazon",
    "planned": 1_300_000,
    "target": 650_000,
    "spent": 540_000,
    "missing": ["2026-06-14"],
    "projected": 1_110_000,
    "low": 1_060_000,
    "high": 1_160_000,
    "status": "under",
}
EXAMPLE = OpenApiExample(
    "Half of the flight is over",
    value={
        "currency": "USD",
        "start": "2026-06-01",
        "end": "2026-08-23",
        "as_of": "2026-07-12",
        "elapsed_days": 42,
        "days": 84,
        "threshold": 0.1,
        "total": ROW | {"retailer_id": "", "name": "All retailers"},
        "retailers": [ROW],
        "series": [
            {"day": "2026-07-12", "target": 650_000, "spent": 540_000, "projected": 540_000}
            | {"low": 540_000, "high": 540_000},
            {"day": "2026-07-13", "target": 665_476, "spent": None, "projected": 553_571}
            | {"low": 549_000, "high": 558_000},
        ],
    },
    response_only=True,
)


class PaceSerializer(serializers.Serializer[Any]):
    """One retailer's pace; money of the whole flight in the plan's currency."""

    retailer_id = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    planned = serializers.FloatField()
    target = serializers.FloatField(help_text="To date, spread evenly over the flight.")
    spent = serializers.FloatField(help_text="To date, on the days that have data.")
    missing = serializers.ListField(child=serializers.DateField(), help_text="Complete days without data.")
    projected = serializers.FloatField(allow_null=True, help_text="At the end; null with under three days of data.")
    low = serializers.FloatField(allow_null=True, help_text="Lower end of the projection's 90% interval.")
    high = serializers.FloatField(allow_null=True, help_text="Upper end of the projection's 90% interval.")
    status = serializers.CharField(help_text="on, under, over, unknown or not_started")


class PacingDaySerializer(serializers.Serializer[Any]):
    """Cumulated money at the end of a day; null where it is still to come, or past."""

    day = serializers.DateField()
    target = serializers.FloatField()
    spent = serializers.FloatField(allow_null=True)
    projected = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class PacingSerializer(serializers.Serializer[Any]):
    """Spend beside target."""

    currency = serializers.CharField()
    start = serializers.DateField()
    end = serializers.DateField()
    as_of = serializers.DateField(help_text="The last complete day.")
    elapsed_days = serializers.IntegerField()
    days = serializers.IntegerField()
    threshold = serializers.FloatField(help_text="Off pace when the projected end is further from the plan than this.")
    total = PaceSerializer()
    retailers = PaceSerializer(many=True)
    series = PacingDaySerializer(many=True)


class PacingView(APIView):
    """An approved plan's pace."""

    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(operation_id="plans_pacing", responses={200: PacingSerializer}, examples=[EXAMPLE])
    def get(self, request: Request, pk: UUID) -> Response:
        """Actual spend of the flight beside its target and its projected end, by retailer; missing days are said."""
        try:
            told = pacing_of(plan=plan_or_404(pk=pk), today=timezone.localdate())
        except NoPacing as refusal:
            raise Problem(status=409, title="This plan has no pace", detail=str(refusal)) from refusal
        return Response(PacingSerializer(told).data)
