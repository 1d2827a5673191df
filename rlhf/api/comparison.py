"""Versions of an adapter side by side."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.api.serializers import EvaluationSerializer
from agents.selectors.adapter_bodies import evaluation_body
from agents.selectors.adapters import find_adapter
from rlhf.selectors.comparison import Judged, adapter_comparison
from tenants.permissions import Action

VERSION = {
    "adapter": "0197a1f0-7b3e-7c3c-9a3e-5d6c1b2a3f4e",
    "version": 2,
    "state": "canary",
    "canary_percent": 10,
    "answers": 41,
    "questions_back": 3,
    "not_used": 1,
    "thumbs_up": 12,
    "thumbs_down": 2,
    "mean_seconds": 0.41,
    "evaluations": [],
}
EXAMPLE = {"since": "2026-06-02T08:00:00Z", "versions": [VERSION]}


class JudgedVersionSerializer(serializers.Serializer[Any]):
    """One version: what it answered and how that was judged."""

    adapter = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.CharField()
    canary_percent = serializers.IntegerField()
    answers = serializers.IntegerField()
    questions_back = serializers.IntegerField()
    not_used = serializers.IntegerField(help_text="Worn, but the answer came about without the model.")
    thumbs_up = serializers.IntegerField()
    thumbs_down = serializers.IntegerField()
    mean_seconds = serializers.FloatField(allow_null=True)
    evaluations = EvaluationSerializer(many=True)


class AdapterComparisonSerializer(serializers.Serializer[Any]):
    """The adapter first, then the version that stands, or stood, in its place."""

    since = serializers.DateTimeField(allow_null=True, help_text="When the trial began; null: all time.")
    versions = JudgedVersionSerializer(many=True)


class ComparisonView(APIView):
    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(
        operation_id="adapters_comparison",
        responses=AdapterComparisonSerializer,
        examples=[OpenApiExample("A trial", value=EXAMPLE, response_only=True)],
    )
    def get(self, request: Request, adapter_id: UUID) -> Response:
        """What each version answered, how people judged it, and what its suites scored."""
        row = find_adapter(adapter_id=adapter_id)
        if row is None:
            raise Http404
        compared = adapter_comparison(adapter=row)
        body = {"since": compared.since, "versions": [_body(one) for one in compared.versions]}
        return Response(AdapterComparisonSerializer(body).data)


def _body(one: Judged) -> dict[str, Any]:
    return {
        "adapter": one.adapter.pk,
        "version": one.adapter.version,
        "state": one.adapter.state,
        "canary_percent": one.adapter.canary_percent,
        "answers": one.answer_count,
        "questions_back": one.asked_count,
        "not_used": one.unused_count,
        "thumbs_up": one.up_count,
        "thumbs_down": one.down_count,
        "mean_seconds": one.mean_seconds,
        "evaluations": [evaluation_body(row) for row in one.evaluations],
    }
