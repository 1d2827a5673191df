"""What the pages about imports show: freshness and coverage tables, the facts of one import."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from harmonization.models import DataSource, ImportRun
from harmonization.monitoring.lateness import Rhythm
from harmonization.selectors.coverage import RetailerCoverage
from harmonization.selectors.facts import Freshness, Period
from harmonization.selectors.performance import attribution_label
from harmonization.views.tables import NO_BREAK, days_in_words

COVERAGE_WEEKS = 8
FRESH_DAYS = 3
GAPS_SHOWN = 3


def freshness_table(*, rows: tuple[Freshness, ...], rhythms: Mapping[str, Rhythm], today: date) -> dict[str, Any]:
    """How new each retailer's data is, as a data table; each retailer leads to its imports."""
    return {
        "columns": [
            {"label": "Retailer"},
            {"label": "Data from"},
            {"label": "Data to"},
            {"label": "Age", "definition": "Days between the last day with data and today."},
            {"label": "Last import"},
            {
                "label": "Next due",
                "definition": "From how often new days came; told from four imports on.",
            },
        ],
        "rows": [_freshness_row(row=row, rhythm=rhythms.get(row.retailer_id), today=today) for row in rows],
    }


def coverage_period(*, start: date | None, end: date | None, data: Period) -> Period:
    """The days of the coverage calendar: as filtered, else the last eight weeks of data."""
    last = end or data.end
    weeks_before = last - timedelta(days=last.weekday() + 7 * (COVERAGE_WEEKS - 1))
    return Period(start=max(start or weeks_before, last - timedelta(days=366)), end=last)


def coverage_table(*, rows: tuple[RetailerCoverage, ...]) -> dict[str, Any]:
    """Days with data by retailer and week, as a data table; the newest eight weeks of the period."""
    weeks = rows[0].weeks[-COVERAGE_WEEKS:] if rows else ()
    return {
        "columns": [
            {"label": "Retailer"},
            *({"label": f"{week.monday.day} {week.monday:%b}", "numeric": True} for week in weeks),
            {"label": "Days without data"},
        ],
        "rows": [
            {
                "label": row.retailer_name,
                "cells": [
                    *(_week_cell(covered=week.covered, expected=week.expected) for week in row.weeks[-COVERAGE_WEEKS:]),
                    {"value": _gaps_in_words(row)},
                ],
            }
            for row in rows
        ],
    }


def import_facts(*, run: ImportRun, source: DataSource | None = None) -> list[dict[str, str]]:
    """Terms and values about one import; where a source brought it, that source."""
    by_source = f"the source “{source.name}”" if source else "the system"
    uploader = run.uploaded_by.email if run.uploaded_by else by_source
    uploaded = f"{localtime(run.created_at):%-d %b %Y, %H:%M} by {uploader}"
    mapping_url = reverse("harmonization:mapping_version", args=[run.mapping_name, run.mapping_number])
    fingerprint = f" ({run.mapping_version})" if run.mapping_version else ""
    version = f", version {run.mapping_number}{fingerprint}"
    entries = [
        {"term": "Mapping", "value": f"{run.mapping_name}{version}", "url": mapping_url},
        {"term": "Uploaded", "value": uploaded, **_source_link(source)},
        {"term": "File", "value": f"{run.file_size:,} bytes, SHA-256 {run.file_sha256[:12]}…"},
    ]
    if run.state != ImportRun.State.DONE:
        return entries
    return [
        {"term": "Retailers", "value": ", ".join(run.retailer_names)},
        {"term": "Days", "value": days_in_words(start=run.period_start, end=run.period_end)},
        {"term": "Outcomes counted", "value": "; ".join(headline_in_words(run.headline))},
        {
            "term": "Daily facts",
            "value": f"{run.facts_written:,} written, {run.facts_restated:,} earlier ones restated",
        },
        *entries,
    ]


def _source_link(source: DataSource | None) -> dict[str, str]:
    return {"url": reverse("harmonization:source_detail", args=[source.pk])} if source else {}


def headline_in_words(lines: list[dict[str, Any]]) -> list[str]:
    """The window, touch and scope of each retailer's outcome columns; the retailer is named when they differ."""
    found = {line["retailer_name"]: f"{_label(line)}, {line['currency']}" for line in lines}
    if len(set(found.values())) == 1:
        return [next(iter(found.values()))]
    return [f"{retailer}: {label}" for retailer, label in found.items()]


def _label(line: dict[str, Any]) -> str:
    return attribution_label(window_days=line["window_days"], touch=line["touch"], scope=line["scope"])


def _freshness_row(*, row: Freshness, rhythm: Rhythm | None, today: date) -> dict[str, Any]:
    behind = (today - row.last_event_date).days
    age = "up to date" if behind <= 1 else f"{behind} days behind"
    imported = f"{localtime(row.last_import_at):%-d %b %Y, %H:%M}" if row.last_import_at else "–"
    imported = imported.replace(" ", NO_BREAK)
    return {
        "label": row.retailer_name,
        "url": f"{reverse('harmonization:import_list')}?retailer={row.retailer_id}",
        "cells": [
            {"value": days_in_words(start=row.first_event_date, end=row.first_event_date)},
            {"value": days_in_words(start=row.last_event_date, end=row.last_event_date)},
            {"value": age, "badge": True, "tone": "good" if behind <= FRESH_DAYS else "warn"},
            {"value": imported},
            _due_cell(rhythm),
        ],
    }


def _due_cell(rhythm: Rhythm | None) -> dict[str, Any]:
    if rhythm is None or rhythm.due_on is None:
        return {"value": "rhythm not known yet"}
    due = days_in_words(start=rhythm.due_on, end=rhythm.due_on)
    if rhythm.late_days:
        return {"value": f"{rhythm.late_days} days late, was due {due}", "badge": True, "tone": "bad"}
    often = "daily" if rhythm.interval_days == 1 else f"every {rhythm.interval_days} days"
    return {"value": f"{due} ({often})"}


def _week_cell(*, covered: int, expected: int) -> dict[str, Any]:
    tone = "good" if covered == expected else "warn" if covered else "bad"
    return {"value": f"{covered}/{expected}", "tone": tone, "numeric": True}


def _gaps_in_words(row: RetailerCoverage) -> str:
    if not row.gaps:
        return "none"
    shown = [days_in_words(start=gap.start, end=gap.end) for gap in row.gaps[-GAPS_SHOWN:]]
    hidden = len(row.gaps) - len(shown)
    return "; ".join(shown) + (f"; and {hidden} earlier" if hidden else "")
