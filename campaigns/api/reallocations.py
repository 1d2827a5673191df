"""Reallocations: ask for a proposal, read it, approve it."""

from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.api.started import started
from campaigns.bandits.decisions import BanditRefused
from campaigns.bandits.reallocation import Guardrails
from campaigns.selectors.asked import asked_or_404
from campaigns.services.bandit_files import LogColumns, ReplayWish
from campaigns.services.daily_reallocations import KIND
from campaigns.services.reallocations import (
    ReallocationRefused,
    approval_of,
    approve_reallocation,
    request_reallocation,
)
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.models import Operation
from tenants.permissions import Action

ID = "0197a0aa-0000-7000-8000-00000000000b"
NEW = OpenApiExample(
    "Yesterday's log",
    value={
        "name": "Tuesday",
        "log_csv": "arm,reward,propensity\nsearch,1,0.4\nbanner,0,0.6\n",
        "guardrails": {"floor": 0.05, "cap": 0.6, "change": 0.2},
    },
    request_only=True,
)
STARTED = OpenApiExample(
    "Queued",
    value={"operation": f"/api/v1/operations/{ID}/", "reallocation": f"/api/v1/reallocations/{ID}/"},
    response_only=True,
)
FOUND = OpenApiExample(
    "A proposal",
    value={
        "id": ID,
        "title": "Reallocation “Tuesday”",
        "state": "done",
        "is_approved": False,
        "proposal": {"claim": "Not told apart from the logged policy.", "decisions": 4_000},
    },
    response_only=True,
)


class GuardrailsSerializer(serializers.Serializer[Any]):
    floor = serializers.FloatField(default=0.0, min_value=0, max_value=1, help_text="Least share of an arm.")
    cap = serializers.FloatField(default=1.0, min_value=0, max_value=1, help_text="Most share of an arm.")
    change = serializers.FloatField(default=0.2, min_value=0, help_text="Largest gain or loss, as a part of a share.")


class NewReallocationSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)
    log_csv = serializers.CharField(trim_whitespace=False, help_text="CSV text, one row a decision, oldest first.")
    arm = serializers.CharField(max_length=120, default="arm")
    reward = serializers.CharField(max_length=120, default="reward")
    propensity = serializers.CharField(max_length=120, default="propensity")
    confidence = serializers.FloatField(default=0.9, min_value=0.5, max_value=0.999)
    seed = serializers.IntegerField(default=0, min_value=0)
    guardrails = GuardrailsSerializer()


class ReallocationStartedSerializer(serializers.Serializer[Any]):
    operation = serializers.CharField()
    reallocation = serializers.CharField()


class ReallocationSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    state = serializers.CharField()
    is_approved = serializers.BooleanField()
    proposal = serializers.DictField(
        allow_null=True,
        help_text="As `replay_policy --json`; from facts as `reallocate --json`.",
    )


class ReallocationsView(IdempotentPosts, APIView):
    """Ask for a proposal."""

    required_actions = {"POST": Action.WRITE_PLANS}

    @extend_schema(
        operation_id="reallocations_create",
        request=NewReallocationSerializer,
        responses={202: ReallocationStartedSerializer},
        examples=[NEW, STARTED],
    )
    def post(self, request: Request) -> Response:
        """Queue a proposal from a log with propensities; a log that cannot be read is refused at once."""
        asked = NewReallocationSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        fields = asked.validated_data
        wish = ReplayWish(
            columns=LogColumns(**{name: fields[name] for name in ("arm", "reward", "propensity")}),
            guardrails=Guardrails(**fields["guardrails"]),
            confidence=fields["confidence"],
            seed=fields["seed"],
        )
        file = ContentFile(fields["log_csv"].encode(), name="log.csv")
        try:
            operation = request_reallocation(file=file, wish=wish, name=fields["name"], by=tenant_request(request).user)
        except BanditRefused as refusal:
            raise Problem(status=400, title=refusal.title, detail=refusal.detail, where=refusal.where) from refusal
        address = reverse("campaigns-api:reallocation", args=[operation.pk])
        return started(operation=operation, name="reallocation", address=address)


class ReallocationView(APIView):
    """One proposal."""

    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(operation_id="reallocations_read", responses={200: ReallocationSerializer}, examples=[FOUND])
    def get(self, request: Request, pk: UUID) -> Response:
        """Shares inside the guardrails and their replay; `proposal` is null while the operation goes on."""
        return Response(_told(asked_or_404(pk=pk, kind=KIND)))


class ReallocationApproveView(IdempotentPosts, APIView):
    """A person's approval."""

    required_actions = {"POST": Action.APPROVE_PLANS}

    @extend_schema(
        operation_id="reallocations_approve", request=None, responses={200: ReallocationSerializer}, examples=[FOUND]
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Record that these shares are what decisions are drawn with from now on; once only."""
        operation = asked_or_404(pk=pk, kind=KIND)
        try:
            approve_reallocation(operation=operation, by=tenant_request(request).user)
        except ReallocationRefused as refusal:
            raise Problem(status=409, title="This cannot be approved", detail=str(refusal)) from refusal
        return Response(_told(operation))


def _told(operation: Operation) -> dict[str, Any]:
    return {
        "id": operation.pk,
        "title": operation.title,
        "state": operation.state,
        "is_approved": approval_of(operation=operation) is not None,
        "proposal": operation.result,
    }
