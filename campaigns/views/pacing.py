"""A running plan's spend beside its target."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from campaigns.selectors.pacing import NoPacing, pacing_of
from campaigns.selectors.plans import plan_or_404
from campaigns.views.plan_tabs import plan_tabs
from campaigns.views.trail import trail
from tenants.figures import compact_money, money, percent
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

STATUS = {
    "on": ("On pace", "good"),
    "under": ("Under pace", "warn"),
    "over": ("Over pace", "bad"),
    "unknown": ("Too few days", "neutral"),
    "not_started": ("Not started", "neutral"),
}
DAYS_NAMED = 5


@requires(Action.READ_PLANS)
@require_GET
def pacing(request: TenantRequest, pk: UUID) -> HttpResponse:
    plan = plan_or_404(pk=pk)
    context: dict[str, Any] = {
        "plan": plan,
        "tabs": plan_tabs(plan=plan, current="pacing"),
        "breadcrumbs": trail(plan.name),
    }
    try:
        told = pacing_of(plan=plan, today=timezone.localdate())
    except NoPacing as refusal:
        return render(request, "campaigns/plan/pacing.html", context | {"refusal": str(refusal)})
    context |= {"pacing": told, "table": _table(told), "chart": _chart(told), "alerts": _alerts(told)}
    return render(request, "campaigns/plan/pacing.html", context)


def _alerts(told: dict[str, Any]) -> list[dict[str, str]]:
    """One alert per retailer off its pace, and one per retailer with days without data."""
    currency, alerts = told["currency"], []
    for row in told["retailers"]:
        if row["status"] in {"over", "under"}:
            ends = compact_money(row["projected"], currency)
            low, high = compact_money(row["low"], currency), compact_money(row["high"], currency)
            title = f"{row['name']} is {row['status']} pace"
            detail = f"It is heading for {ends} (90%: {low} to {high}); {money(row['planned'], currency)} were planned."
            alerts.append({"title": title, "detail": detail, "tone": "warn"})
        if row["missing"]:
            days = ", ".join(f"{day:%d %b}" for day in row["missing"][:DAYS_NAMED])
            more = f" and {len(row['missing']) - DAYS_NAMED} more" if len(row["missing"]) > DAYS_NAMED else ""
            title = f"{row['name']}: {len(row['missing'])} of {told['elapsed_days']} days have no data"
            detail = f"{days}{more}. Their spend is not counted; the projection takes recent days in their place."
            alerts.append({"title": title, "detail": detail, "tone": "info"})
    return alerts


def _table(told: dict[str, Any]) -> dict[str, Any]:
    labels = ("Planned", "Target to date", "Spent to date", "Of target", "Projected end (90%)", "Days missing")
    return {
        "caption": f"Spend beside target, {told['currency']}; off pace beyond {percent(told['threshold'], places=0)}",
        "columns": [{"label": "Retailer"}, {"label": "Pace"}, *({"label": one, "numeric": True} for one in labels)],
        "rows": [_row(row, told["currency"]) for row in told["retailers"]],
        "totals": _row(told["total"], told["currency"]),
    }


def _row(row: dict[str, Any], currency: str) -> dict[str, Any]:
    label, tone = STATUS[row["status"]]
    of_target = percent(row["spent"] / row["target"], places=0) if row["target"] > 0 else "–"
    ends: dict[str, Any] = {"value": "–", "numeric": True}
    if row["projected"] is not None:
        ends = {name: compact_money(row[key], currency) for name, key in ENDS} | {"numeric": True}
    return {
        "label": row["name"],
        "cells": [
            {"value": label, "badge": True, "tone": tone},
            *({"value": money(row[key], currency), "numeric": True} for key in ("planned", "target", "spent")),
            {"value": of_target, "numeric": True},
            ends,
            {"value": str(len(row["missing"])), "numeric": True},
        ],
    }


ENDS = (("value", "projected"), ("low", "low"), ("high", "high"))


def _chart(told: dict[str, Any]) -> dict[str, Any]:
    series, currency = told["series"], told["currency"]
    weekly = [point for place, point in enumerate(series) if place % 7 == 6 or place == len(series) - 1]
    return {
        "id": "pacing-chart",
        "kind": "lines",
        "label": "Spend to date beside its target and where it is heading, over the days of the flight",
        "data": {
            "format": "money",
            "currency": currency,
            "dates": [point["day"].isoformat() for point in series],
            "series": [
                {"name": "Target", "role": "target", "values": [round(point["target"], 2) for point in series]},
                {"name": "Spent", "role": "current", "values": _values(series, "spent")},
                {"name": "Projected", "role": "proposed", "values": _values(series, "projected")}
                | {"low": _values(series, "low"), "high": _values(series, "high")},
            ],
        },
        "table": {
            "caption": f"At the end of each week, {currency}",
            "columns": [
                {"label": "Day"},
                {"label": "Target", "numeric": True},
                {"label": "Spent", "numeric": True},
                {"label": "Projected (90%)", "numeric": True},
            ],
            "rows": [
                {
                    "label": f"{point['day']:%d %b %Y}",
                    "cells": [
                        {"value": money(point["target"], currency), "numeric": True},
                        {"value": money(point["spent"], currency), "numeric": True},
                        _heading(point, currency),
                    ],
                }
                for point in weekly
            ],
        },
    }


def _values(series: list[dict[str, Any]], name: str) -> list[float | None]:
    return [None if point[name] is None else round(point[name], 2) for point in series]


def _heading(point: dict[str, Any], currency: str) -> dict[str, Any]:
    if point["projected"] is None:
        return {"value": "–", "numeric": True}
    return {name: money(point[key], currency) for name, key in ENDS} | {"numeric": True}
