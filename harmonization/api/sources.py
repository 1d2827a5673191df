"""Sources in the API: set up, change, secrets in, test, run, pause, history."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import ListAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from harmonization.api import source_serializers as shapes
from harmonization.connectors.protocol import SourceBusy, SourceRefused
from harmonization.models import DataSource, SourceRun
from harmonization.selectors.sources import runs_of
from harmonization.services.source_credentials import remove_credential, set_credential
from harmonization.services.source_runs import RunRefused, start_run
from harmonization.services.sources import create_source, probe_source, set_enabled, update_source
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.api.schema import IDEMPOTENCY_KEY, REFUSALS
from tenants.permissions import Action

MANAGE = Action.MANAGE_SOURCES
SOURCE: dict[Any, Any] = {200: shapes.SourceSerializer, **REFUSALS}


@method_decorator(sensitive_post_parameters(), name="dispatch")
class SourcesView(IdempotentPosts, ListAPIView[DataSource]):
    """All sources, newest first; POST sets one up."""

    required_actions = {"GET": Action.READ_DATA, "POST": MANAGE}
    serializer_class = shapes.SourceSerializer

    def get_queryset(self) -> QuerySet[DataSource]:
        return DataSource.objects.select_related("credential__set_by")

    @extend_schema(operation_id="sources_list", tags=["sources"], examples=[shapes.SOURCE_EXAMPLE])
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="sources_create",
        tags=["sources"],
        request=shapes.NewSourceSerializer,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: shapes.SourceSerializer, **REFUSALS},
        examples=[shapes.WISH_EXAMPLE, shapes.SOURCE_EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        sent = shapes.NewSourceSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        by, now, secrets = tenant_request(request).user, timezone.now(), sent.validated_data.get("credential")
        try:
            with transaction.atomic():
                source = create_source(kind=sent.validated_data["kind"], wish=sent.wish(), by=by, now=now)
                if secrets:
                    set_credential(source=source, values=secrets, by=by, now=now)
        except SourceRefused as refusal:
            raise _problem(refusal) from refusal
        return Response(shapes.SourceSerializer(source).data, status=201)


class SourceView(APIView):
    """One source; PUT replaces what a person decides about it."""

    required_actions = {"GET": Action.READ_DATA, "PUT": MANAGE}

    @extend_schema(
        operation_id="sources_retrieve", tags=["sources"], responses=SOURCE, examples=[shapes.SOURCE_EXAMPLE]
    )
    def get(self, request: Request, source_id: UUID) -> Response:
        return Response(shapes.SourceSerializer(_source(source_id)).data)

    @extend_schema(
        operation_id="sources_update",
        tags=["sources"],
        request=shapes.ChangedSourceSerializer,
        responses=SOURCE,
        examples=[shapes.SOURCE_EXAMPLE],
    )
    def put(self, request: Request, source_id: UUID) -> Response:
        source, sent = _source(source_id), shapes.ChangedSourceSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            update_source(source=source, wish=sent.wish(), by=tenant_request(request).user, now=timezone.now())
        except SourceRefused as refusal:
            raise _problem(refusal) from refusal
        return Response(shapes.SourceSerializer(source).data)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class SourceCredentialView(APIView):
    """Secrets go in whole and are never returned."""

    required_actions = {"PUT": MANAGE, "DELETE": MANAGE}

    @extend_schema(
        operation_id="sources_set_credential",
        tags=["sources"],
        request={"application/json": {"type": "object", "additionalProperties": {"type": "string"}}},
        responses=SOURCE,
        examples=[shapes.CREDENTIAL_EXAMPLE, shapes.SOURCE_EXAMPLE],
    )
    def put(self, request: Request, source_id: UUID) -> Response:
        source = _source(source_id)
        values = request.data if isinstance(request.data, dict) else {}
        try:
            set_credential(source=source, values=values, by=tenant_request(request).user, now=timezone.now())
        except SourceRefused as refusal:
            raise _problem(refusal) from refusal
        return Response(shapes.SourceSerializer(_source(source_id)).data)

    @extend_schema(
        operation_id="sources_remove_credential", tags=["sources"], responses=SOURCE, examples=[shapes.SOURCE_EXAMPLE]
    )
    def delete(self, request: Request, source_id: UUID) -> Response:
        remove_credential(source=_source(source_id), by=tenant_request(request).user)
        return Response(shapes.SourceSerializer(_source(source_id)).data)


class SourceTestView(IdempotentPosts):
    """Reach the source without taking anything."""

    required_actions = {"POST": MANAGE}

    @extend_schema(
        operation_id="sources_test",
        tags=["sources"],
        request=None,
        parameters=[IDEMPOTENCY_KEY],
        responses={200: shapes.TestAnswerSerializer, 503: OpenApiResponse(description="Try later."), **REFUSALS},
        examples=[shapes.ANSWER_EXAMPLE],
    )
    def post(self, request: Request, source_id: UUID) -> Response:
        try:
            return Response({"detail": probe_source(source=_source(source_id), by=tenant_request(request).user)})
        except SourceBusy as trouble:
            raise Problem(status=503, **trouble.problem) from trouble
        except SourceRefused as refusal:
            raise _problem(refusal) from refusal


class SourceRunNowView(IdempotentPosts):
    """Run it now, whatever its schedule."""

    required_actions = {"POST": MANAGE}

    @extend_schema(
        operation_id="sources_run",
        tags=["sources"],
        request=None,
        parameters=[IDEMPOTENCY_KEY],
        responses={202: OpenApiResponse(shapes.SourceRunSerializer, "Queued; follow Location."), **REFUSALS},
        examples=[shapes.RUN_EXAMPLE],
    )
    def post(self, request: Request, source_id: UUID) -> Response:
        source, by = _source(source_id), tenant_request(request).user
        try:
            run = start_run(source=source, by=by, now=timezone.now())
        except RunRefused as refusal:
            raise Problem(status=409, title="A run is under way", detail=str(refusal)) from refusal
        location = f"{get_script_prefix()}api/v1/operations/{run.operation_id}/"
        headers = {"Location": location, "Retry-After": "1"}
        return Response(shapes.SourceRunSerializer(run).data, status=202, headers=headers)


class SourcePauseView(IdempotentPosts):
    """Stop it from running by its schedule."""

    required_actions = {"POST": MANAGE}

    @extend_schema(
        operation_id="sources_pause",
        tags=["sources"],
        request=None,
        parameters=[IDEMPOTENCY_KEY],
        responses=SOURCE,
        examples=[shapes.SOURCE_EXAMPLE],
    )
    def post(self, request: Request, source_id: UUID) -> Response:
        return _set_enabled(request, source_id=source_id, is_enabled=False)


class SourceResumeView(IdempotentPosts):
    """Let it run by its schedule again."""

    required_actions = {"POST": MANAGE}

    @extend_schema(
        operation_id="sources_resume",
        tags=["sources"],
        request=None,
        parameters=[IDEMPOTENCY_KEY],
        responses=SOURCE,
        examples=[shapes.SOURCE_EXAMPLE],
    )
    def post(self, request: Request, source_id: UUID) -> Response:
        return _set_enabled(request, source_id=source_id, is_enabled=True)


class SourceRunsView(ListAPIView[SourceRun]):
    """The runs of a source, newest first."""

    required_actions = {"GET": Action.READ_DATA}
    serializer_class = shapes.SourceRunSerializer
    queryset = SourceRun.objects.none()

    def get_queryset(self) -> QuerySet[SourceRun]:
        source_id = self.kwargs.get("source_id")
        return runs_of(source=_source(source_id)) if source_id else SourceRun.objects.none()

    @extend_schema(operation_id="sources_runs", tags=["sources"], examples=[shapes.RUN_EXAMPLE])
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        return super().get(request, *args, **kwargs)


class SourceRunView(APIView):
    """One run with its files."""

    required_actions = {"GET": Action.READ_DATA}

    @extend_schema(
        operation_id="sources_run_retrieve",
        tags=["sources"],
        responses={200: shapes.SourceRunDetailSerializer, **REFUSALS},
        examples=[shapes.RUN_DETAIL_EXAMPLE],
    )
    def get(self, request: Request, source_id: UUID, run_id: UUID) -> Response:
        run = get_object_or_404(runs_of(source=_source(source_id)), pk=run_id)
        return Response(shapes.SourceRunDetailSerializer(run).data)


def _set_enabled(request: Request, *, source_id: UUID, is_enabled: bool) -> Response:
    source, by = _source(source_id), tenant_request(request).user
    set_enabled(source=source, is_enabled=is_enabled, by=by, now=timezone.now())
    return Response(shapes.SourceSerializer(source).data)


def _source(source_id: UUID) -> DataSource:
    return get_object_or_404(DataSource.objects.select_related("credential__set_by"), pk=source_id)


def _problem(refusal: SourceRefused) -> Problem:
    return Problem(status=422, **refusal.problem)
