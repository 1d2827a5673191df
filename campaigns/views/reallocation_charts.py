"""A proposed reallocation as chart and tables."""

from typing import Any

from campaigns.views.share_bars import share_bars
from tenants.figures import percent

LABELS = {
    "ipw": "Inverse propensity (IPW)",
    "snipw": "Self-normalised (SNIPW)",
    "dm": "Model alone (DM)",
    "dr": "Doubly robust (DR)",
}
POLICIES = {"proposed": "Shares learnt on the first half", "uniform": "Equal shares"}


def share_chart(*, told: dict[str, Any]) -> dict[str, Any]:
    """Today's shares beside those proposed, with what each arm brings."""
    arms = told["arms"]
    labels = ("Today", "Proposed", "Reward per decision", "Best of all, chance")
    table = {
        "caption": f"Shares inside the guardrails; {percent(told['confidence'], places=0)} intervals",
        "columns": [{"label": "Arm"}, *({"label": label, "numeric": True} for label in labels)],
        "rows": [
            {
                "label": one["name"],
                "cells": [
                    {"value": percent(one["current"]), "numeric": True},
                    {"value": percent(one["shares"]), "numeric": True},
                    _band(one["mean"], (one["low"], one["high"])),
                    {"value": percent(one["best"], places=0), "numeric": True},
                ],
            }
            for one in arms
        ],
    }
    return share_bars(arms=arms, label="Share of decisions by arm, today and proposed", table=table)


def estimate_table(*, told: dict[str, Any]) -> dict[str, Any]:
    """What each policy would have earned, by each estimator, beside what the log earned."""
    rows = [
        _estimate(f"{POLICIES[policy]}: {LABELS[name]}", one)
        for policy, estimates in told["estimates"].items()
        for name, one in estimates.items()
    ]
    labels = ("Value per decision", "Logged", "Worth decisions")
    return {
        "caption": f"On the {told['judged_on']:,} decisions not learnt from; {percent(told['confidence'], places=0)} "
        "intervals from resampling",
        "columns": [
            {"label": "Policy and estimator"},
            *({"label": label, "numeric": True} for label in labels),
            {"label": "What may be said"},
        ],
        "rows": rows,
    }


def _estimate(label: str, one: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": label,
        "cells": [
            _band(one["value"], one["interval"]),
            {"value": f"{one['logged']:.4f}", "numeric": True},
            {"value": f"{one['effective_count']:,.0f}", "numeric": True},
            {"value": one["claim"]},
        ],
    }


def _band(value: float, ends: Any) -> dict[str, Any]:
    return {"value": f"{value:.4f}", "low": f"{ends[0]:.4f}", "high": f"{ends[1]:.4f}", "numeric": True}
