"""Stock: how long each item lasts, and telling what was counted."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.services.stock import LONGEST_HORIZON, StockWish, stock_list, stock_outlooks
from campaigns.services.stock_counts import NewCount, StockRefused, keep_counts
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.permissions import Action

Fields = serializers.Serializer[Any]
MOST_ITEMS, MOST_COUNTS = 50, 5_000
STOCK = OpenApiExample(
    "One item that runs out",
    value={
        "items": 214,
        "sales_until": "2026-05-31",
        "stock": [
            {
                "retailer": "amazon",
                "item": "B0C1",
                "name": "Lumen bulb 9 W",
                "brand": "Lumen",
                "product": 7,
                "sales_until": "2026-05-31",
                "on_hand": 180,
                "told": {"units": 180, "day": "2026-05-31", "by": "the retailer's export"},
                "outlook": {
                    "horizon": 28,
                    "confidence": 0.9,
                    "probability": 0.97,
                    "runs_out": {"day": "2026-06-12", "low": "2026-06-08", "high": "2026-06-21"},
                    "cover_days": {"mean": 11, "low": 7, "high": 20},
                    "sellable": {"mean": 180, "low": 178, "high": 180},
                    "lost": {"mean": 240, "low": 60, "high": 410},
                },
                "reason": "",
            }
        ],
    },
    response_only=True,
)
COUNTS = OpenApiExample(
    "Two counts",
    value={
        "told_by": "warehouse, Monday",
        "counts": [
            {"retailer": "amazon", "item": "B0C1", "units": "180", "day": "2026-06-01"},
            {"retailer": "walmart", "item": "5511", "units": "940", "day": "2026-06-01"},
        ],
    },
    request_only=True,
)
KEPT = OpenApiExample("Kept", value={"items": 2}, response_only=True)


class StockWishSerializer(Fields):
    retailer = serializers.CharField(default="", max_length=80)
    q = serializers.CharField(default="", max_length=80, help_text="Text in the item's id.")
    horizon = serializers.IntegerField(default=28, min_value=1, max_value=LONGEST_HORIZON, help_text="Days ahead.")
    confidence = serializers.FloatField(default=0.9, min_value=0.5, max_value=0.999)
    offset = serializers.IntegerField(default=0, min_value=0)
    limit = serializers.IntegerField(default=MOST_ITEMS, min_value=1, max_value=MOST_ITEMS)


class IntervalSerializer(Fields):
    mean = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class RunsOutSerializer(Fields):
    """Median day with the ends of its interval; null where it lies after the horizon."""

    day = serializers.DateField(allow_null=True)
    low = serializers.DateField(allow_null=True)
    high = serializers.DateField(allow_null=True)


class ItemOutlookSerializer(Fields):
    horizon = serializers.IntegerField()
    confidence = serializers.FloatField()
    probability = serializers.FloatField(help_text="Of running out within the horizon.")
    runs_out = RunsOutSerializer()
    cover_days = IntervalSerializer()
    sellable = IntervalSerializer(help_text="Units.")
    lost = IntervalSerializer(help_text="Units of demand that could not be served.")


class ToldSerializer(Fields):
    units = serializers.FloatField()
    day = serializers.DateField()
    by = serializers.CharField(help_text="An export, a file, or a person.")


class ItemStockSerializer(Fields):
    retailer = serializers.CharField()
    item = serializers.CharField()
    name = serializers.CharField()
    brand = serializers.CharField()
    product = serializers.IntegerField(allow_null=True)
    sales_until = serializers.DateField()
    on_hand = serializers.FloatField(allow_null=True, help_text="What was told, less what was sold since.")
    told = ToldSerializer(allow_null=True)
    outlook = ItemOutlookSerializer(allow_null=True)
    reason = serializers.CharField(help_text="Why there is no outlook; empty where there is one.")


class StockListSerializer(Fields):
    items = serializers.IntegerField(help_text="Items in all; those that earn most come first.")
    sales_until = serializers.DateField(allow_null=True)
    stock = ItemStockSerializer(many=True)


class CountSerializer(Fields):
    retailer = serializers.CharField(max_length=80)
    item = serializers.CharField(max_length=80)
    units = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0)
    day = serializers.DateField(required=False, help_text="Today where it is left out.")


class CountsSerializer(Fields):
    told_by = serializers.CharField(max_length=200, default="API")
    counts = serializers.ListField(child=CountSerializer(), allow_empty=False, max_length=MOST_COUNTS)


class KeptSerializer(Fields):
    items = serializers.IntegerField()


class StockView(APIView):
    """Stock of the items that ads were bought for."""

    required_actions = {"GET": Action.READ_PLANS, "PUT": Action.WRITE_PLANS}

    @extend_schema(
        operation_id="stock_list",
        parameters=[StockWishSerializer],
        responses={200: StockListSerializer},
        examples=[STOCK],
    )
    def get(self, request: Request) -> Response:
        """Units on hand, days of cover, the day each runs out, with intervals; a reason where nothing can be said."""
        asked = StockWishSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        fields = asked.validated_data
        wish = StockWish(
            retailer=fields["retailer"], search=fields["q"], horizon=fields["horizon"], confidence=fields["confidence"]
        )
        found = stock_list(wish=wish)
        keys = found.keys[fields["offset"] : fields["offset"] + fields["limit"]]
        rows = stock_outlooks(window=found.window, keys=keys, wish=wish) if found.window else []
        told = {"items": len(found.keys), "sales_until": found.window and found.window.end, "stock": rows}
        return Response(StockListSerializer(told).data)

    @extend_schema(
        operation_id="stock_count", request=CountsSerializer, responses={200: KeptSerializer}, examples=[COUNTS, KEPT]
    )
    def put(self, request: Request) -> Response:
        """Keep all counts or none; plans made from now on use them."""
        asked = CountsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        today = timezone.localdate()
        counts = [
            NewCount(
                retailer_id=one["retailer"],
                sku_id=one["item"],
                units=one["units"],
                counted_on=one.get("day") or today,
                where=f"counts[{place}]",
            )
            for place, one in enumerate(asked.validated_data["counts"])
        ]
        try:
            kept = keep_counts(
                counts=counts, source=asked.validated_data["told_by"], by=tenant_request(request).user, today=today
            )
        except StockRefused as refusal:
            raise Problem(status=400, title=refusal.title, detail=refusal.detail, where=refusal.where) from refusal
        return Response({"items": kept})
