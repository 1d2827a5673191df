"""Adapters and compositions in the API; which adapters serve is decided here, never by a name a caller sends."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.api import examples
from agents.api.serializers import (
    AdapterSerializer,
    CompositionRequestSerializer,
    CompositionSerializer,
    HealthSerializer,
    TrialSerializer,
)
from agents.federation.refusal import AdapterRefused
from agents.federation.strategies import Strategy
from agents.models import AdapterRow
from agents.selectors.adapter_bodies import adapter_bodies
from agents.selectors.adapters import all_adapters, find_adapter
from agents.services.composing import composition_body
from agents.services.federation import compose_named, configured_backend
from agents.services.promotion import PromotionRefused, promote_adapter, refuse_shared, roll_back_adapter, try_adapter
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.command import refusal_as_problem
from tenants.models import User
from tenants.permissions import Action

READ = {"GET": Action.READ_PLANS}
MANAGE = {"POST": Action.MANAGE_ADAPTERS}
REFUSED = {409: OpenApiResponse(description="The gate says no, the file does not verify, or it is shared: the reason.")}


class AdaptersView(APIView):
    """This workspace's own adapters and the shared ones, every version; there are few, so the list has no pages."""

    required_actions = READ

    @extend_schema(operation_id="adapters_list", responses=AdapterSerializer(many=True), examples=[examples.ADAPTER])
    def get(self, request: Request) -> Response:
        return Response(AdapterSerializer(adapter_bodies(rows=all_adapters()), many=True).data)


class AdapterView(APIView):
    """One adapter."""

    required_actions = READ

    @extend_schema(operation_id="adapters_retrieve", responses=AdapterSerializer, examples=[examples.ADAPTER])
    def get(self, request: Request, adapter_id: UUID) -> Response:
        return _body(_adapter_or_404(adapter_id))


class AdapterPromoteView(IdempotentPosts, APIView):
    """Let one of this workspace's own adapters serve; what served in its place is retired."""

    required_actions = MANAGE

    @extend_schema(
        operation_id="adapters_promote",
        request=None,
        responses={200: AdapterSerializer, **REFUSED},
        examples=[examples.ADAPTER],
    )
    def post(self, request: Request, adapter_id: UUID) -> Response:
        row = _adapter_or_404(adapter_id)
        try:
            refuse_shared(adapter=row)
            return _body(promote_adapter(adapter=row, by=cast(User, request.user), now=timezone.now()))
        except (PromotionRefused, AdapterRefused) as refusal:
            raise Problem(status=409, **refusal_as_problem(refusal)) from refusal


class AdapterTryView(IdempotentPosts, APIView):
    """Let one of this workspace's own adapters answer a share of the questions, always the same ones."""

    required_actions = MANAGE

    @extend_schema(
        operation_id="adapters_try",
        request=TrialSerializer,
        responses={200: AdapterSerializer, **REFUSED},
        examples=[examples.TRIAL, examples.ADAPTER],
    )
    def post(self, request: Request, adapter_id: UUID) -> Response:
        row = _adapter_or_404(adapter_id)
        sent = TrialSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            refuse_shared(adapter=row)
            by, now = cast(User, request.user), timezone.now()
            return _body(try_adapter(adapter=row, percent=sent.validated_data["percent"], by=by, now=now))
        except (PromotionRefused, AdapterRefused) as refusal:
            raise Problem(status=409, **refusal_as_problem(refusal)) from refusal


class AdapterRollBackView(IdempotentPosts, APIView):
    """Withdraw what serves, and let what served before it serve again; or end a trial."""

    required_actions = MANAGE

    @extend_schema(
        operation_id="adapters_roll_back",
        request=None,
        responses={200: AdapterSerializer, **REFUSED},
        examples=[examples.ADAPTER],
    )
    def post(self, request: Request, adapter_id: UUID) -> Response:
        row = _adapter_or_404(adapter_id)
        try:
            refuse_shared(adapter=row)
            roll_back_adapter(adapter=row, by=cast(User, request.user))
        except (PromotionRefused, AdapterRefused) as refusal:
            raise Problem(status=409, **refusal_as_problem(refusal)) from refusal
        return _body(_adapter_or_404(adapter_id))


class CompositionsView(APIView):
    """Compose what serves for a task, a retailer and a brand; nothing is kept but the cache."""

    required_actions = {"POST": Action.READ_PLANS}

    @extend_schema(
        operation_id="compositions_create",
        request=CompositionRequestSerializer,
        responses=CompositionSerializer,
        examples=[examples.ASKED, examples.COMPOSITION],
    )
    def post(self, request: Request) -> Response:
        sent = CompositionRequestSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        asked: dict[str, Any] = dict(sent.validated_data)
        strategy = Strategy(asked.pop("strategy"))
        made = compose_named(**asked, strategy=strategy)
        return Response(CompositionSerializer(composition_body(made=made)).data)


class ModelHealthView(APIView):
    """Whether the model runtime answers, and how much it holds; not whose."""

    required_actions = READ

    @extend_schema(operation_id="model_health_retrieve", responses=HealthSerializer, examples=[examples.HEALTH])
    def get(self, request: Request) -> Response:
        health = configured_backend().health()
        body = {
            "is_ready": health.is_ready,
            "detail": health.detail,
            "device": health.device,
            "loaded_count": len(health.loaded),
            "loaded_bytes": health.loaded_bytes,
        }
        return Response(HealthSerializer(body).data)


def _body(row: AdapterRow) -> Response:
    return Response(AdapterSerializer(adapter_bodies(rows=[row])[0]).data)


def _adapter_or_404(adapter_id: UUID) -> AdapterRow:
    row = find_adapter(adapter_id=adapter_id)
    if row is None:
        raise Http404
    return row
