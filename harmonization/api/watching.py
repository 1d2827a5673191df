"""Anomalies and held days in the API: what was found, and what people decide."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from harmonization.api import watching_examples as examples
from harmonization.api.watching_serializers import AnomalySerializer, DecisionSerializer, HeldDaySerializer
from harmonization.forms.watching import AnomalyFilter, HeldDayFilter
from harmonization.models import Anomaly, HeldDay
from harmonization.selectors.attention import anomalies, find_anomaly, find_held_day, held_days
from harmonization.services.anomalies import DecisionRefused, decide_anomaly
from harmonization.services.held_days import HeldDayRefused, accept_held_day, refuse_held_day
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.permissions import Action

READ = {"GET": Action.READ_DATA}
WRITE = {"POST": Action.WRITE_DATA}
CONFLICT = OpenApiResponse(description="The day is decided already, or a newer file wrote it.")


class AnomaliesView(ListAPIView):
    """Anomalies, the newest found first; also those that are explained or no longer found."""

    required_actions = READ
    serializer_class = AnomalySerializer
    filterset_class = AnomalyFilter

    def get_queryset(self) -> QuerySet[Anomaly]:
        return anomalies()

    @extend_schema(operation_id="anomalies_list", examples=[examples.ANOMALY_EXAMPLE])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class AnomalyView(APIView):
    """One anomaly."""

    required_actions = READ

    @extend_schema(operation_id="anomalies_retrieve", responses=AnomalySerializer, examples=[examples.ANOMALY_EXAMPLE])
    def get(self, request: Request, anomaly_id: UUID) -> Response:
        return Response(AnomalySerializer(_anomaly_or_404(anomaly_id)).data)


class AnomalyDecisionView(IdempotentPosts, APIView):
    """Acknowledge, explain or open an anomaly again."""

    required_actions = WRITE

    @extend_schema(
        operation_id="anomalies_decide",
        request=DecisionSerializer,
        responses=AnomalySerializer,
        examples=[examples.DECISION_EXAMPLE, examples.ANOMALY_EXAMPLE],
    )
    def post(self, request: Request, anomaly_id: UUID) -> Response:
        anomaly = _anomaly_or_404(anomaly_id)
        asked = DecisionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            decided = decide_anomaly(
                anomaly=anomaly, **asked.validated_data, by=tenant_request(request).user, at=timezone.now()
            )
        except DecisionRefused as refusal:
            raise Problem(
                status=400, title=refusal.title, detail=refusal.detail, where=refusal.where, fix=refusal.fix
            ) from refusal
        return Response(AnomalySerializer(decided).data)


class HeldDaysView(ListAPIView):
    """Held days, the newest held first; also those that are decided."""

    required_actions = READ
    serializer_class = HeldDaySerializer
    filterset_class = HeldDayFilter

    def get_queryset(self) -> QuerySet[HeldDay]:
        return held_days()

    @extend_schema(operation_id="held_days_list", examples=[examples.HELD_DAY_EXAMPLE])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class AcceptHeldDayView(IdempotentPosts, APIView):
    """Let the held version replace the day."""

    required_actions = WRITE

    @extend_schema(
        operation_id="held_days_accept",
        request=None,
        responses={200: HeldDaySerializer, 409: CONFLICT},
        examples=[examples.HELD_DAY_EXAMPLE],
    )
    def post(self, request: Request, held_id: UUID) -> Response:
        held_day = _held_day_or_404(held_id)
        try:
            decided = accept_held_day(held_day=held_day, by=tenant_request(request).user, at=timezone.now())
        except HeldDayRefused as refusal:
            raise _conflict(refusal) from refusal
        return Response(HeldDaySerializer(decided).data)


class RefuseHeldDayView(IdempotentPosts, APIView):
    """Keep the day as it is."""

    required_actions = WRITE

    @extend_schema(
        operation_id="held_days_refuse",
        request=None,
        responses={200: HeldDaySerializer, 409: CONFLICT},
        examples=[examples.HELD_DAY_EXAMPLE],
    )
    def post(self, request: Request, held_id: UUID) -> Response:
        held_day = _held_day_or_404(held_id)
        try:
            decided = refuse_held_day(held_day=held_day, by=tenant_request(request).user, at=timezone.now())
        except HeldDayRefused as refusal:
            raise _conflict(refusal) from refusal
        return Response(HeldDaySerializer(decided).data)


def _conflict(refusal: HeldDayRefused) -> Problem:
    return Problem(status=409, title=refusal.title, detail=refusal.detail, where=refusal.where, fix=refusal.fix)


def _anomaly_or_404(anomaly_id: UUID) -> Anomaly:
    anomaly = find_anomaly(anomaly_id=anomaly_id)
    if anomaly is None:
        raise Http404
    return anomaly


def _held_day_or_404(held_id: UUID) -> HeldDay:
    held_day = find_held_day(held_id=held_id)
    if held_day is None:
        raise Http404
    return held_day
