"""Imports in the API: take an export in, list, read, reconciliation, rejects."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from harmonization.api import examples
from harmonization.api.serializers import (
    AcceptedImportSerializer,
    ImportDetailSerializer,
    ImportSerializer,
    ReconciledMetricSerializer,
    RejectsSerializer,
    UploadSerializer,
)
from harmonization.forms.filters import ImportFilter
from harmonization.models import ImportRun
from harmonization.selectors.imports import find_import, imports, rejects_file
from harmonization.selectors.reconciliation import reconciled_metrics
from harmonization.selectors.rejects import rejected_rows
from harmonization.services.upload_files import UploadRefused, UploadTooLarge, too_large
from harmonization.services.uploads import receive_upload, request_limit
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem, problem_response
from tenants.models import User
from tenants.permissions import Action

REJECTS_PAGE = 100
RETRY_AFTER_SECONDS = "1"
READ = {"GET": Action.READ_DATA}


class ImportsView(IdempotentPosts, ListAPIView):
    """All imports, newest first; POST takes an export in."""

    required_actions = {"GET": Action.READ_DATA, "POST": Action.WRITE_DATA}
    serializer_class = ImportSerializer
    parser_classes = [MultiPartParser]
    filterset_class = ImportFilter

    def get_queryset(self) -> QuerySet[ImportRun]:
        return imports()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse a body that says it is too large before a byte of it is read."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > request_limit():
            refusal = too_large(file_name="the request", limit=settings.UPLOAD_MAX_BYTES)
            return problem_response(status=413, **refusal.problem)
        return super().dispatch(request, *args, **kwargs)

    @extend_schema(operation_id="imports_list", examples=[examples.IMPORT_EXAMPLE])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="imports_create",
        request={"multipart/form-data": UploadSerializer},
        responses={
            202: OpenApiResponse(AcceptedImportSerializer, "Queued; follow Location."),
            200: OpenApiResponse(ImportSerializer, "The same file was imported before; nothing was changed."),
            413: OpenApiResponse(description="The file is too large."),
            422: OpenApiResponse(description="The file cannot be taken in: what, where and how to fix it."),
        },
        examples=[examples.ACCEPTED_EXAMPLE, examples.ALREADY_EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        sent = UploadSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        file = sent.validated_data["file"]
        try:
            run, operation = receive_upload(
                file=file,
                file_name=file.name,
                mapping_name=sent.validated_data.get("mapping"),
                by=cast(User, request.user),
            )
        except UploadRefused as refusal:
            code = 413 if isinstance(refusal, UploadTooLarge) else 422
            raise Problem(status=code, **refusal.problem) from refusal
        if operation is None:
            return Response(ImportSerializer(run).data)
        headers = {
            "Location": f"{get_script_prefix()}api/v1/operations/{operation.pk}/",
            "Retry-After": RETRY_AFTER_SECONDS,
        }
        body = {"import_id": run.pk, "operation_id": operation.pk}
        return Response(AcceptedImportSerializer(body).data, status=status.HTTP_202_ACCEPTED, headers=headers)


class ImportView(APIView):
    """One import with its quality report."""

    required_actions = READ

    @extend_schema(
        operation_id="imports_retrieve", responses=ImportDetailSerializer, examples=[examples.IMPORT_DETAIL_EXAMPLE]
    )
    def get(self, request: Request, import_id: UUID) -> Response:
        return Response(ImportDetailSerializer(_import_or_404(import_id)).data)


class ImportReconciliationView(APIView):
    """The totals of the source against the harmonized ones, by metric and day."""

    required_actions = READ

    @extend_schema(
        operation_id="imports_reconciliation",
        responses=ReconciledMetricSerializer(many=True),
        examples=[examples.RECONCILIATION_EXAMPLE],
    )
    def get(self, request: Request, import_id: UUID) -> Response:
        metrics = reconciled_metrics(lines=_import_or_404(import_id).reconciliation)
        return Response(ReconciledMetricSerializer(metrics, many=True).data)


class ImportRejectsView(APIView):
    """The rows that could not be read, a hundred at a time."""

    required_actions = READ

    @extend_schema(
        operation_id="imports_rejects",
        parameters=[OpenApiParameter("offset", int, description="Rows to skip; from ``next_offset``.")],
        responses=RejectsSerializer,
        examples=[examples.REJECTS_EXAMPLE],
    )
    def get(self, request: Request, import_id: UUID) -> Response:
        run = _import_or_404(import_id)
        offset = _offset(request)
        rows = list(rejected_rows(path=rejects_file(run=run), offset=offset, limit=REJECTS_PAGE))
        ahead = offset + len(rows)
        body = {
            "total": run.rows_rejected,
            "next_offset": ahead if rows and ahead < run.rows_rejected else None,
            "results": rows,
        }
        return Response(RejectsSerializer(body).data)


def _offset(request: Request) -> int:
    given = request.query_params.get("offset", "0")
    if not given.isascii() or not given.isdigit() or len(given) > 12:
        raise Problem(
            status=400, title="The offset is not a number", detail="Send a whole number of 0 or more.", where="offset"
        )
    return int(given)


def _import_or_404(import_id: UUID) -> ImportRun:
    run = find_import(import_id=import_id)
    if run is None:
        raise Http404
    return run
