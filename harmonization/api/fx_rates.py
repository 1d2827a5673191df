"""Exchange rates in the API: what is known, and a file to take in."""

from typing import Any, cast

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from harmonization.comparison.rate_files import RatesRefused
from harmonization.models import FxRate
from harmonization.selectors.fx_rates import fx_rates
from harmonization.services.fx_rates import import_rates
from tenants.api.problems import Problem
from tenants.command import refusal_as_problem
from tenants.models import User
from tenants.permissions import Action


class FxRateSerializer(serializers.ModelSerializer[FxRate]):
    """One unit of ``base`` was ``rate`` units of ``quote`` on ``date``."""

    class Meta:
        model = FxRate
        fields = ("date", "base", "quote", "rate", "source")
        read_only_fields = fields


class RatesFileSerializer(serializers.Serializer[Any]):
    """A file of rates: the European Central Bank's XML or CSV, or a CSV of date, base, quote, rate."""

    file = serializers.FileField(allow_empty_file=True, max_length=200)


class RateImportSerializer(serializers.Serializer[Any]):
    """What a file of rates brought."""

    read = serializers.IntegerField()
    new = serializers.IntegerField()
    changed = serializers.IntegerField(help_text="Known with another value, which the file's replaced.")
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    currencies = serializers.ListField(child=serializers.CharField())


RATE = OpenApiExample(
    "Euro in dollars",
    value={"date": "2026-01-05", "base": "EUR", "quote": "USD", "rate": "1.0812000000", "source": "ECB"},
    response_only=True,
)
IMPORTED = OpenApiExample(
    "A file taken in",
    value={
        "read": 60,
        "new": 60,
        "changed": 0,
        "first_day": "2026-01-05",
        "last_day": "2026-01-30",
        "currencies": ["EUR", "GBP", "USD"],
    },
    response_only=True,
)


class FxRatesView(ListAPIView):
    """Exchange rates, newest first; a POST takes a file in, and the same file again changes nothing."""

    required_actions = {"GET": Action.READ_DATA, "POST": Action.WRITE_DATA}
    serializer_class = FxRateSerializer
    parser_classes = [MultiPartParser]
    filterset_fields = ["base", "quote", "date"]

    def get_queryset(self) -> Any:
        return fx_rates()

    @extend_schema(operation_id="fx_rates_list", examples=[RATE])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="fx_rates_import",
        request={"multipart/form-data": RatesFileSerializer},
        responses={201: RateImportSerializer},
        examples=[IMPORTED],
    )
    def post(self, request: Request) -> Response:
        upload = RatesFileSerializer(data=request.data)
        upload.is_valid(raise_exception=True)
        file = upload.validated_data["file"]
        try:
            found = import_rates(content=file.read(), file_name=file.name, by=cast(User, request.user))
        except RatesRefused as refusal:
            raise Problem(status=422, **refusal_as_problem(refusal)) from refusal
        return Response(RateImportSerializer(found).data, status=201)
