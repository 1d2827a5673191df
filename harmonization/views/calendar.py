"""The calendar: every source on every day, as a strip of states that lead to the day."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from harmonization.selectors.calendar import CalendarDay, CalendarRow, DayState, calendar
from harmonization.selectors.facts import Period, period_of_data
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

WEEKS, MOST_DAYS = 4, 92
PRESETS = (4, 8, 13)
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 1, 1)
SHOWN = {
    DayState.HELD: ("H", "Held: a new file shrinks it, and somebody has to decide"),
    DayState.ANOMALOUS: ("A", "Anomalous: something about it is odd"),
    DayState.MISSING: ("–", "Missing: no data, where there usually is some"),
    DayState.RESTATED: ("R", "Restated: a later file replaced it; older versions are kept"),
    DayState.PROVISIONAL: ("P", "Provisional: the source still changes it"),
    DayState.FINAL: ("F", "Final: read after the source stopped changing it"),
    DayState.PRESENT: ("•", "Data; when it becomes final is not known for this source"),
    DayState.NONE: ("", "No data, and none expected"),
}


@requires(Action.READ_DATA)
@require_GET
def calendar_page(request: TenantRequest) -> HttpResponse:
    data = period_of_data()
    if data is None:
        return render(request, "harmonization/watch/calendar.html", {"breadcrumbs": _breadcrumbs()})
    period = _chosen(start=request.GET.get("start", ""), end=request.GET.get("end", ""), data=data)
    rows = calendar(start=period.start, end=period.end)
    context = {
        "period": period,
        "presets": _presets(period=period, data=data),
        "earlier": _shifted(period, by=-period.days),
        "later": _shifted(period, by=period.days) if period.end < data.end else "",
        "months": _months(period),
        "days": [period.start + timedelta(days=number) for number in range(period.days)],
        "rows": [_row(row) for row in rows],
        "legend": [{"state": state, "letter": letter, "text": text} for state, (letter, text) in SHOWN.items()],
        "counts": _counts(rows),
        "breadcrumbs": _breadcrumbs(),
    }
    return render(request, "harmonization/watch/calendar.html", context)


def _chosen(*, start: str, end: str, data: Period) -> Period:
    """The period in the address; else the newest four weeks of data, whole weeks. At most a quarter."""
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        sunday = data.end + timedelta(days=6 - data.end.weekday())
        return Period(start=sunday - timedelta(days=7 * WEEKS - 1), end=sunday)
    first, last = (min(max(day, EARLIEST), LATEST) for day in sorted((first, last)))
    return Period(start=max(first, last - timedelta(days=MOST_DAYS - 1)), end=last)


def _presets(*, period: Period, data: Period) -> list[dict[str, Any]]:
    """The newest weeks of data."""
    sunday = data.end + timedelta(days=6 - data.end.weekday())
    found = []
    for weeks in PRESETS:
        start = sunday - timedelta(days=7 * weeks - 1)
        url = f"{reverse('harmonization:calendar')}?start={start}&end={sunday}"
        is_current = (period.start, period.end) == (start, sunday)
        found.append({"label": f"{weeks} weeks", "url": url, "is_current": is_current})
    return found


def _shifted(period: Period, *, by: int) -> str:
    start, end = period.start + timedelta(days=by), period.end + timedelta(days=by)
    return f"{reverse('harmonization:calendar')}?start={start}&end={end}"


def _months(period: Period) -> list[dict[str, Any]]:
    days = [period.start + timedelta(days=number) for number in range(period.days)]
    grouped = groupby(days, key=lambda day: f"{day:%B} {day.year}")
    return [{"label": label, "span": len(list(own))} for label, own in grouped]


def _row(row: CalendarRow) -> dict[str, Any]:
    return {
        "name": row.retailer_name,
        "url": f"{reverse('harmonization:import_list')}?retailer={row.retailer_id}",
        "cells": [_cell(day, row=row) for day in row.days],
    }


def _cell(day: CalendarDay, *, row: CalendarRow) -> dict[str, str]:
    letter, text = SHOWN[day.state]
    url = reverse("harmonization:day_detail", args=[row.retailer_id, day.day]) if day.state != DayState.NONE else ""
    label = f"{row.retailer_name}, {day.day.day} {day.day:%B}: {text.split(':')[0]}"
    return {"state": day.state.value, "letter": letter, "url": url, "label": label}


def _counts(rows: tuple[CalendarRow, ...]) -> dict[str, int]:
    states = [day.state for row in rows for day in row.days]
    return {state.value: states.count(state) for state in (DayState.HELD, DayState.ANOMALOUS, DayState.MISSING)}


def _breadcrumbs() -> list[dict[str, str]]:
    return [{"label": "Data", "url": reverse("harmonization:import_list")}, {"label": "Calendar"}]
