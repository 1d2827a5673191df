"""One source's day: its state, versions and what changed between them; and why a figure differs from the console's."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from harmonization.forms.differences import ConsoleForm
from harmonization.monitoring.differences import explain_gap
from harmonization.selectors.attention import anomalies_of_day, held_days, retailer_names
from harmonization.selectors.calendar import calendar
from harmonization.selectors.day_difference import METRICS, DayDifference, day_difference
from harmonization.selectors.day_history import day_versions, figures_as_of
from harmonization.selectors.source_rows import campaign_days
from harmonization.views import day_tables, source_row_tables
from harmonization.views.calendar import EARLIEST, LATEST, SHOWN
from harmonization.views.report_tables import metric_name
from harmonization.views.tables import days_in_words
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest


@requires(Action.READ_DATA)
@require_GET
def day_detail(request: TenantRequest, retailer_id: str, day: str) -> HttpResponse:
    on, name = day_or_404(day), name_or_404(retailer_id)
    versions = day_versions(retailer_id=retailer_id, day=on)
    moment = _moment(request.GET.get("as_of", ""))
    trail = day_breadcrumbs(retailer_id=retailer_id, name=name, on=on)
    [row] = calendar(start=on, end=on, retailer_id=retailer_id)
    context = {
        **_frame(retailer_id=retailer_id, name=name, on=on),
        "state": row.days[0].state.value,
        "state_text": SHOWN[row.days[0].state][1],
        "versions": day_tables.versions_table(versions=versions),
        "campaigns": source_row_tables.campaigns_table(
            retailer_id=retailer_id, day=on, campaigns=campaign_days(retailer_id=retailer_id, day=on)
        ),
        "metrics": day_tables.metrics_table(retailer_id=retailer_id, day=on, versions=versions),
        "as_of": request.GET.get("as_of", ""),
        "then": day_tables.figures_table(figures_as_of(retailer_id=retailer_id, day=on, moment=moment))
        if moment
        else None,
        "as_of_wrong": bool(request.GET.get("as_of")) and moment is None,
        "anomalies": anomalies_of_day(retailer_id=retailer_id, day=on),
        "held": held_days().filter(retailer_id=retailer_id, event_date=on, state="waiting"),
        "breadcrumbs": [*trail[:-1], {"label": trail[-1]["label"]}],
    }
    return render(request, "harmonization/watch/day.html", context)


@requires(Action.READ_DATA)
@require_GET
def day_metric(request: TenantRequest, retailer_id: str, day: str, metric: str) -> HttpResponse:
    on, name = day_or_404(day), name_or_404(retailer_id)
    found = day_difference(retailer_id=retailer_id, day=on, metric=metric) if metric in METRICS else None
    if found is None:
        raise Http404("This source has no such figure on that day.")
    form = ConsoleForm(request.GET if "console" in request.GET else None)
    console: Decimal | None = form.cleaned_data["console"] if form.is_bound and form.is_valid() else None
    context = {
        **_frame(retailer_id=retailer_id, name=name, on=on),
        "metric": metric,
        "metric_name": metric_name(metric),
        "tabs": _tabs(retailer_id=retailer_id, on=on, metric=metric),
        "totals": day_tables.difference_cards(found),
        "reasons": day_tables.reasons_table(found),
        "form": form,
        "answer": _answer(found, console=console) if console is not None else None,
        "breadcrumbs": [
            *day_breadcrumbs(retailer_id=retailer_id, name=name, on=on),
            {"label": f"{metric_name(metric)} beside the console"},
        ],
    }
    return render(request, "harmonization/watch/difference.html", context, status=422 if form.errors else 200)


def _answer(found: DayDifference, *, console: Decimal) -> dict[str, Any]:
    explanation = explain_gap(console=console, evidence=found.evidence)
    return {
        "explanation": explanation,
        "sentence": day_tables.answer_in_words(explanation, currency=found.currency),
        "tone": "good" if explanation.best and not explanation.unexplained else "warn",
        "tried": day_tables.candidates_table(explanation, currency=found.currency),
    }


def _frame(*, retailer_id: str, name: str, on: date) -> dict[str, Any]:
    """What both pages about a day share."""
    return {
        "retailer_id": retailer_id,
        "name": name,
        "day": on,
        "day_url": reverse("harmonization:day_detail", args=[retailer_id, on]),
        "earlier_url": _url_of(retailer_id, on, step=-1),
        "later_url": _url_of(retailer_id, on, step=1),
        "calendar_url": reverse("harmonization:calendar"),
    }


def _url_of(retailer_id: str, on: date, *, step: int) -> str:
    return reverse("harmonization:day_detail", args=[retailer_id, on + timedelta(days=step)])


def _tabs(*, retailer_id: str, on: date, metric: str) -> list[dict[str, Any]]:
    return [
        {
            "label": metric_name(one),
            "url": reverse("harmonization:day_metric", args=[retailer_id, on, one]),
            "is_current": one == metric,
        }
        for one in METRICS
    ]


def _moment(given: str) -> datetime | None:
    """The end of the day given, in the workspace's time zone; None for what is no date."""
    try:
        day = date.fromisoformat(given)
        return timezone.make_aware(datetime.combine(day, time.max))
    except (ValueError, OverflowError):
        return None


def day_or_404(given: str) -> date:
    """The day an address names."""
    try:
        day = date.fromisoformat(given)
    except ValueError as error:
        raise Http404("There is no such day.") from error
    if not EARLIEST <= day <= LATEST:
        raise Http404("No source has data of that day.")
    return day


def name_or_404(retailer_id: str) -> str:
    """What a source is called."""
    name = retailer_names().get(retailer_id)
    if name is None:
        raise Http404("There is no such source in this workspace.")
    return name


def day_breadcrumbs(*, retailer_id: str, name: str, on: date) -> list[dict[str, str]]:
    """The way to a day's page, which comes last."""
    return [
        {"label": "Data", "url": reverse("harmonization:import_list")},
        {"label": "Calendar", "url": reverse("harmonization:calendar")},
        {
            "label": f"{name}, {days_in_words(start=on, end=on)}",
            "url": reverse("harmonization:day_detail", args=[retailer_id, on]),
        },
    ]
