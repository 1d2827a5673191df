"""Answers to what-if questions as charts and tables, each chart with its table."""

from typing import Any

from tenants.figures import compact_money, money, ratio

KINDS = {"assumption": "Assumption", "budget": "Budget"}
NOTHING, LONGEST_BARS = 0.5, 10


def frontier_chart(*, curve: dict[str, Any], answer: dict[str, Any] | None) -> dict[str, Any]:
    """Expected incremental margin over budget with its 90% band, the plan's budget and the one asked about marked."""
    known = [point for point in curve["points"] if point["is_feasible"]]
    own = min(known, key=lambda point: abs(point["budget"] - curve["budget"]), default=None)
    line: dict[str, Any] = {
        "name": "Expected incremental margin",
        "x": [round(point["budget"], 2) for point in known],
        **{key: [round(point["incremental_margin"][key], 2) for point in known] for key in ("mean", "low", "high")},
    }
    if own and abs(own["budget"] - curve["budget"]) < 1e-6 * curve["budget"]:
        line["current"] = {"x": round(own["budget"], 2), "y": round(own["incremental_margin"]["mean"], 2)}
    if answer and "incremental_margin" in answer:
        line["proposed"] = {"x": round(answer["budget"], 2), "y": round(answer["incremental_margin"]["mean"], 2)}
    return {
        "id": "frontier",
        "kind": "response_curves",
        "label": "Expected incremental margin for each budget with a 90% band; this plan and the budget asked marked",
        "data": {
            "format": "money",
            "currency": curve["currency"],
            "x_title": f"Budget for {curve['horizon_days']} days",
            "y_title": "Incremental margin",
            "curves": [line],
        },
        "table": _frontier_table(curve),
    }


def _frontier_table(curve: dict[str, Any]) -> dict[str, Any]:
    currency = curve["currency"]
    names = [row["name"] for row in next((p["retailers"] for p in curve["points"] if p["is_feasible"]), [])]
    return {
        "caption": f"Best outcome of each budget, {currency}; 80% interval in a column of its own",
        "columns": [
            {"label": "Budget"},
            {"label": "Incremental margin (90%)", "numeric": True},
            {"label": "80% interval", "numeric": True},
            *({"label": f"Spend at {name}", "numeric": True} for name in names),
        ],
        "rows": [_frontier_row(point, currency, len(names)) for point in curve["points"]],
    }


def _frontier_row(point: dict[str, Any], currency: str, width: int) -> dict[str, Any]:
    label = money(point["budget"], currency)
    if not point["is_feasible"]:
        return {"label": label, "cells": [{"value": "No split keeps the rules"}, *({"value": "–"},) * (width + 1)]}
    margin = {key: compact_money(value, currency) for key, value in point["incremental_margin"].items()}
    return {
        "label": label,
        "cells": [
            {"value": margin["mean"], "low": margin["low"], "high": margin["high"], "numeric": True},
            {"value": f"{margin['low_80']} to {margin['high_80']}", "numeric": True},
            *({"value": money(row["spend"], currency), "numeric": True} for row in point["retailers"]),
        ],
    }


def retailer_chart(*, answer: dict[str, Any]) -> dict[str, Any]:
    """Split of the budget asked about, beside the plan's."""
    rows, currency = answer["retailers"], answer["currency"]
    return {
        "id": "what-if-split",
        "kind": "bars",
        "label": "Spend by retailer: this plan and the budget asked about",
        "data": {
            "format": "money",
            "currency": currency,
            "horizontal": True,
            "categories": [row["name"] for row in rows],
            "series": [
                {"name": "This plan", "role": "current", "values": [round(row["planned"] or 0, 2) for row in rows]},
                {"name": "This budget", "role": "proposed", "values": [round(row["spend"], 2) for row in rows]},
            ],
        },
        "table": {
            "caption": f"Spend by retailer, {currency}",
            "columns": [
                {"label": "Retailer"},
                {"label": "This plan", "numeric": True},
                {"label": "This budget", "numeric": True},
            ],
            "rows": [
                {
                    "label": row["name"],
                    "cells": [
                        {"value": money(row["planned"], currency), "numeric": True},
                        {"value": money(row["spend"], currency), "numeric": True},
                    ],
                }
                for row in rows
            ],
        },
    }


def tornado_chart(*, told: dict[str, Any]) -> dict[str, Any] | None:
    """How far the objective moves with each rule and assumption, the longest bar first."""
    if told["now"] is None:
        return None
    moves = [
        (bar, *(None if bar[way] is None else round(bar[way] - told["now"], 2) for way in ("less", "more")))
        for bar in told["bars"] or ()
    ]
    moves = [move for move in moves if None in move[1:] or abs(move[2] - move[1]) > NOTHING]
    if not moves:
        return None
    currency = told["currency"] if told["objective"] != "units" else ""
    shown = moves[:LONGEST_BARS]
    return {
        "id": "tornado",
        "kind": "bars",
        "label": "Change of the outcome when each assumption or rule is a tenth lower or higher",
        "data": {
            "format": "money" if currency else "number",
            "currency": told["currency"],
            "horizontal": True,
            "categories": [move[0]["name"].capitalize() for move in shown],
            "series": [
                {"name": "10% lower", "role": "current", "values": [move[1] for move in shown]},
                {"name": "10% higher", "role": "proposed", "values": [move[2] for move in shown]},
            ],
        },
        "table": _tornado_table(moves, currency),
    }


def _tornado_table(moves: list[tuple[Any, ...]], currency: str) -> dict[str, Any]:
    return {
        "caption": "Change of the outcome, each moved alone and the money split anew",
        "columns": [
            {"label": "What moves"},
            {"label": "Kind"},
            {"label": "10% lower", "numeric": True},
            {"label": "10% higher", "numeric": True},
        ],
        "rows": [
            {
                "label": bar["name"].capitalize(),
                "cells": [
                    {"value": KINDS.get(bar["kind"], "Rule")},
                    {"value": _change(less, currency), "numeric": True},
                    {"value": _change(more, currency), "numeric": True},
                ],
            }
            for bar, less, more in moves
        ],
    }


def price_lines(*, prices: list[dict[str, Any]], currency: str) -> list[dict[str, str]]:
    """Each rule's worth in a sentence, and the range in which it holds."""
    return [
        {"rule": price["rule"].capitalize(), "sentence": price["meaning"], "range": range_in_words(price, currency)}
        for price in prices
        if price
    ]


def range_in_words(price: dict[str, Any], currency: str) -> str:
    """``Holds between $1,200,000 and $1,450,000.``; why not, where no range was found."""
    low, high = price["valid_from"], price["valid_to"]
    if low is None and high is None:
        return str(price["validity"])
    is_small = max(value for value in (low, high) if value is not None) <= 1.0

    def said(value: float) -> str:
        return ratio(value, places=3).rstrip("×") if is_small else money(value, currency)

    if high is None:
        return f"Holds from {said(low)} upward."
    return f"Holds between {said(low or 0.0)} and {said(high)}."


def _change(value: float | None, currency: str) -> str:
    if value is None:
        return "no split keeps the rules"
    text = money(value, currency) if currency else f"{value:,.0f}"
    return f"+{text}" if value > 0 else text
