"""How sure a plan is that was made for the worst outcomes, as a table beside the plan that is best on average."""

from typing import Any

from campaigns.models import Plan
from campaigns.views.chance_cells import chance_cell
from tenants.figures import compact_money, percent


def risk_context(*, plan: Plan) -> dict[str, Any] | None:
    """Sentence, reason and table of ``_risk.html``; None for a plan that looks at the mean."""
    told = plan.shown.get("risk")
    if not told:
        return None
    splits = (told["chosen"], told["best_on_average"])
    share = percent(told["worst_share"], places=0)
    rows = [
        _row(f"Expected {told['objective']}", [_amount(plan, one, "mean", "interval") for one in splits]),
        _row(f"Mean of the worst {share}", [_amount(plan, one, "worst", "worst_interval") for one in splits]),
    ]
    if told["chosen"]["floor_chance"] is not None:
        rows.append(
            _row(
                "Probability of reaching the ROAS floor",
                [chance_cell(figures=one, name="floor_chance") for one in splits],
            )
        )
    better = [chance_cell(figures=one, name="beats_current") for one in splits]
    rows.append(_row("Probability of bringing more than last period's spend", better))
    return {
        "sentence": told["sentence"],
        "why": told["why"],
        "table": {
            "caption": f"This plan and the one that is best on average, {plan.currency}; ranges are 90% intervals",
            "columns": [
                {"label": "Measure"},
                {"label": "This plan", "numeric": True},
                {"label": "Best on average", "numeric": True},
            ],
            "rows": rows,
        },
    }


def _amount(plan: Plan, figures: dict[str, Any], name: str, interval: str) -> dict[str, str]:
    is_units = plan.solved.get("objective_name") == "units"
    ends = (figures[name], *figures[interval])
    value, low, high = (f"{end:,.0f}" if is_units else compact_money(end, plan.currency) for end in ends)
    return {"value": value, "low": low, "high": high}


def _row(label: str, cells: list[dict[str, str]]) -> dict[str, Any]:
    return {"label": label, "cells": [cell | {"numeric": True} for cell in cells]}
