"""Daily reallocation over imported facts: its schedule, and a proposal now."""

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.api.reallocations import STARTED, ReallocationStartedSerializer
from campaigns.api.started import started
from campaigns.bandits.decisions import BanditRefused
from campaigns.models import ReallocationSchedule
from campaigns.services.daily_reallocations import NewSchedule, request_daily, set_schedule
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.permissions import Action

SCHEDULE = OpenApiExample(
    "Every morning, half of the money at most in one cell",
    value={
        "is_on": True,
        "retailers": ["amazon", "walmart"],
        "brand": "",
        "daily_budget": None,
        "floor": "0.0200",
        "cap": "0.5000",
        "change": "0.2000",
    },
)


class ScheduleSerializer(serializers.ModelSerializer[ReallocationSchedule]):
    """Whether, over which cells, how much money a day, and the guardrails as shares of it."""

    retailers = serializers.ListField(child=serializers.CharField(max_length=80), default=list)

    class Meta:
        model = ReallocationSchedule
        fields = ("is_on", "retailers", "brand", "daily_budget", "floor", "cap", "change")


class ScheduleView(APIView):
    """The tenant's schedule."""

    required_actions = {"GET": Action.READ_PLANS, "PUT": Action.WRITE_PLANS}

    @extend_schema(operation_id="reallocations_schedule", responses={200: ScheduleSerializer}, examples=[SCHEDULE])
    def get(self, request: Request) -> Response:
        """The schedule; off where nobody set one."""
        return Response(ScheduleSerializer(ReallocationSchedule.current()).data)

    @extend_schema(
        operation_id="reallocations_set_schedule",
        request=ScheduleSerializer,
        responses={200: ScheduleSerializer},
        examples=[SCHEDULE],
    )
    def put(self, request: Request) -> Response:
        """Replace the schedule; while it is on, a proposal is made every morning and waits for approval."""
        asked = ScheduleSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        fields = {"is_on": False} | asked.validated_data
        new = NewSchedule(**fields | {"retailers": tuple(fields["retailers"])})
        try:
            stored = set_schedule(new=new, by=tenant_request(request).user, now=timezone.now())
        except BanditRefused as refusal:
            raise Problem(status=400, title=refusal.title, detail=refusal.detail, where=refusal.where) from refusal
        return Response(ScheduleSerializer(stored).data)


class TodayView(IdempotentPosts, APIView):
    """A proposal now."""

    required_actions = {"POST": Action.WRITE_PLANS}

    @extend_schema(
        operation_id="reallocations_today",
        request=None,
        responses={202: ReallocationStartedSerializer},
        examples=[STARTED],
    )
    def post(self, request: Request) -> Response:
        """Queue a proposal from the imported facts inside the schedule's guardrails."""
        operation = request_daily(by=tenant_request(request).user, now=timezone.now())
        address = reverse("campaigns-api:reallocation", args=[operation.pk])
        return started(operation=operation, name="reallocation", address=address)
