"""Attributed outcomes of retailers in one window, in the API."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from harmonization.forms.windows import METRIC_CHOICES, WindowsForm
from harmonization.rmis.registry import definition_of
from harmonization.selectors.facts import period_of_data
from harmonization.selectors.window_comparison import WindowComparison, window_comparison
from tenants.api.problems import Problem
from tenants.permissions import Action


class WindowSerializer(serializers.Serializer[Any]):
    """What the figures count."""

    days = serializers.IntegerField(allow_null=True, help_text=definition_of("window_days"))
    touch = serializers.CharField(help_text=definition_of("touch"))
    scope = serializers.CharField(help_text=definition_of("scope"))


class ComparedSerializer(serializers.Serializer[Any]):
    """One retailer; an estimate has bounds of its 90 % interval and says how it was made."""

    retailer_id = serializers.CharField()
    basis = serializers.ChoiceField(choices=["reported", "estimated", "not comparable"])
    value = serializers.CharField(allow_null=True)
    low = serializers.CharField(allow_null=True)
    high = serializers.CharField(allow_null=True)
    method = serializers.CharField()


class ComparisonSerializer(serializers.Serializer[Any]):
    """Retailers side by side in one window."""

    metric = serializers.CharField()
    currency = serializers.CharField(help_text="Of money; empty for counts.")
    window = WindowSerializer(allow_null=True)
    is_common = serializers.BooleanField(help_text="Whether every retailer reports this window.")
    without_rate = serializers.ListField(child=serializers.CharField(), help_text="Currencies left out.")
    retailers = ComparedSerializer(many=True)


EXAMPLE = OpenApiExample(
    "A common window",
    value={
        "metric": "revenue",
        "currency": "USD",
        "window": {"days": 14, "touch": "click", "scope": "total"},
        "is_common": True,
        "without_rate": [],
        "retailers": [
            {
                "retailer_id": "alpha",
                "basis": "reported",
                "value": "4495.00",
                "low": "4495.00",
                "high": "4495.00",
                "method": "Reported in this window.",
            }
        ],
    },
    response_only=True,
)


class WindowsView(APIView):
    """Retailers' outcomes in the window all report, else in one window with labelled estimates."""

    required_actions = {"GET": Action.READ_DATA}

    @extend_schema(
        operation_id="windows_compare",
        parameters=[
            OpenApiParameter("start", str, description="First day; four weeks before the last if left out."),
            OpenApiParameter("end", str, description="Last day; that of the data if left out."),
            OpenApiParameter("metric", str, enum=[name for name, _ in METRIC_CHOICES]),
        ],
        responses=ComparisonSerializer,
        examples=[EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        data = period_of_data()
        form = WindowsForm(request.query_params, data_end=data.end if data else None)
        if not form.is_valid():
            detail = " ".join(str(text) for texts in form.errors.values() for text in texts)
            raise Problem(status=400, title="The days cannot be compared", detail=detail, where="start, end, metric")
        return Response(ComparisonSerializer(as_answer(window_comparison(**form.cleaned_data))).data)


def as_answer(found: WindowComparison) -> dict[str, Any]:
    """The comparison as the API gives it."""
    compared = found.comparison
    return {
        "metric": found.metric,
        "currency": found.currency,
        "window": compared.window if compared else None,
        "is_common": compared.is_common if compared else False,
        "without_rate": found.without_rate,
        "retailers": compared.retailers if compared else (),
    }
