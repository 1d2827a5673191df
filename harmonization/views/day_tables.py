"""Tables and sentences about one source's day."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone

from harmonization.monitoring.differences import Candidate, Explanation
from harmonization.selectors.day_difference import METRICS, MONEY, DayDifference
from harmonization.selectors.day_history import DayFigures, Version
from harmonization.views.report_tables import metric_name
from tenants import figures as numbers

SHOWN = ("facts", "impressions", "clicks", "cost", "revenue")
FINAL = {True: "final", False: "provisional", None: "not known"}
CANDIDATES_SHOWN = 8


def figure(value: Decimal | int, *, metric: str, currency: str) -> str:
    """Money with cents and its currency; other figures with the digits they have."""
    if metric in MONEY:
        return numbers.money(value, currency, places=2)
    digits = f"{Decimal(value).normalize():f}".partition(".")[2]
    return f"{value:,.{min(len(digits), 2)}f}"


def versions_table(*, versions: Sequence[Version]) -> dict[str, Any]:
    """Each version with its figures and what it changed, newest first."""
    labels = ("Version", "Written", "By", "File", "Final", "Rows", "Impressions", "Clicks", "Cost", "Revenue")
    numeric = {"Rows", "Impressions", "Clicks", "Cost", "Revenue"}
    return {
        "columns": [{"label": label, "numeric": label in numeric} for label in labels],
        "rows": [
            _version_row(version, figures=figures) for version in reversed(versions) for figures in version.figures
        ],
    }


def metrics_table(*, retailer_id: str, day: date, versions: Sequence[Version]) -> dict[str, Any]:
    """The day's figures now, each leading to why it may differ from the console's."""
    now = versions[-1].figures if versions else ()
    return {
        "columns": [{"label": "Metric"}, {"label": "Here", "numeric": True}, {"label": "Beside the console"}],
        "rows": [
            {
                "label": metric_name(metric),
                "cells": [
                    {"value": _joined(now, metric=metric), "numeric": True},
                    {
                        "value": "Why does it differ from the console?",
                        "url": reverse("harmonization:day_metric", args=[retailer_id, day, metric]),
                    },
                ],
            }
            for metric in METRICS
            if now
        ],
    }


def figures_table(found: Sequence[DayFigures]) -> dict[str, Any]:
    """The figures of a day at some moment, by currency."""
    return {
        "columns": [{"label": "Currency"}, *({"label": metric_name(name), "numeric": True} for name in SHOWN)],
        "rows": [{"label": one.currency, "cells": [_cell(one, name) for name in SHOWN]} for one in found],
    }


def difference_cards(found: DayDifference) -> list[dict[str, str]]:
    """The file's total, ours and the difference as terms and values."""

    def shown(value: Decimal | None) -> str:
        if value is None:
            return "not told apart: the day comes from several files or from part of one"
        return figure(value, metric=found.metric, currency=found.currency)

    return [
        {"term": "The file states", "value": shown(found.source)},
        {"term": "Shown here", "value": shown(found.harmonized)},
        {"term": "Difference", "value": shown(found.difference)},
    ]


def reasons_table(found: DayDifference) -> dict[str, Any]:
    """Everything known that can make the figures differ."""
    return {
        "columns": [
            {"label": "What can differ"},
            {"label": "What is known"},
            {"label": "Moves it by", "numeric": True},
        ],
        "rows": [
            {
                "label": line.title,
                "cells": [
                    {"value": line.text},
                    {
                        "value": figure(line.amount, metric=found.metric, currency=found.currency)
                        if line.amount is not None
                        else "–",
                        "numeric": True,
                        "tone": "warn" if line.amount else "",
                    },
                ],
            }
            for line in found.lines
        ],
    }


def candidates_table(explanation: Explanation, *, currency: str) -> dict[str, Any]:
    """Reasons that were tried on the console's figure, best first."""
    columns = [{"label": "Reason"}, {"label": "Would show", "numeric": True}, {"label": "Leaves", "numeric": True}]
    return {
        "columns": columns,
        "rows": [_candidate_row(one, currency=currency) for one in explanation.candidates[:CANDIDATES_SHOWN]],
    }


def answer_in_words(explanation: Explanation, *, currency: str) -> str:
    """What explains the gap, or that nothing does."""
    left = _money_or_count(explanation.unexplained, currency=currency)
    if explanation.best is None:
        return f"Unexplained: {left}. No known reason gives the console's figure."
    if explanation.unexplained:
        return f"{explanation.best.sentence} That explains most of the gap. Unexplained: {left}."
    return explanation.best.sentence


def _money_or_count(value: Decimal, *, currency: str) -> str:
    return figure(value, metric="cost" if currency else "clicks", currency=currency)


def _candidate_row(one: Candidate, *, currency: str) -> dict[str, Any]:
    return {
        "label": one.sentence,
        "cells": [
            {"value": _money_or_count(one.predicted, currency=currency), "numeric": True},
            {"value": _money_or_count(one.left, currency=currency), "numeric": True},
        ],
    }


def _version_row(version: Version, *, figures: DayFigures) -> dict[str, Any]:
    changes = version.changes.get(figures.currency, {})
    return {
        "label": f"{version.number}",
        "cells": [
            {"value": f"{timezone.localtime(version.recorded_at):%-d %b %Y, %H:%M}"},
            {"value": version.recorded_by or "the system"},
            {
                "value": version.file_name,
                "url": reverse("harmonization:import_detail", args=[version.import_id]),
            },
            {"value": FINAL[version.is_final]},
            *(_cell(figures, name, change=changes.get(name)) for name in SHOWN),
        ],
    }


def _cell(figures: DayFigures, name: str, *, change: Decimal | None = None) -> dict[str, Any]:
    value = figure(getattr(figures, name), metric=name, currency=figures.currency)
    if not change:
        return {"value": value, "numeric": True}
    sign = "+" if change > 0 else ""
    return {"value": f"{value} ({sign}{figure(change, metric=name, currency=figures.currency)})", "numeric": True}


def _joined(now: Sequence[DayFigures], *, metric: str) -> str:
    if metric not in MONEY:
        return figure(sum((getattr(one, metric) for one in now), Decimal(0)), metric=metric, currency="")
    return " + ".join(figure(getattr(one, metric), metric=metric, currency=one.currency) for one in now)
