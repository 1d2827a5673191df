"""Charts of an experiment: how well each design sees, and what happened against what would have."""

from collections.abc import Sequence
from typing import Any

from campaigns.models import Experiment
from tenants.figures import money, percent

MOST_ROWS = 400


def name_of(candidate: dict[str, Any], *, place: int) -> str:
    """How a design is called beside others."""
    if candidate["design"] == "geo":
        return f"Design {place + 1}: {len(candidate['treated'])} geos treated"
    if candidate["design"] == "switchback":
        return f"Blocks of {candidate['block']} days over {candidate['periods']} days"
    if candidate["design"] == "pacing":
        return f"Days swing by {percent(candidate['swing'], places=0)}"
    return f"{percent(candidate['holdout_share'], places=0)} held out"


def power_chart(*, candidates: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Share of past dates on which a lift was found, by lift; None for designs that were not rehearsed."""
    rehearsed = [(place, one) for place, one in enumerate(candidates) if "pseudo_tests" in one]
    if not rehearsed:
        return None
    curves = [
        {
            "name": f"Design {place + 1}",
            "x": [point["lift"] for point in one["pseudo_tests"]["curve"]],
            "mean": [point["found"] for point in one["pseudo_tests"]["curve"]],
        }
        for place, one in rehearsed
    ]
    return {
        "id": "power-curve",
        "kind": "response_curves",
        "label": "How often a lift put into past dates was found, by lift and design",
        "data": {"format": "percent", "x_title": "Lift put in", "y_title": "Found", "curves": curves},
        "table": {
            "caption": "Share of past dates on which the lift was found",
            "columns": [
                {"label": "Design"},
                {"label": "Lift put in", "numeric": True},
                {"label": "Found", "numeric": True},
                {"label": "Mean estimate", "numeric": True},
            ],
            "rows": [
                {
                    "label": name_of(one, place=place),
                    "cells": [
                        {"value": percent(point["lift"]), "numeric": True},
                        {"value": percent(point["found"], places=0), "numeric": True},
                        {"value": percent(point["mean_estimate"]), "numeric": True},
                    ],
                }
                for place, one in rehearsed
                for point in one["pseudo_tests"]["curve"]
            ],
        },
    }


def readout_chart(*, experiment: Experiment) -> dict[str, Any] | None:
    """Observed and counterfactual by day; None where there is only one period (a holdout)."""
    series = (experiment.readout or {})["series"]
    if len(series["time"]) < 2:
        return None
    is_money = experiment.outcome_unit == Experiment.OutcomeUnit.REVENUE and experiment.currency
    who = "mean treated geo" if experiment.design == Experiment.Design.GEO else "all geos"
    unit = experiment.currency if is_money else experiment.get_outcome_unit_display().lower()
    return {
        "id": "readout",
        "kind": "lines",
        "insight": f"Outcome by day in {unit}, {who}.",
        "label": f"Outcome of the {who} by day, observed and as it would have been, with the start marked",
        "data": {
            "format": "money" if is_money else "number",
            "currency": experiment.currency,
            "dates": series["time"],
            "scale": True,
            "series": [
                {"name": "Observed", "role": "proposed", "values": series["observed"]},
                {"name": "Would have been", "role": "target", "values": series["counterfactual"]},
            ],
            "markers": [{"date": series["start"], "label": "Start"}],
        },
        "table": {
            "caption": f"Outcome by day, {unit}, {who}",
            "columns": [
                {"label": "Day"},
                *({"label": label, "numeric": True} for label in ("Observed", "Would have been", "Difference")),
            ],
            "rows": _days(experiment, series),
        },
    }


def amount(experiment: Experiment, value: float | None, *, places: int = 0) -> str:
    """A figure of the outcome in its unit."""
    if experiment.outcome_unit == Experiment.OutcomeUnit.REVENUE and experiment.currency:
        return money(value, experiment.currency, places=places)
    return "–" if value is None else f"{value:,.{places}f}"


def _days(experiment: Experiment, series: dict[str, Any]) -> list[dict[str, Any]]:
    """The test's days first, then the latest before it, so that a long history stays readable."""
    rows = list(zip(series["time"], series["observed"], series["counterfactual"], strict=True))[-MOST_ROWS:]
    return [
        {
            "label": day,
            "cells": [
                {"value": amount(experiment, value, places=2), "numeric": True}
                for value in (seen, without, seen - without)
            ],
        }
        for day, seen, without in rows
    ]
