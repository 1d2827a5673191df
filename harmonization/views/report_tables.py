"""Tables of one import's reconciliation: by metric, and by day."""

from decimal import Decimal
from typing import Any

from django.urls import reverse

from harmonization.models import ImportRun
from harmonization.selectors.reconciliation import ReconciledDay, ReconciledMetric
from tenants import figures

MONEY = frozenset({"cost", "revenue", "ntb_revenue"})
COLUMNS = [
    {"label": "Source total", "numeric": True, "definition": "What the file itself adds up to, before mapping."},
    {"label": "Harmonized", "numeric": True},
    {"label": "Difference", "numeric": True},
    {"label": "Reason"},
]


def metric_name(metric: str) -> str:
    """``ntb_revenue`` as ``Ntb revenue``."""
    return metric.replace("_", " ").capitalize()


def reconciliation_table(*, run: ImportRun, metrics: tuple[ReconciledMetric, ...]) -> dict[str, Any]:
    """One row a metric, each leading to its days."""
    return {
        "caption": "Reconciliation: the source's totals against the harmonized ones",
        "columns": [{"label": "Metric"}, *COLUMNS],
        "rows": [
            {
                "label": metric_name(metric.metric),
                "url": reverse("harmonization:import_reconciliation", args=[run.pk, metric.metric]),
                "cells": _cells(run=run, metric=metric.metric, line=metric, reason="; ".join(metric.reasons)),
            }
            for metric in metrics
        ],
    }


def days_table(*, run: ImportRun, metric: ReconciledMetric) -> dict[str, Any]:
    """One row a day, with the totals below."""
    return {
        "caption": f"{metric_name(metric.metric)} by day: source against harmonized",
        "columns": [{"label": "Day"}, *COLUMNS],
        "rows": [
            {
                "label": day.day or "undated",
                "cells": _cells(run=run, metric=metric.metric, line=day, reason=day.reason),
            }
            for day in metric.days
        ],
        "totals": {"label": "Total", "cells": _cells(run=run, metric=metric.metric, line=metric, reason="")},
    }


def _cells(*, run: ImportRun, metric: str, line: ReconciledDay | ReconciledMetric, reason: str) -> list[dict[str, Any]]:
    currencies = {entry["currency"] for entry in run.headline}
    currency = currencies.pop() if metric in MONEY and len(currencies) == 1 else ""
    tone = "good" if line.difference == 0 else "warn"
    return [
        {"value": _figure(line.source, currency), "numeric": True},
        {"value": _figure(line.harmonized, currency), "numeric": True},
        {"value": _figure(line.difference, currency), "numeric": True, "tone": tone},
        {"value": reason or ("exact" if line.difference == 0 else "")},
    ]


def _figure(value: Decimal, currency: str) -> str:
    """The value with all digits that matter, at least cents for money; differences are never rounded away."""
    digits = f"{value.normalize():f}".partition(".")[2]
    places = max(2 if currency else 0, len(digits))
    return figures.money(value, currency, places=places) if currency else f"{value:,.{places}f}"
