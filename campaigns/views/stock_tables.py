"""Stock as a sentence and a table; a plan's stock in the same words, with where to look."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from campaigns.planning.chances import chance
from tenants.figures import percent

LABELS = ("On hand", "Days of cover", "Runs out on", "Units that can sell", "Demand lost", "Chance of running out")
NOBODY_TOLD = (
    "Nobody has told the stock of the items shown: enter it, or import an export with stock levels. Until then no plan "
    "can spare items that run out."
)
LIKELY, POSSIBLE = 0.5, 0.1
TONES = {"stopped": "bad", "capped": "warn", "watched": "info"}
STANDINGS = {"stopped": "No money", "capped": "Capped", "watched": "Not limited"}


def stock_headline(*, rows: Sequence[Mapping[str, Any]], horizon: int) -> str:
    """How many items likely run out, and the first to do so."""
    told = [row for row in rows if row["outlook"]]
    if not told:
        return NOBODY_TOLD if rows else ""
    soon = [row for row in told if row["outlook"]["probability"] >= LIKELY]
    if not soon:
        return (
            f"None of the {len(told)} items shown with a stock level is likelier than not to run out in {horizon} days."
        )
    first = min(soon, key=lambda row: row["outlook"]["runs_out"]["day"] or date.max)
    day = first["outlook"]["runs_out"]["day"]
    when = f" First: {_name(first)} on {_day(day)}." if day else ""
    return f"{len(soon)} of {len(told)} items shown are likelier than not to run out in {horizon} days.{when}"


def stock_table(*, rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> dict[str, Any]:
    """One row an item; days and units with their intervals."""
    return {
        "caption": "Stock by item, 90% intervals",
        "columns": [
            {"label": "Item"},
            {"label": "Retailer"},
            *({"label": label, "numeric": label != "Runs out on"} for label in LABELS),
            {"label": "Told by"},
        ],
        "rows": [_row(row, names) for row in rows],
    }


def _row(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    product = row["product"]
    return {
        "label": _name(row),
        "url": reverse("campaigns:forecast", args=[product]) if product else "",
        "cells": [{"value": names.get(row["retailer"], row["retailer"])}, *_figures(row), {"value": _told(row)}],
    }


def _figures(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    on_hand = {"value": "–" if row["on_hand"] is None else f"{row['on_hand']:,.0f}", "numeric": True}
    found = row["outlook"]
    if found is None:
        return [on_hand, *({"value": "–", "numeric": place != 1} for place in range(5))]
    days = {name: _day(found["runs_out"][key]) for name, key in (("value", "day"), ("low", "low"), ("high", "high"))}
    sold_out = found["probability"]
    tone = "bad" if sold_out >= LIKELY else "warn" if sold_out >= POSSIBLE else "good"
    return [
        on_hand,
        _interval(found["cover_days"]),
        days if found["runs_out"]["low"] else {"value": f"not within {found['horizon']} days"},
        _interval(found["sellable"]),
        _interval(found["lost"]),
        {"value": chance(sold_out), "badge": True, "tone": tone, "numeric": True},
    ]


def _interval(figure: Mapping[str, float]) -> dict[str, Any]:
    ends = (("value", "mean"), ("low", "low"), ("high", "high"))
    return {name: f"{figure[key]:,.0f}" for name, key in ends} | {"numeric": True}


def _told(row: Mapping[str, Any]) -> str:
    if row["told"] is None:
        return "Nobody"
    if row["outlook"] is None:
        return str(row["reason"])
    told = row["told"]
    since = f"; {told['units'] - row['on_hand']:,.0f} sold since" if row["on_hand"] < told["units"] else ""
    return f"{told['by']}, {_day(told['day'])}{since}"


def _name(row: Mapping[str, Any]) -> str:
    return f"{row['name']} ({row['item']})" if row["name"] else str(row["item"])


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "later"


def plan_stock(*, entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What stock did to a plan: a badge, the sentence, and the stock page at the first item that runs out."""
    return [
        {
            "badge": STANDINGS[entry["standing"]],
            "tone": TONES[entry["standing"]],
            "sentence": entry["sentence"],
            "chance": percent(entry["probability"], places=0),
            "label": entry["label"],
            "url": f"{reverse('campaigns:stock')}?{urlencode(_query(entry))}",
        }
        for entry in entries
    ]


def _query(entry: Mapping[str, Any]) -> dict[str, str]:
    query = {"retailer": entry["retailer_id"]}
    return query | {"q": entry["items"][0]["item"]} if entry["items"] else query
