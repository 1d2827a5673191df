"""Forecasts of products from loaded demand, and how demand answers to price."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.forecasting.history import ForecastRefused
from campaigns.services.forecasts import LONGEST_HORIZON, ForecastWish, forecast_product, price_answer
from harmonization.selectors.products import find_product
from tenants.api.problems import Problem
from tenants.permissions import Action

Fields = serializers.Serializer[Any]
FORECAST = OpenApiExample(
    "Two days ahead",
    value={
        "product": 7,
        "sku": "OWN-7",
        "retailer": "alpha",
        "retailers": ["alpha"],
        "history_start": "2026-01-05",
        "history_end": "2026-05-31",
        "past": [{"day": "2026-05-31", "units": 41}],
        "forecast": [
            {"day": "2026-06-01", "mean": 38.2, "low": 27, "high": 50, "baseline": 36},
            {"day": "2026-06-02", "mean": 38.9, "low": 27, "high": 51, "baseline": 40},
        ],
        "total": {"mean": 77.1, "low": 58, "high": 98},
        "on_hand": 60,
        "stock": {
            "probability": 0.93,
            "first_day": 2,
            "runs_out": [2, 2, None],
            "sellable": 59.5,
            "sellable_interval": [58, 60],
            "lost": 17.6,
            "lost_interval": [0, 38],
            "cover_days": 1,
            "cover_interval": [1, 2],
        },
        "confidence": 0.9,
        "notes": [],
        "method": "smoothed",
        "mase": {"smoothed": 0.81, "seasonal_naive": 1.02},
        "skill": 0.21,
        "tested_on": 12,
    },
    response_only=True,
)
PRICE = OpenApiExample(
    "Within items and weeks",
    value={
        "value": -1.8,
        "interval": [-2.3, -1.3],
        "method": "fixed effects",
        "first_stage_f": None,
        "naive": -0.6,
        "items": 24,
        "rows": 1_248,
        "notes": ["Without an instrument this is right only where prices do not follow demand within an item."],
    },
    response_only=True,
)


class ForecastWishSerializer(Fields):
    retailer = serializers.CharField(default="", max_length=80, help_text="The one with most days if not given.")
    horizon = serializers.IntegerField(default=28, min_value=1, max_value=LONGEST_HORIZON, help_text="Days ahead.")
    on_hand = serializers.FloatField(default=None, min_value=0, help_text="Units in stock now.")
    confidence = serializers.FloatField(default=0.9, min_value=0.5, max_value=0.999)


class PastDaySerializer(Fields):
    day = serializers.DateField()
    units = serializers.FloatField()


class ForecastDaySerializer(Fields):
    day = serializers.DateField()
    mean = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    baseline = serializers.FloatField(help_text="Last week's same day.")


class UnitsSerializer(Fields):
    mean = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class StockSerializer(Fields):
    probability = serializers.FloatField(help_text="Of being sold out on at least one day.")
    first_day = serializers.IntegerField(allow_null=True)
    runs_out = serializers.ListField(
        child=serializers.IntegerField(allow_null=True),
        help_text="Day of the stock-out: low end, median, high end; null where it lies after the horizon.",
    )
    sellable = serializers.FloatField()
    sellable_interval = serializers.ListField(child=serializers.FloatField())
    lost = serializers.FloatField()
    lost_interval = serializers.ListField(child=serializers.FloatField())
    cover_days = serializers.IntegerField()
    cover_interval = serializers.ListField(child=serializers.FloatField())


class ForecastSerializer(Fields):
    """Demand ahead with its interval, and whether stock lasts."""

    product = serializers.IntegerField()
    sku = serializers.CharField()
    retailer = serializers.CharField()
    retailers = serializers.ListField(child=serializers.CharField())
    history_start = serializers.DateField()
    history_end = serializers.DateField()
    past = PastDaySerializer(many=True)
    forecast = ForecastDaySerializer(many=True)
    total = UnitsSerializer()
    on_hand = serializers.FloatField(allow_null=True)
    stock = StockSerializer(allow_null=True)
    confidence = serializers.FloatField()
    notes = serializers.ListField(child=serializers.CharField())
    method = serializers.CharField()
    mase = serializers.DictField(child=serializers.FloatField(), help_text="Past error by method.")
    skill = serializers.FloatField(help_text="Share of the baseline's past error that the method saves.")
    tested_on = serializers.IntegerField()


class PriceAnswerSerializer(Fields):
    """Per cent change of units for one per cent more price."""

    value = serializers.FloatField()
    interval = serializers.ListField(child=serializers.FloatField())
    method = serializers.CharField()
    first_stage_f = serializers.FloatField(allow_null=True)
    naive = serializers.FloatField(help_text="Ordinary least squares: wrong where price is set by demand.")
    items = serializers.IntegerField()
    rows = serializers.IntegerField()
    notes = serializers.ListField(child=serializers.CharField())


class ForecastView(APIView):
    """One product's demand ahead."""

    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(
        operation_id="forecast_product",
        parameters=[ForecastWishSerializer],
        responses={200: ForecastSerializer},
        examples=[FORECAST],
    )
    def get(self, request: Request, product_id: int) -> Response:
        """Units a day with intervals beside last week's same day; too short a history is refused with what suffices."""
        product = find_product(product_id=product_id)
        if product is None:
            raise Http404
        asked = ForecastWishSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        try:
            told = forecast_product(product=product, wish=ForecastWish(**asked.validated_data))
        except ForecastRefused as refusal:
            raise _insufficient(refusal) from refusal
        return Response(ForecastSerializer(told).data)


class PriceAnswerView(APIView):
    """Price elasticity at one retailer."""

    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(operation_id="forecast_price_answer", responses={200: PriceAnswerSerializer}, examples=[PRICE])
    def get(self, request: Request, retailer_id: str) -> Response:
        """Over the retailer's items and weeks; other retailers' prices are the instrument where they are known."""
        try:
            return Response(PriceAnswerSerializer(price_answer(retailer=retailer_id[:80])).data)
        except ForecastRefused as refusal:
            raise _insufficient(refusal) from refusal


def _insufficient(refusal: ForecastRefused) -> Problem:
    return Problem(status=409, title=refusal.title, detail=refusal.detail, where=refusal.where)
