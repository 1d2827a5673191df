"""Days in the API: the calendar, the history of a day, why a figure differs, and how fresh sources are."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from harmonization.api import watching_examples as examples
from harmonization.api.watching_serializers import (
    CalendarRowSerializer,
    DayHistorySerializer,
    DifferenceSerializer,
    SourceFreshnessSerializer,
)
from harmonization.selectors import facts
from harmonization.selectors.calendar import calendar
from harmonization.selectors.day_difference import METRICS
from harmonization.selectors.day_history import day_versions, figures_as_of
from harmonization.selectors.rhythms import rhythms
from harmonization.services.differences import DifferenceRefused, explain_difference
from tenants.api.problems import Problem
from tenants.permissions import Action

READ = {"GET": Action.READ_DATA}
MOST_DAYS = 366
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 1, 1)
LARGEST = Decimal(10) ** 15
RETAILER = OpenApiParameter("retailer", str, required=True, description="Id of the retailer.")
DAY = OpenApiParameter("day", date, required=True, description="The day of the data.")
Value = TypeVar("Value")


class CalendarView(APIView):
    """The state of every source on every day of a period of at most a year."""

    required_actions = READ

    @extend_schema(
        operation_id="calendar_list",
        parameters=[
            OpenApiParameter("start", date, required=True),
            OpenApiParameter("end", date, required=True),
            OpenApiParameter("retailer", str, description="One source; all of them if left out."),
        ],
        responses=CalendarRowSerializer(many=True),
        examples=[examples.CALENDAR_EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        start, end = asked(request, "start", asked_day), asked(request, "end", asked_day)
        if not timedelta(0) <= end - start < timedelta(days=MOST_DAYS):
            detail = f"Ask for 1 to {MOST_DAYS} days; from {start} to {end} is not that."
            raise Problem(status=400, title="The period cannot be shown", detail=detail, where="start, end")
        rows = calendar(start=start, end=end, retailer_id=request.query_params.get("retailer", ""))
        return Response(CalendarRowSerializer(rows, many=True).data)


class DayHistoryView(APIView):
    """All versions of a source's day, and the day as it was known at a moment."""

    required_actions = READ

    @extend_schema(
        operation_id="day_history",
        parameters=[RETAILER, DAY, OpenApiParameter("as_of", datetime, description="A moment; now if left out.")],
        responses=DayHistorySerializer,
        examples=[examples.HISTORY_EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        retailer_id, day = asked(request, "retailer", str), asked(request, "day", asked_day)
        versions = day_versions(retailer_id=retailer_id, day=day)
        if not versions:
            raise Http404
        moment = asked(request, "as_of", _moment) if "as_of" in request.query_params else None
        figures = figures_as_of(retailer_id=retailer_id, day=day, moment=moment or timezone.now())
        body = {"retailer_id": retailer_id, "day": day, "versions": versions, "as_of": moment, "figures": figures}
        return Response(DayHistorySerializer(body).data)


class DifferenceView(APIView):
    """Why a figure differs from the retailer's console."""

    required_actions = READ

    @extend_schema(
        operation_id="differences_explain",
        parameters=[
            RETAILER,
            DAY,
            OpenApiParameter("metric", str, required=True, enum=METRICS),
            OpenApiParameter("console", Decimal, description="What the console shows, with its decimals."),
        ],
        responses=DifferenceSerializer,
        examples=[examples.DIFFERENCE_EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        console = asked(request, "console", _amount) if "console" in request.query_params else None
        try:
            found = explain_difference(
                retailer_id=asked(request, "retailer", str),
                day=asked(request, "day", asked_day),
                metric=asked(request, "metric", str),
                console=console,
            )
        except DifferenceRefused as refusal:
            status = 400 if refusal.where == "metric" else 404
            raise Problem(
                status=status, title=refusal.title, detail=refusal.detail, where=refusal.where, fix=refusal.fix
            ) from refusal
        return Response(DifferenceSerializer(found).data)


class FreshnessView(APIView):
    """How new each source's data is, and when the next is due; there are few sources, so the list has no pages."""

    required_actions = READ

    @extend_schema(
        operation_id="freshness_list",
        responses=SourceFreshnessSerializer(many=True),
        examples=[examples.FRESHNESS_EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        known = rhythms(today=timezone.localdate())
        nothing = {"interval_days": None, "due_on": None, "late_days": 0}
        body = [
            {**asdict(one), **(asdict(known[one.retailer_id]) if one.retailer_id in known else nothing)}
            for one in facts.freshness()
        ]
        return Response(SourceFreshnessSerializer(body, many=True).data)


def asked(request: Request, name: str, read: Callable[[str], Value]) -> Value:
    """A query parameter; a clear refusal where it is absent or cannot be read."""
    given = request.query_params.get(name, "")
    try:
        if given:
            return read(given)
    except (ValueError, InvalidOperation, OverflowError):
        pass
    detail = f"“{given[:60]}” cannot be read." if given else "It is missing."
    raise Problem(status=400, title=f"The parameter {name} is not right", detail=detail, where=name)


def asked_day(given: str) -> date:
    """A day of the data. Raises ValueError."""
    day = date.fromisoformat(given)
    if not EARLIEST <= day <= LATEST:
        raise ValueError(given)
    return day


def _moment(given: str) -> datetime:
    moment = datetime.fromisoformat(given)
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _amount(given: str) -> Decimal:
    amount = Decimal(given)
    if not amount.is_finite() or abs(amount) > LARGEST or abs(int(amount.as_tuple().exponent)) > 20:
        raise ValueError(given)
    return amount
