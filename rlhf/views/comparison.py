"""Versions of an adapter side by side: a panel that the adapter's page loads, and a page of its own."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from agents.models import EvaluationRow
from agents.selectors.adapters import find_adapter
from rlhf.selectors.comparison import Comparison, Judged, adapter_comparison
from tenants.figures import NOTHING
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest


@requires(Action.READ_PLANS)
@require_GET
def comparison(request: TenantRequest, adapter_id: UUID) -> HttpResponse:
    row = find_adapter(adapter_id=adapter_id)
    if row is None:
        raise Http404("There is no such adapter.")
    compared = adapter_comparison(adapter=row)
    adapter_url = reverse("agents:adapter_detail", args=[row.pk])
    context = {
        "adapter": row,
        "compared": compared,
        "table": _table(compared),
        "breadcrumbs": [{"label": str(row), "url": adapter_url}, {"label": "Side by side"}],
    }
    template = "rlhf/comparison/_panel.html" if request.htmx else "rlhf/comparison/page.html"
    return render(request, template, context)


def _table(compared: Comparison) -> dict[str, Any]:
    """A column a version: what it answered, how it was judged, and each suite it was measured on."""
    columns: list[dict[str, Any]] = [{"label": "Measure"}]
    columns += [{"label": f"Version {one.adapter.version}", "numeric": True} for one in compared.versions]
    states = [_cells("State", [one.adapter.get_state_display() for one in compared.versions])]
    return {"columns": columns, "rows": states + _counts(compared.versions) + _suites(compared.versions)}


def _counts(versions: tuple[Judged, ...]) -> list[dict[str, Any]]:
    seconds = [NOTHING if one.mean_seconds is None else f"{one.mean_seconds:.2f} s" for one in versions]
    return [
        _cells("Answers it gave", [f"{one.answer_count:,}" for one in versions]),
        _cells("of them questions back", [f"{one.asked_count:,}" for one in versions]),
        _cells("Worn, but not used for the answer", [f"{one.unused_count:,}" for one in versions]),
        _cells("Helpful", [f"{one.up_count} of {one.thumb_count}" if one.thumb_count else NOTHING for one in versions]),
        _cells("Mean time of an answer", seconds),
    ]


def _suites(versions: tuple[Judged, ...]) -> list[dict[str, Any]]:
    by_suite = [{row.suite: row for row in one.evaluations} for one in versions]
    names = sorted({name for rows in by_suite for name in rows})
    return [{"label": f"Suite {name}", "cells": [_score(rows.get(name)) for rows in by_suite]} for name in names]


def _score(row: EvaluationRow | None) -> dict[str, Any]:
    if row is None:
        return {"value": NOTHING, "numeric": True}
    return {"value": f"{row.score:.3f}", "low": f"{row.low:.3f}", "high": f"{row.high:.3f}", "numeric": True}


def _cells(label: str, values: list[str]) -> dict[str, Any]:
    return {"label": label, "cells": [{"value": value, "numeric": True} for value in values]}
