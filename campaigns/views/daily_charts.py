"""A daily reallocation as sentence, chart and tables."""

from typing import Any

from campaigns.views.share_bars import share_bars
from tenants.figures import compact_money, money, percent


def daily_context(*, told: dict[str, Any]) -> dict[str, Any]:
    """What a proposal from the facts shows: shares with their guardrails, and the replay."""
    return {
        "headline": _headline(told),
        "shares": _shares(told),
        "replay": _replay(told) if told["replay"] else None,
        "replay_sentence": _replay_sentence(told),
    }


def _headline(told: dict[str, Any]) -> str:
    currency, gain = told["currency"], told["gain"]
    moved = sum(abs(one["shares"] - one["current"]) for one in told["arms"]) / 2
    low, high = (compact_money(gain[name], currency) for name in ("low", "high"))
    return (
        f"Move {percent(moved)} of {money(told['budget'], currency)} a day: expected incremental margin "
        f"{_signed(gain['mean'], currency)} a day ({percent(told['confidence'], places=0)}: {low} to {high})."
    )


def _shares(told: dict[str, Any]) -> dict[str, Any]:
    arms, currency = told["arms"], told["currency"]
    labels = ("Today", "Proposed", "Money a day", "Next unit of money brings")
    table = {
        "caption": f"Shares of a day's money; {percent(told['confidence'], places=0)} intervals",
        "columns": [{"label": "Cell"}, *({"label": label, "numeric": True} for label in labels)],
        "rows": [_cell(one, told["budget"], currency) for one in arms],
    }
    return share_bars(arms=arms, label="Share of a day's money by cell, today and proposed", table=table)


def _cell(one: dict[str, Any], budget: float, currency: str) -> dict[str, Any]:
    proposed = {name: percent(one[key]) for name, key in (("value", "shares"), ("low", "low"), ("high", "high"))}
    ends = (("value", "marginal"), ("low", "marginal_low"), ("high", "marginal_high"))
    brings = {name: f"{one[key]:.2f}" for name, key in ends} if one["is_known"] else {"value": "too few days"}
    return {
        "label": one["name"],
        "cells": [
            {"value": percent(one["current"]), "numeric": True},
            proposed | {"numeric": True},
            {"value": money(one["shares"] * budget, currency), "numeric": True},
            brings | {"numeric": True},
        ],
    }


def _replay_sentence(told: dict[str, Any]) -> str:
    if not told["replay"]:
        return str(told["claim"])
    found, currency, days = told["replay"]["difference"], told["currency"], len(told["replay"]["days"])
    low, high = (compact_money(found[name], currency) for name in ("low", "high"))
    share = percent(told["confidence"], places=0)
    return f"{told['claim']} Over {days} days: {_signed(found['mean'], currency)} ({share}: {low} to {high})."


def _replay(told: dict[str, Any]) -> dict[str, Any]:
    found, currency = told["replay"], told["currency"]
    weekly = range(6, len(found["days"]), 7)
    return {
        "id": "daily-replay",
        "kind": "lines",
        "label": "Incremental margin by day, as it was and as daily reallocation would have made it",
        "data": {
            "format": "money",
            "currency": currency,
            "dates": found["days"],
            "series": [
                {"name": "As it was", "role": "current", "values": [round(one, 2) for one in found["actual"]]},
                {
                    "name": "Reallocated daily",
                    "role": "proposed",
                    "values": [round(one, 2) for one in found["replayed"]],
                },
            ],
        },
        "table": {
            "caption": f"Sums of the weeks replayed, {currency}",
            "columns": [
                {"label": "Week up to"},
                {"label": "As it was", "numeric": True},
                {"label": "Reallocated daily", "numeric": True},
            ],
            "rows": [
                {
                    "label": found["days"][day],
                    "cells": [
                        {"value": money(sum(found[name][day - 6 : day + 1]), currency), "numeric": True}
                        for name in ("actual", "replayed")
                    ],
                }
                for day in weekly
            ],
        },
    }


def _signed(value: float, currency: str) -> str:
    return f"{'+' if value > 0 else ''}{compact_money(value, currency)}"
