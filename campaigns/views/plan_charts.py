"""A plan's stored explanation as charts, each with its table."""

from collections.abc import Sequence
from typing import Any

from campaigns.models import Plan, PlanCell
from tenants.figures import money


def spend_chart(*, plan: Plan) -> dict[str, Any]:
    """Spend by retailer, last period beside proposed."""
    rows = plan.shown["retailers"]
    return {
        "id": "spend-change",
        "kind": "bars",
        "label": "Spend by retailer: last period and proposed",
        "data": {
            "format": "money",
            "currency": plan.currency,
            "horizontal": True,
            "categories": [row["name"] for row in rows],
            "series": [
                {"name": "Last period", "role": "current", "values": [round(row["current"], 2) for row in rows]},
                {"name": "Proposed", "role": "proposed", "values": [round(row["proposed"], 2) for row in rows]},
            ],
        },
        "table": {
            "caption": f"Spend by retailer, {plan.currency}, {plan.horizon_days} days",
            "columns": [{"label": "Retailer"}, *_numeric("Last period", "Proposed", "Change")],
            "rows": [
                {
                    "label": row["name"],
                    "cells": _money_cells(plan, row["current"], row["proposed"], row["proposed"] - row["current"]),
                }
                for row in rows
            ],
        },
    }


def waterfall_chart(*, plan: Plan) -> dict[str, Any]:
    """Incremental margin from last period to the proposal."""
    steps = plan.shown["waterfall"]
    return {
        "id": "waterfall",
        "kind": "waterfall",
        "label": "Expected incremental margin, from last period to the proposal",
        "data": {
            "format": "money",
            "currency": plan.currency,
            "steps": [step | {"value": round(step["value"], 2)} for step in steps],
        },
        "table": {
            "caption": f"Steps of incremental margin, {plan.currency}",
            "columns": [{"label": "Step"}, *_numeric("Incremental margin (90% interval)")],
            "rows": [{"label": step["label"], "cells": [_step_cell(plan, step)]} for step in steps],
        },
    }


def _step_cell(plan: Plan, step: dict[str, Any]) -> dict[str, Any]:
    """A step's margin with its interval; plans of before have none."""
    cell = {"value": money(step["value"], plan.currency), "numeric": True}
    if "low" not in step:
        return cell
    return cell | {"low": money(step["low"], plan.currency), "high": money(step["high"], plan.currency)}


def curve_chart(*, plan: Plan, cell: PlanCell) -> dict[str, Any]:
    """One cell's response curve with its band, and where it is and would be."""
    curve = cell.curve or {}
    return {
        "id": "response-curve",
        "kind": "response_curves",
        "label": f"Response of {cell}: incremental revenue over spend, with a 90% band",
        "data": {
            "format": "money",
            "currency": plan.currency,
            "x_title": f"Spend in {plan.horizon_days} days",
            "y_title": "Incremental revenue",
            "curves": [{"name": str(cell)} | {key: curve[key] for key in CURVE_KEYS}],
        },
        "table": {
            "caption": f"Response of {cell}, {plan.currency}",
            "columns": [{"label": "Spend"}, *_numeric("Incremental revenue (90% interval)")],
            "rows": [_curve_row(plan, curve, place) for place in range(0, len(curve["x"]), 4)],
        },
    }


CURVE_KEYS: Sequence[str] = ("x", "mean", "low", "high", "current", "proposed")


def _curve_row(plan: Plan, curve: dict[str, Any], place: int) -> dict[str, Any]:
    mean, low, high = (money(curve[name][place], plan.currency) for name in ("mean", "low", "high"))
    return {
        "label": money(curve["x"][place], plan.currency),
        "cells": [{"value": mean, "low": low, "high": high, "numeric": True}],
    }


def _money_cells(plan: Plan, *amounts: float) -> list[dict[str, Any]]:
    return [{"value": money(amount, plan.currency), "numeric": True} for amount in amounts]


def _numeric(*labels: str) -> list[dict[str, Any]]:
    return [{"label": label, "numeric": True} for label in labels]
