"""A forecast as chart, table and sentences."""

from typing import Any

from campaigns.planning.chances import chance
from tenants.figures import percent


def headline(*, told: dict[str, Any]) -> str:
    """Units over the horizon with their interval, and how the method did against the baseline in the past."""
    total, days = told["total"], len(told["forecast"])
    share = percent(told["confidence"], places=0)
    units = f"{total['mean']:,.0f} units in {days} days ({share}: {total['low']:,.0f} to {total['high']:,.0f})."
    if told["method"] == "seasonal_naive":
        return f"{units} No method beat last week's same day in {told['tested_on']} past forecasts, so that is shown."
    error = percent(told["skill"], places=0)
    return (
        f"{units} In {told['tested_on']} past forecasts the error was {error} smaller than with last week's same day."
    )


def demand_chart(*, told: dict[str, Any]) -> dict[str, Any]:
    """The last weeks as sold, then the forecast with its band beside the baseline."""
    past, ahead = told["past"], told["forecast"]
    gap = [None] * len(past)
    later: list[float | None] = [None] * len(ahead)
    series = [
        {"name": "Sold", "role": "current", "values": [row["units"] for row in past] + later},
        {"name": "Forecast", "role": "proposed", "values": gap + [row["mean"] for row in ahead]}
        | {key: gap + [row[key] for row in ahead] for key in ("low", "high")},
        {"name": "Last week's same day", "role": "target", "values": gap + [row["baseline"] for row in ahead]},
    ]
    return {
        "id": "demand-forecast",
        "kind": "lines",
        "label": "Units a day: the last weeks as sold, and the days ahead with their interval beside the baseline",
        "data": {
            "format": "number",
            "dates": [row["day"].isoformat() for row in (*past, *ahead)],
            "series": series,
            "markers": [{"date": told["history_end"].isoformat(), "label": "Last day known"}],
        },
        "table": _table(told),
    }


def _table(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "caption": f"Units a day, {percent(told['confidence'], places=0)} intervals",
        "columns": [
            {"label": "Day"},
            {"label": "Forecast", "numeric": True},
            {"label": "Last week's same day", "numeric": True},
        ],
        "rows": [
            {
                "label": f"{row['day']:%a %d %b %Y}",
                "cells": [
                    {
                        "value": f"{row['mean']:,.1f}",
                        "low": f"{row['low']:,.1f}",
                        "high": f"{row['high']:,.1f}",
                        "numeric": True,
                    },
                    {"value": f"{row['baseline']:,.1f}", "numeric": True},
                ],
            }
            for row in told["forecast"]
        ],
    }


def stock_entries(*, told: dict[str, Any]) -> list[dict[str, str]] | None:
    """Whether the stock lasts; None where nobody said how much there is."""
    stock = told["stock"]
    if stock is None:
        return None
    share = percent(told["confidence"], places=0)
    low, middle, high = (_day(told, number) for number in stock["runs_out"])
    entries = [
        ("Chance of selling out", chance(stock["probability"])),
        ("First day without stock", f"{middle} ({share}: {low} to {high})"),
        ("Units that can be sold", _units(stock["sellable"], stock["sellable_interval"], share)),
        ("Demand that would be lost", _units(stock["lost"], stock["lost_interval"], share)),
        ("Stock lasts, on average", _units(stock["cover_days"], stock["cover_interval"], share, "days")),
    ]
    return [{"term": term, "value": value} for term, value in entries]


def _day(told: dict[str, Any], number: int | None) -> str:
    """The date of a forecast's day; those after its last are not told apart."""
    return f"{told['forecast'][number - 1]['day']:%d %b %Y}" if number else "after the forecast"


def _units(value: float, ends: tuple[float, float], share: str, unit: str = "units") -> str:
    return f"{value:,.0f} {unit} ({share}: {ends[0]:,.0f} to {ends[1]:,.0f})"


def price_entries(*, told: dict[str, Any]) -> dict[str, Any]:
    """The elasticity in a sentence and its facts; no claim where the interval holds zero."""
    low, high = told["interval"]
    value = told["value"]
    sentence = (
        "No answer to price is shown: the interval holds zero."
        if low <= 0 <= high
        else f"One per cent more price goes with {abs(value):.2f} per cent {'fewer' if value < 0 else 'more'} units."
    )
    strength = told["first_stage_f"]
    entries = [
        ("Elasticity", f"{value:.2f} (90%: {low:.2f} to {high:.2f})"),
        ("Method", "prices elsewhere as instrument" if strength is not None else "within items and weeks"),
        ("Without these precautions", f"{told['naive']:.2f}"),
        ("Items and weeks", f"{told['items']:,} items, {told['rows']:,} rows"),
    ]
    return {
        "sentence": sentence,
        "entries": [{"term": term, "value": text} for term, text in entries],
        "notes": told["notes"],
    }
