"""The page that puts retailers side by side in one attribution window."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from harmonization.comparison.windows import LEVEL, Basis, Compared
from harmonization.forms.windows import WindowsForm
from harmonization.selectors.facts import period_of_data
from harmonization.selectors.performance import attribution_label
from harmonization.selectors.window_comparison import WindowComparison, window_comparison
from tenants import figures
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

BADGES = {
    Basis.REPORTED: ("Reported", "good"),
    Basis.ESTIMATED: ("Estimate", "warn"),
    Basis.NONE: ("Not comparable", "neutral"),
}


@requires(Action.READ_DATA)
@require_GET
def windows(request: TenantRequest) -> HttpResponse:
    data = period_of_data()
    form = WindowsForm(request.GET, data_end=data.end if data else None)
    found = window_comparison(**form.cleaned_data) if form.is_valid() else None
    compared = found.comparison if found else None
    if found:
        form = WindowsForm(form.cleaned_data, data_end=None)
    context = {
        "form": form,
        "found": found,
        "caption": _caption(found) if found else "",
        "table": _table(found) if found and compared else None,
        "breadcrumbs": [{"label": "Data", "url": reverse("harmonization:import_list")}, {"label": "Windows"}],
    }
    return render(request, "harmonization/windows.html", context)


def _caption(found: WindowComparison) -> str:
    if found.comparison is None:
        return ""
    window = found.comparison.window
    label = attribution_label(window_days=window.days, touch=window.touch, scope=window.scope)
    return f"{label}: {'reported by every retailer' if found.comparison.is_common else 'no window is common to all'}"


def _table(found: WindowComparison) -> dict[str, Any]:
    rows = found.comparison.retailers if found.comparison else ()
    return {
        "columns": [
            {"label": "Retailer"},
            {"label": found.metric.replace("_", " ").capitalize(), "numeric": True},
            {"label": f"{LEVEL:.0%} interval", "numeric": True},
            {"label": "Basis"},
            {"label": "How it came about"},
        ],
        "rows": [_row(found, one) for one in rows],
    }


def _row(found: WindowComparison, one: Compared) -> dict[str, Any]:
    label, tone = BADGES[one.basis]
    is_estimate = one.basis is Basis.ESTIMATED
    interval = f"{_figure(found, one.low)} to {_figure(found, one.high)}" if is_estimate else "–"
    return {
        "label": found.names.get(one.retailer_id, one.retailer_id),
        "cells": [
            {"value": f"{'≈ ' if is_estimate else ''}{_figure(found, one.value)}", "numeric": True},
            {"value": interval, "numeric": True},
            {"value": label, "tone": tone, "badge": True},
            {"value": one.method},
        ],
    }


def _figure(found: WindowComparison, value: Any) -> str:
    if value is None:
        return "–"
    return figures.money(value, found.currency, places=2) if found.currency else f"{value:,.1f}"
