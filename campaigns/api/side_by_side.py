"""Plans and versions of plans side by side."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.planning.side_by_side import NotComparable
from campaigns.selectors.side_by_side import plans_side_by_side
from tenants.api.problems import Problem
from tenants.permissions import Action

Fields = serializers.Serializer[Any]
BAND = {"mean": 1_240_000, "low": 830_000, "high": 1_660_000}
CAUTIOUS = "0197a0aa-0000-7000-8000-000000000001"
EXAMPLE = OpenApiExample(
    "A plan and its second version",
    value={
        "currency": "USD",
        "sides": [
            {
                "key": CAUTIOUS,
                "name": "Spring push",
                "horizon_days": 70,
                "spend": 135_000,
                "incremental_margin": BAND,
                "margin_after_spend": BAND,
                "iroas": {"mean": 2.1, "low": 1.4, "high": 2.8},
                "against_first": None,
                "better_than_first": None,
                "better_than_first_interval": None,
            },
            {
                "key": f"{CAUTIOUS}:2",
                "name": "Spring push, version 2",
                "horizon_days": 70,
                "spend": 150_000,
                "incremental_margin": BAND,
                "margin_after_spend": BAND,
                "iroas": {"mean": 2.0, "low": 1.3, "high": 2.7},
                "against_first": {"mean": 3_000, "low": -900, "high": 7_000},
                "better_than_first": 0.87,
                "better_than_first_interval": [0.82, 0.9],
            },
        ],
        "rules": [{"name": "Budget", "values": ["$135,000", "$150,000"]}],
        "same_rules": 3,
        "retailers": [{"name": "Amazon", "values": [{"spend": 80_000, "incremental_margin": BAND}, None]}],
        "cells": [{"name": "Amazon · search · Lumen", "values": [{"spend": 80_000, "incremental_margin": BAND}, None]}],
        "same_cells": 3,
    },
    response_only=True,
)


class ComparedBandSerializer(Fields):
    """Mean and 90% interval."""

    mean = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class SideSerializer(Fields):
    """One plan or version, and what it brings."""

    key = serializers.CharField()
    name = serializers.CharField()
    horizon_days = serializers.IntegerField()
    spend = serializers.FloatField()
    incremental_margin = ComparedBandSerializer()
    margin_after_spend = ComparedBandSerializer()
    iroas = ComparedBandSerializer(allow_null=True)
    against_first = ComparedBandSerializer(
        allow_null=True, help_text="Margin after spend less the first's, draw by draw; null where draws are not shared."
    )
    better_than_first = serializers.FloatField(allow_null=True, help_text="Probability.")
    better_than_first_interval = serializers.ListField(
        child=serializers.FloatField(),
        allow_null=True,
        help_text="Low and high end: what the number of draws can tell.",
    )


class RuleDifferenceSerializer(Fields):
    name = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField(allow_blank=True), help_text="By side; empty: not said.")


class PlaceValueSerializer(Fields):
    spend = serializers.FloatField()
    incremental_margin = ComparedBandSerializer()


class PlaceDifferenceSerializer(Fields):
    name = serializers.CharField()
    values = PlaceValueSerializer(many=True, help_text="By side; null where a side has no such cell.")


class SideBySideSerializer(Fields):
    """Only what differs; what is alike is counted."""

    currency = serializers.CharField()
    sides = SideSerializer(many=True)
    rules = RuleDifferenceSerializer(many=True)
    same_rules = serializers.IntegerField()
    retailers = PlaceDifferenceSerializer(many=True)
    cells = PlaceDifferenceSerializer(many=True)
    same_cells = serializers.IntegerField()


class ChosenSerializer(Fields):
    plans = serializers.CharField(
        max_length=250, help_text="Two to four ids, split by commas; an earlier version is id:version."
    )


class SideBySideView(APIView):
    """Plans side by side."""

    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(
        operation_id="plans_compare",
        parameters=[ChosenSerializer],
        responses={200: SideBySideSerializer},
        examples=[EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        """Rules, retailers and cells that differ between two to four plans or versions, with 90% intervals."""
        asked = ChosenSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        keys = [key.strip() for key in asked.validated_data["plans"].split(",")]
        try:
            return Response(plans_side_by_side(keys=keys))
        except NotComparable as refusal:
            raise Problem(status=400, title="These cannot be compared", detail=str(refusal), where="plans") from refusal
