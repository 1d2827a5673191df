"""An approved plan's actual spend beside its target."""

from collections import defaultdict
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum

from campaigns.models import Plan
from campaigns.planning.pacing import THRESHOLD, Flight, Pace, pace_of, projected_course, total_pace
from campaigns.selectors.history import cell_facts
from campaigns.selectors.plans import cells_of


class NoPacing(Exception):
    """Only an approved plan has a pace."""


def pacing_of(*, plan: Plan, today: date) -> dict[str, Any]:
    """Flight, rows per retailer, all together, and daily cumulated spend beside its target.

    Raises:
        NoPacing: the plan is not approved.
    """
    if plan.state != Plan.State.APPROVED or plan.approved_at is None:
        raise NoPacing("Pacing compares an approved plan with what was spent. Approve this plan first.")
    start = _start(said=plan.constraints.get("start"), approved_on=plan.approved_at.date())
    end = start + timedelta(days=(plan.horizon_days or 1) - 1)
    planned, names = _planned(plan)
    daily = _daily_spend(plan=plan, retailers=list(planned), start=start, end=min(end, today))
    flight = Flight(start=start, end=end, as_of=min(end, today - timedelta(days=1)))
    rows = pace_of(flight=flight, planned=planned, names=names, daily=daily)
    total = total_pace(rows=rows, flight=flight)
    return {
        "currency": plan.currency,
        "start": start,
        "end": end,
        "as_of": flight.as_of,
        "elapsed_days": flight.elapsed,
        "days": flight.days,
        "threshold": THRESHOLD,
        "total": asdict(total),
        "retailers": [asdict(row) for row in rows],
        "series": _series(flight=flight, planned=sum(planned.values()), daily=daily, total=total),
    }


def _start(*, said: str | None, approved_on: date) -> date:
    """The first day that was said, else the day after the approval."""
    return date.fromisoformat(said) if said else approved_on + timedelta(days=1)


def _planned(plan: Plan) -> tuple[dict[str, float], dict[str, str]]:
    planned: dict[str, float] = defaultdict(float)
    names = {}
    for cell in cells_of(plan=plan):
        planned[cell.retailer_id] += float(cell.proposed_spend)
        names[cell.retailer_id] = cell.retailer_name
    return dict(planned), names


def _daily_spend(*, plan: Plan, retailers: list[str], start: date, end: date) -> dict[str, dict[date, float]]:
    facts = cell_facts(start=start, end=end, retailers=retailers, brand=plan.constraints.get("brand") or "")
    rows = facts.filter(currency=plan.currency).order_by().values("retailer_id", "event_date")
    daily: dict[str, dict[date, float]] = defaultdict(dict)
    for row in rows.annotate(spend=Sum("cost")):
        daily[row["retailer_id"]][row["event_date"]] = float(row["spend"])
    return dict(daily)


def _series(
    *, flight: Flight, planned: float, daily: dict[str, dict[date, float]], total: Pace
) -> list[dict[str, Any]]:
    """Cumulated target of every day, cumulated spend up to ``as_of``, and from there where it is heading."""
    course = {day: ends for day, *ends in projected_course(pace=total, flight=flight)}
    spending, series = 0.0, []
    for number in range(flight.days):
        day = flight.start + timedelta(days=number)
        spending += sum(days.get(day, 0.0) for days in daily.values())
        projected, low, high = course.get(day, (None, None, None))
        series.append(
            {
                "day": day,
                "target": planned * (number + 1) / flight.days,
                "spent": spending if day <= flight.as_of else None,
                "projected": projected,
                "low": low,
                "high": high,
            }
        )
    return series
