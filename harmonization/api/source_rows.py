"""Source rows in the API: the rows behind a campaign's day, and one row of a file field by field."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from harmonization.api.days import DAY, READ, RETAILER, asked, asked_day
from harmonization.api.watching_examples import IMPORT_ID
from harmonization.pipeline.row_trace import CellOrigin
from harmonization.selectors.imports import find_import
from harmonization.selectors.row_trace import TraceRefused, traced_row
from harmonization.selectors.source_rows import source_rows
from tenants.api.problems import Problem

MOST_ROWS = 500
MOST_DIGITS = 9
ROW_EXAMPLE = {
    "import_id": IMPORT_ID,
    "file_name": "simulated-june.csv",
    "row_number": 3,
    "sku_id": "A-1",
    "product_name": "Bar",
    "placement_type": "search",
    "currency": "USD",
    "impressions": 1000,
    "clicks": 20,
    "cost": "12.340000",
    "revenue": "56.780000",
}
TRACED_EXAMPLE = {
    "import_id": IMPORT_ID,
    "file_name": "simulated-june.csv",
    "mapping_name": "alpha",
    "mapping_number": 0,
    "mapping_version": "1+0a1b2c3d",
    "row_number": 3,
    "is_rejected": False,
    "fields": [
        {
            "field": "cost",
            "value": "12.34",
            "origin": "read",
            "column": "spend_usd",
            "raw": "12.34",
            "note": "",
            "confidence": 0.97,
            "is_confirmed": True,
            "confirmed_by": "ann@example.com",
        },
        {
            "field": "",
            "value": "",
            "origin": "raw",
            "column": "extra",
            "raw": "x",
            "note": "The mapping does not know this column.",
            "confidence": None,
            "is_confirmed": None,
            "confirmed_by": "",
        },
    ],
}


class SourceRowSerializer(serializers.Serializer[Any]):
    """One harmonized row with its place in its file; a figure the file lacks is null."""

    import_id = serializers.UUIDField()
    file_name = serializers.CharField()
    row_number = serializers.IntegerField(help_text="In the file as uploaded, the header's own row counted.")
    sku_id = serializers.CharField()
    product_name = serializers.CharField()
    placement_type = serializers.CharField()
    currency = serializers.CharField()
    impressions = serializers.IntegerField(allow_null=True)
    clicks = serializers.IntegerField(allow_null=True)
    cost = serializers.DecimalField(allow_null=True, max_digits=None, decimal_places=None)
    revenue = serializers.DecimalField(allow_null=True, max_digits=None, decimal_places=None)


class SourceRowsSerializer(serializers.Serializer[Any]):
    """Rows of a campaign's day; ``totals`` are of all of them, not only of those here."""

    count = serializers.IntegerField()
    totals = serializers.DictField(child=serializers.DecimalField(max_digits=None, decimal_places=None))
    missing_files = serializers.ListField(child=serializers.CharField())
    rows = SourceRowSerializer(many=True)


class TracedFieldSerializer(serializers.Serializer[Any]):
    """A field with the cell it comes from; a column that is not mapped has an empty field."""

    field = serializers.CharField()
    value = serializers.CharField()
    origin = serializers.ChoiceField(choices=[origin.value for origin in CellOrigin])
    column = serializers.CharField()
    raw = serializers.CharField()
    note = serializers.CharField()
    confidence = serializers.FloatField(
        allow_null=True, help_text="With which the column was proposed as this field; null where a person mapped it."
    )
    is_confirmed = serializers.BooleanField(
        allow_null=True, help_text="Whether a person was asked about the proposal and agreed; null without a proposal."
    )
    confirmed_by = serializers.CharField(help_text="That person's e-mail address.")


class TracedRowSerializer(serializers.Serializer[Any]):
    """One row of a file, field by field."""

    import_id = serializers.UUIDField()
    file_name = serializers.CharField()
    mapping_name = serializers.CharField()
    mapping_number = serializers.IntegerField()
    mapping_version = serializers.CharField()
    row_number = serializers.IntegerField()
    is_rejected = serializers.BooleanField()
    fields = TracedFieldSerializer(many=True)  # type: ignore[assignment]  # the name the row's parts have in the trade


class SourceRowsView(APIView):
    """The rows whose sums are a campaign's current figures of a day."""

    required_actions = READ

    @extend_schema(
        operation_id="source_rows_list",
        parameters=[
            RETAILER,
            DAY,
            OpenApiParameter("campaign", str, description="Id of the campaign; empty where the export names none."),
            OpenApiParameter("offset", int, description="Rows left out at the beginning."),
            OpenApiParameter("limit", int, description=f"At most {MOST_ROWS}; 100 if left out."),
        ],
        responses=SourceRowsSerializer,
        examples=[
            OpenApiExample(
                "One row",
                value={
                    "count": 1,
                    "totals": {"impressions": "1000", "clicks": "20", "cost": "12.340000", "revenue": "56.780000"},
                    "missing_files": [],
                    "rows": [ROW_EXAMPLE],
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request) -> Response:
        found = source_rows(
            retailer_id=asked(request, "retailer", str),
            day=asked(request, "day", asked_day),
            campaign_id=request.query_params.get("campaign", ""),
            offset=asked(request, "offset", _count) if "offset" in request.query_params else 0,
            limit=min(asked(request, "limit", _count), MOST_ROWS) if "limit" in request.query_params else 100,
        )
        return Response(SourceRowsSerializer(found).data)


class TracedRowView(APIView):
    """One row of an import: each field with the cell it comes from, and the columns that were not read."""

    required_actions = READ

    @extend_schema(
        operation_id="import_row_trace",
        responses=TracedRowSerializer,
        examples=[OpenApiExample("A row", value=TRACED_EXAMPLE, response_only=True)],
    )
    def get(self, request: Request, import_id: UUID, row_number: int) -> Response:
        run = find_import(import_id=import_id)
        if run is None:
            raise Http404
        try:
            found = traced_row(run=run, row_number=row_number)
        except TraceRefused as refused:
            raise Problem(
                status=404, title=refused.title, detail=refused.detail, where=refused.where, fix=refused.fix
            ) from refused
        return Response(TracedRowSerializer(found).data)


def _count(given: str) -> int:
    if not given.isdecimal() or len(given) > MOST_DIGITS:
        raise ValueError(given)
    return int(given)
