"""The crosswalk in the API: join rate, candidates, decisions."""

from typing import Any, cast

from django.db.models import QuerySet
from django.urls import get_script_prefix
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from harmonization.api.product_serializers import (
    CandidateSerializer,
    CrosswalkStartedSerializer,
    DecisionSerializer,
    JoinRateSerializer,
)
from harmonization.models import CrosswalkCandidate
from harmonization.selectors.crosswalk import join_rate, waiting_candidates
from harmonization.services.crosswalk import request_crosswalk
from harmonization.services.crosswalk_decisions import (
    DecisionRefused,
    confirm_candidate,
    reject_candidate,
    undo_decision,
)
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.models import User
from tenants.permissions import Action

DECISIONS = {"confirm": confirm_candidate, "reject": reject_candidate, "undo": undo_decision}
OPERATION = "01997c5e-7d3b-7f02-8a51-6b7c8d9e0f10"
RATE = {
    "retailer_id": "alpha",
    "retailer_name": "Alpha",
    "currency": "USD",
    "items": 12,
    "joined_items": 9,
    "rows": 672,
    "joined_rows": 560,
    "spend": "1204.330000",
    "joined_spend": "1100.100000",
    "by_items": 0.75,
    "by_rows": 0.8333,
    "by_spend": 0.9135,
}
CANDIDATE = {
    "id": 3,
    "retailer_id": "alpha",
    "item_id": "A-1001",
    "item_name": "OAT BAR HNY ALMND 12PK",
    "item_brand": "Simulated Foods",
    "sku": "OAT-12",
    "product_name": "Oat bar honey almond",
    "confidence": 0.93,
    "evidence": {"name_likeness": 0.82, "same_brand": True, "same_size": True, "lead": 0.21},
    "is_conflict": False,
    "rank": 1,
    "spend": "104.230000",
    "currency": "USD",
    "state": "pending",
    "decided_at": None,
}


class CrosswalkView(IdempotentPosts, APIView):
    """How much is joined, by retailer and currency; POST looks for joins and candidates anew."""

    required_actions = {"GET": Action.READ_DATA, "POST": Action.WRITE_DATA}

    @extend_schema(
        operation_id="crosswalk_rate",
        responses=JoinRateSerializer(many=True),
        examples=[OpenApiExample("A retailer", value=RATE, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        return Response(JoinRateSerializer(join_rate(), many=True).data)

    @extend_schema(
        operation_id="crosswalk_run",
        request=None,
        responses={202: OpenApiResponse(CrosswalkStartedSerializer, "Queued; follow Location.")},
        examples=[
            OpenApiExample("Queued", value={"operation_id": OPERATION}, response_only=True, status_codes=["202"])
        ],
    )
    def post(self, request: Request) -> Response:
        operation = request_crosswalk(by=cast(User, request.user))
        location = f"{get_script_prefix()}api/v1/operations/{operation.pk}/"
        body = CrosswalkStartedSerializer({"operation_id": operation.pk}).data
        return Response(body, status=status.HTTP_202_ACCEPTED, headers={"Location": location, "Retry-After": "1"})


class CandidatesView(ListAPIView):
    """Candidates that wait for a person, newest first."""

    required_actions = {"GET": Action.READ_DATA}
    serializer_class = CandidateSerializer
    filter_backends: list[Any] = []

    def get_queryset(self) -> QuerySet[CrosswalkCandidate]:
        return waiting_candidates()

    @extend_schema(
        operation_id="crosswalk_candidates_list",
        examples=[OpenApiExample("A candidate", value=CANDIDATE, response_only=True)],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class DecisionView(IdempotentPosts, APIView):
    """Confirm or reject a candidate, or take that back."""

    required_actions = {"POST": Action.WRITE_DATA}

    @extend_schema(
        operation_id="crosswalk_candidates_decide",
        request=DecisionSerializer,
        responses={
            200: CandidateSerializer,
            409: OpenApiResponse(description="It is decided already, or the item is another product."),
        },
        examples=[
            OpenApiExample("Confirm", value={"decision": "confirm"}, request_only=True),
            OpenApiExample("Confirmed", value={**CANDIDATE, "state": "confirmed"}, response_only=True),
        ],
    )
    def post(self, request: Request, candidate_id: int) -> Response:
        sent = DecisionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        if candidate_id >= 2**63 or not CrosswalkCandidate.objects.filter(pk=candidate_id).exists():
            raise Problem(status=404, title="There is no such candidate", detail="It may have been replaced.")
        try:
            candidate = DECISIONS[sent.validated_data["decision"]](
                candidate_id=candidate_id, by=cast(User, request.user)
            )
        except DecisionRefused as refusal:
            raise Problem(status=409, **refusal.problem) from refusal
        return Response(CandidateSerializer(candidate).data)
