"""What is done to a plan: allocate, approve, undo, withdraw, export."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.api import examples
from campaigns.api.plans import IF_MATCH, plan_response
from campaigns.api.serializers import (
    AllocateSerializer,
    CopySerializer,
    OperationStartedSerializer,
    PlanSerializer,
    operation_path,
)
from campaigns.api.versions import matched_version, stale
from campaigns.selectors.plans import plan_or_404
from campaigns.services.approval import ApprovalRefused, approve_plan, undo_approval, withdraw_plan
from campaigns.services.copying import copy_plan
from campaigns.services.drafting import StaleVersion
from campaigns.services.export import FORMATS, ExportRefused, export_plan
from campaigns.services.planning import PlanningRefused, request_planning
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.permissions import Action


class AllocateView(IdempotentPosts, APIView):
    """Queue the planning of a plan's constraints."""

    required_actions = {"POST": Action.WRITE_PLANS}

    @extend_schema(
        operation_id="plans_allocate",
        parameters=[IF_MATCH],
        request=AllocateSerializer,
        responses={202: OperationStartedSerializer},
        examples=[examples.ALLOCATE_REQUEST, examples.STARTED],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Fit, allocate, explain. Answers 202 with the operation's address; asked twice, it is the same operation."""
        plan = plan_or_404(pk=pk)
        matched_version(request=request, plan=plan, required=False)
        asked = AllocateSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            operation = request_planning(
                plan=plan, method=asked.validated_data["method"], by=tenant_request(request).user
            )
        except PlanningRefused as refusal:
            raise Problem(status=409, title="This plan cannot be planned now", detail=str(refusal)) from refusal
        location = operation_path(operation.pk)
        body = {"operation": location, "plan": reverse("campaigns-api:plan", args=[pk])}
        return Response(body, status=202, headers={"Location": location, "Retry-After": "1"})


class CopyView(IdempotentPosts, APIView):
    """A variant of a plan."""

    required_actions = {"POST": Action.WRITE_PLANS}

    @extend_schema(
        operation_id="plans_copy",
        request=CopySerializer,
        responses={201: PlanSerializer},
        examples=[examples.COPY_REQUEST, examples.COPIED],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """A new draft with the same constraints and curves. PATCH it to change something: it is split at once; then
        compare it with the first."""
        asked = CopySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        copied = copy_plan(plan=plan_or_404(pk=pk), by=tenant_request(request).user, name=asked.validated_data["name"])
        response = plan_response(plan=plan_or_404(pk=copied.pk), status=201)
        response["Location"] = reverse("campaigns-api:plan", args=[copied.pk])
        return response


class PlanActView(IdempotentPosts, APIView):
    """Shape of the acts that change a plan's state: a version, a refusal, the plan back."""

    def act(self, request: Request, pk: UUID, **options: Any) -> Response:
        plan = plan_or_404(pk=pk)
        version = matched_version(request=request, plan=plan, required=False)
        try:
            self.perform(plan=plan, by=tenant_request(request).user, version=version, **options)
        except StaleVersion as refusal:
            raise stale(detail=str(refusal)) from refusal
        except ApprovalRefused as refusal:
            raise Problem(status=409, title=refusal.title, detail=refusal.detail, fix=refusal.fix) from refusal
        return plan_response(plan=plan_or_404(pk=pk))

    def perform(self, **arguments: Any) -> object:
        raise NotImplementedError


class ApproveView(PlanActView):
    required_actions = {"POST": Action.APPROVE_PLANS}

    @extend_schema(
        operation_id="plans_approve",
        parameters=[IF_MATCH],
        request=None,
        responses={200: PlanSerializer},
        examples=[examples.PLAN],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Approve a proposed plan, within the workspace's policy. Send If-Match to approve exactly what you read."""
        return self.act(request, pk, now=timezone.now())

    def perform(self, **arguments: Any) -> object:
        return approve_plan(**arguments)


class UndoView(PlanActView):
    required_actions = {"POST": Action.APPROVE_PLANS}

    @extend_schema(
        operation_id="plans_undo_approval",
        parameters=[IF_MATCH],
        request=None,
        responses={200: PlanSerializer},
        examples=[examples.PLAN],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take an approval back; the plan is proposed again."""
        return self.act(request, pk)

    def perform(self, **arguments: Any) -> object:
        return undo_approval(**arguments)


class WithdrawView(PlanActView):
    required_actions = {"POST": Action.WRITE_PLANS}

    @extend_schema(
        operation_id="plans_withdraw",
        parameters=[IF_MATCH],
        request=None,
        responses={200: PlanSerializer},
        examples=[examples.PLAN],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Put a plan aside; nothing is deleted."""
        return self.act(request, pk)

    def perform(self, **arguments: Any) -> object:
        return withdraw_plan(**arguments)


class AlwaysJson(BaseContentNegotiation):
    """Here ``?format=`` names the file, not DRF's renderer; problems are JSON whatever is asked for."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class ExportView(APIView):
    """The plan as a file."""

    content_negotiation_class = AlwaysJson
    required_actions = {"GET": Action.EXPORT_PLANS}

    @extend_schema(
        operation_id="plans_export",
        parameters=[OpenApiParameter("format", str, enum=list(FORMATS), default="csv")],
        responses={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY)},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Table as CSV or XLSX, or a retailer's bulk file (approved plans only). The export is audited."""
        plan = plan_or_404(pk=pk)
        try:
            exported = export_plan(
                plan=plan, format=request.query_params.get("format", "csv"), by=tenant_request(request).user
            )
        except ExportRefused as refusal:
            raise Problem(
                status=409 if refusal.is_about_state else 400,
                title="This export is not possible",
                detail=str(refusal),
                where="format",
            ) from refusal
        return HttpResponse(
            exported.content,
            content_type=exported.content_type,
            headers={"Content-Disposition": f'attachment; filename="{exported.file_name}"'},
        )
