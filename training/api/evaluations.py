"""Evaluations of an adapter by API."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.api.serializers import EvaluationSerializer
from agents.federation.refusal import AdapterRefused
from agents.models import AdapterRow
from agents.selectors.adapter_bodies import evaluation_body
from agents.selectors.adapters import evaluations_with, find_adapter
from campaigns.api.serializers import operation_path
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.command import refusal_as_problem
from tenants.permissions import Action
from training.api.datasets import refused
from training.fine_tuning.evaluation_job import MOST_CASES
from training.fine_tuning.refusal import TrainingRefused
from training.services.evaluating import start_evaluation
from training.services.evaluation_jobs import CASES

SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
FOUND = {"suite": "composition", "score": 0.95, "low": 0.9, "high": 1.0, "cases": 40, "passed": True}
EXAMPLE = FOUND | {"run": "portal", "evaluated_at": "2026-06-01T08:00:00Z", "members": [SHA], "base_digest": SHA}


class NewEvaluationSerializer(serializers.Serializer[Any]):
    """How much to measure."""

    cases = serializers.IntegerField(min_value=5, max_value=MOST_CASES, default=CASES, help_text="Of each suite.")


class CompositeEvaluationSerializer(EvaluationSerializer):
    """A suite's newest result on one composition that holds the adapter."""

    members = serializers.ListField(child=serializers.CharField(), help_text="Digests of the adapters' weights.")
    base_digest = serializers.CharField()


class StartedSerializer(serializers.Serializer[Any]):
    """Where to follow it."""

    operation = serializers.CharField()


class EvaluationsView(IdempotentPosts, APIView):
    """What is known about an adapter, alone and together with others; POST measures it anew."""

    required_actions = {"GET": Action.READ_MODELS, "POST": Action.TRAIN_MODELS}

    @extend_schema(
        operation_id="adapters_evaluations_list",
        responses=CompositeEvaluationSerializer(many=True),
        examples=[OpenApiExample("Alone", value=EXAMPLE, response_only=True)],
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """The newest result of each suite on each composition that holds it."""
        row = _adapter_or_404(pk)
        bodies = [
            evaluation_body(one) | {"members": one.members, "base_digest": row.base_digest}
            for one in evaluations_with(sha256=row.sha256)
        ]
        return Response(CompositeEvaluationSerializer(bodies, many=True).data)

    @extend_schema(
        operation_id="adapters_evaluations_create",
        request=NewEvaluationSerializer,
        responses={202: StartedSerializer},
        examples=[OpenApiExample("Quick", value={"cases": 20}, request_only=True)],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Queue an evaluation of one of this workspace's own adapters, or of a shared one that serves; follow its
        `operation`. The result is this workspace's, whosever the adapter is."""
        row = _adapter_or_404(pk)
        asked = NewEvaluationSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            by = tenant_request(request).user
            operation = start_evaluation(adapter=row, by=by, cases=asked.validated_data["cases"])
        except TrainingRefused as refusal:
            raise refused(refusal) from refusal
        except AdapterRefused as refusal:
            raise Problem(status=409, **refusal_as_problem(refusal)) from refusal
        path = operation_path(operation.pk)
        return Response({"operation": path}, 202, headers={"Location": str(path), "Retry-After": "2"})


def _adapter_or_404(pk: UUID) -> AdapterRow:
    row = find_adapter(adapter_id=pk)
    if row is None:
        raise Http404
    return row
