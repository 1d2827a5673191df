"""Mappings in the API: the layouts this site knows, and what becomes of each column."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from harmonization.mapping.library import available_mappings, load_mapping
from harmonization.selectors.mapping_lines import mapping_lines
from tenants.permissions import Action


class MappingLineSerializer(serializers.Serializer[Any]):
    """What becomes of one group of source columns."""

    source_columns = serializers.ListField(child=serializers.CharField())
    rmis_field = serializers.CharField(help_text="Empty for columns left out on purpose.")
    part = serializers.ChoiceField(choices=["field", "outcome", "check", "ignored"])
    qualifier = serializers.CharField()
    transform = serializers.CharField()
    definition = serializers.CharField()


class MappingSerializer(serializers.Serializer[Any]):
    """A layout that is known."""

    name = serializers.CharField()
    title = serializers.CharField()
    version = serializers.CharField()
    columns = MappingLineSerializer(many=True)


EXAMPLE = OpenApiExample(
    "A layout",
    value={
        "name": "alpha",
        "title": "Alpha (simulated)",
        "version": "1+5f1c0a9b",
        "columns": [
            {
                "source_columns": ["sales_14d_usd"],
                "rmis_field": "revenue",
                "part": "outcome",
                "qualifier": "14-day click, total",
                "transform": "",
                "definition": "Attributed sales.",
            }
        ],
    },
    response_only=True,
)


class MappingsView(APIView):
    """All mappings; there are few, so the list has no pages."""

    required_actions = {"GET": Action.READ_DATA}

    @extend_schema(operation_id="mappings_list", responses=MappingSerializer(many=True), examples=[EXAMPLE])
    def get(self, request: Request) -> Response:
        mappings = [load_mapping(name) for name in sorted(available_mappings())]
        body = [
            {
                "name": mapping.name,
                "title": mapping.title,
                "version": mapping.full_version,
                "columns": mapping_lines(mapping=mapping),
            }
            for mapping in mappings
        ]
        return Response(MappingSerializer(body, many=True).data)
