"""What a change of the rules changed in the split: only the differences."""

from typing import Any

from campaigns.models import Plan
from campaigns.planning.chances import stored_chance
from tenants.figures import compact_money, money


def changes_context(*, plan: Plan) -> dict[str, Any] | None:
    """The sentence and the tables of ``_changes.html``; None while there is nothing to compare with."""
    told = plan.shown.get("changes")
    if not told or not plan.has_result:
        return None
    return {
        "sentence": _sentence(told=told, currency=plan.currency),
        "retailers": difference_table(caption="Retailers that change", rows=told["retailers"], currency=plan.currency),
        "cells": difference_table(caption="Cells that change", rows=told["cells"], currency=plan.currency),
        "unchanged": told["unchanged"],
    }


def difference_table(*, caption: str, rows: list[dict[str, Any]], currency: str) -> dict[str, Any]:
    """Spend before and after, and the margin that the move is expected to bring with its 90% interval."""
    return {
        "caption": f"{caption}, {currency}; ranges are 90% intervals",
        "columns": [
            {"label": "Where"},
            {"label": "Before", "numeric": True},
            {"label": "After", "numeric": True},
            {"label": "Change", "numeric": True},
            {"label": "Incremental margin changes by", "numeric": True},
        ],
        "rows": [_row(row, currency) for row in rows],
    }


def _row(row: dict[str, Any], currency: str) -> dict[str, Any]:
    before, after = row["before"], row["after"]
    return {
        "label": row["label"],
        "cells": [
            {"value": money(before, currency), "numeric": True},
            {"value": money(after, currency), "numeric": True},
            {"value": signed(after - before, money(after - before, currency)), "numeric": True},
            gain_cell(gain=row["gain"], currency=currency),
        ],
    }


def gain_cell(*, gain: dict[str, float], currency: str) -> dict[str, Any]:
    """A difference of margin with its interval, as a table's cell."""
    mean, low, high = (compact_money(gain[name], currency) for name in ("mean", "low", "high"))
    return {"value": signed(gain["mean"], mean), "low": low, "high": high, "numeric": True}


def signed(amount: float, text: str) -> str:
    """``+$3,000``: a rise says so, as a fall does by its minus."""
    return f"+{text}" if amount > 0 else text


def _sentence(*, told: dict[str, Any], currency: str) -> str:
    margin, spend = told["margin"], told["spend"]
    if not told["cells"]:
        return "Nothing moves: the split of the version before is still the best under these rules."
    mean, low, high = (compact_money(margin["gain"][name], currency) for name in ("mean", "low", "high"))
    moved = spend["after"] - spend["before"]
    spent = f"It spends {money(abs(moved), currency)} {'more' if moved > 0 else 'less'}. " if abs(moved) >= 1 else ""
    word = "rises" if margin["gain"]["mean"] >= 0 else "falls"
    likely = _likely(margin, rises=word == "rises")
    return (
        f"{spent}Expected incremental margin {word} by {mean.lstrip('-−')} (90%: {low} to {high}); "
        f"the chance that it {word} is {likely}."
    )


def _likely(margin: dict[str, Any], *, rises: bool) -> str:
    """The chance of a rise, or of a fall, with its range where one was stored."""
    ends = margin.get("better_interval")
    if rises:
        return stored_chance(figures=margin, name="better")
    fall = {"fall": 1 - margin["better"], "fall_interval": [1 - ends[1], 1 - ends[0]] if ends else None}
    return stored_chance(figures=fall, name="fall")
