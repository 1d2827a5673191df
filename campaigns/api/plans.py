"""Plans: draft, list, read, change constraints."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.api import examples
from campaigns.api.serializers import (
    ConstraintsSerializer,
    DraftSerializer,
    PlanCellSerializer,
    PlanSerializer,
    PlanSummarySerializer,
)
from campaigns.api.versions import etag_of, is_unchanged, matched_version, stale
from campaigns.briefs.constraint_json import ConstraintError
from campaigns.briefs.parsing import BriefRefused
from campaigns.models import Plan, PlanCell
from campaigns.selectors.plans import cells_of, listed_plans, plan_or_404
from campaigns.services.drafting import EditRefused, StaleVersion, draft_plan
from campaigns.services.resolving import NotSolved, edit_and_solve
from tenants.api.idempotency import IdempotentPosts
from tenants.api.pagination import NewestFirstCursorPagination
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.permissions import Action

IF_MATCH = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description="ETag of the version you read.")
IF_NONE_MATCH = OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="ETag you already hold.")


def plan_response(*, plan: Plan, status: int = 200, unsolved: str = "") -> Response:
    """The whole plan with its ETag; ``unsolved`` says why its constraints have no split yet."""
    body = PlanSerializer(plan, context={"unsolved": unsolved}).data
    return Response(body, status=status, headers={"ETag": etag_of(plan=plan)})


class PlanListView(IdempotentPosts, ListAPIView[Plan]):
    """All plans, newest first; POST drafts one from a brief."""

    required_actions = {"GET": Action.READ_PLANS, "POST": Action.WRITE_PLANS}
    serializer_class = PlanSummarySerializer
    queryset = Plan.objects.none()

    def get_queryset(self) -> Any:
        return listed_plans()

    @extend_schema(operation_id="plans_list", examples=[examples.PLANS])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="plans_draft",
        request=DraftSerializer,
        responses={201: PlanSerializer},
        examples=[examples.DRAFT_REQUEST, examples.PLAN],
    )
    def post(self, request: Request) -> Response:
        """Parse a brief and keep it as a draft with its constraints."""
        asked = DraftSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            plan = draft_plan(
                brief=asked.validated_data["brief"], name=asked.validated_data["name"], by=tenant_request(request).user
            )
        except BriefRefused as refusal:
            raise Problem(status=400, title="The brief cannot be read", detail=str(refusal), where="brief") from refusal
        response = plan_response(plan=plan_or_404(pk=plan.pk), status=201)
        response["Location"] = reverse("campaigns-api:plan", args=[plan.pk])
        return response


class PlanView(APIView):
    """One plan: read it, or replace its constraints."""

    required_actions = {"GET": Action.READ_PLANS, "PATCH": Action.WRITE_PLANS}

    @extend_schema(
        operation_id="plans_read",
        parameters=[IF_NONE_MATCH],
        responses={200: PlanSerializer, 304: OpenApiResponse(description="You hold this version.")},
        examples=[examples.PLAN],
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """The whole plan. Its ETag is its version."""
        plan = plan_or_404(pk=pk)
        if is_unchanged(request=request, plan=plan):
            return Response(status=304, headers={"ETag": etag_of(plan=plan)})
        return plan_response(plan=plan)

    @extend_schema(
        operation_id="plans_change_constraints",
        parameters=[IF_MATCH],
        request=ConstraintsSerializer,
        responses={200: PlanSerializer},
        examples=[examples.CONSTRAINTS_REQUEST, examples.PLAN],
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Replace the constraints. The split follows at once from the curves the plan keeps, as on its page; where it
        cannot (`unsolved` says why), allocate the plan again. Needs If-Match."""
        plan = plan_or_404(pk=pk)
        version = matched_version(request=request, plan=plan, required=True)
        asked = ConstraintsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        unsolved = ""
        try:
            edit_and_solve(
                plan=plan,
                constraints=asked.validated_data["constraints"],
                version=version,
                by=tenant_request(request).user,
            )
        except NotSolved as reason:
            unsolved = str(reason)
        except StaleVersion as refusal:
            raise stale(detail=str(refusal)) from refusal
        except ConstraintError as refusal:
            where = f"constraints.{refusal.where}"
            raise Problem(
                status=400, title="A constraint is not right", detail=refusal.detail, where=where
            ) from refusal
        except EditRefused as refusal:
            raise Problem(status=409, title="The constraints cannot change now", detail=str(refusal)) from refusal
        return plan_response(plan=plan_or_404(pk=pk), unsolved=unsolved)


class CellsPagination(NewestFirstCursorPagination):
    """Cells in the plan's own order, largest proposed spend first."""

    ordering = "position"


class PlanCellsView(ListAPIView[PlanCell]):
    """The plan's cells: current and proposed spend, expected outcome, curve, and the rules that limit them."""

    required_actions = {"GET": Action.READ_PLANS}
    serializer_class = PlanCellSerializer
    pagination_class = CellsPagination
    queryset = PlanCell.objects.none()

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return cells_of(plan=plan_or_404(pk=self.kwargs["pk"]))

    @extend_schema(operation_id="plans_cells")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)
