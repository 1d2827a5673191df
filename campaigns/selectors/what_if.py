"""Answers to what-if questions of one plan, as pages, the API and commands show them."""

from dataclasses import asdict
from typing import Any

import numpy as np

from campaigns.models import Plan
from campaigns.optimization.allocation import Allocation
from campaigns.planning.differences import differences, spend_of
from campaigns.planning.nodes import UnknownName
from campaigns.planning.scenarios import retailers_of
from campaigns.planning.what_if import (
    Point,
    Questioned,
    allocation_at,
    frontier,
    point_of,
    ready_to_ask,
    split_by_retailer,
    tornado_bars,
)
from campaigns.selectors.curves import kept_curves


class CannotAsk(Exception):
    """This plan cannot be asked what would be; the message says what to do."""


def ask_plan(*, plan: Plan) -> Questioned:
    """The plan with its curves, ready to be asked.

    Raises:
        CannotAsk: no budget, or no curves that fit its constraints.
    """
    kept = kept_curves(plan=plan)
    if not plan.budget or kept is None:
        raise CannotAsk("This plan has no curves for its constraints yet. Plan it, then ask again.")
    try:
        return ready_to_ask(inputs=kept.inputs, cells=kept.cells)
    except UnknownName as unknown:
        raise CannotAsk(f"{unknown.title}. {unknown.detail}") from unknown


def answer_at(*, asked: Questioned, plan: Plan, budget: float) -> dict[str, Any]:
    """One budget: outcome with its intervals, split by retailer, the next unit of money, what binds and in what range.

    Raises:
        CannotAsk: the budget is not above zero, or beyond four times the plan's.
    """
    most = 4 * float(asked.inputs.constraints["budget"])
    if not 0 < budget <= most:
        raise CannotAsk(f"Give a budget above 0 and up to {most:,.0f} {asked.inputs.currency}, four times the plan's.")
    found = allocation_at(asked=asked, budget=budget)
    own = {"budget": budget, "currency": asked.inputs.currency, "status": found.status}
    if found.status != "optimal":
        return own | {"conflict": [one.rule for one in found.conflict], "notes": list(found.notes)}
    spend = np.array([found.spend[cell.key] for cell in asked.cells])
    point = point_of(asked=asked, budget=budget, solved=(spend, 0.0))
    before = spend_of(cells=asked.cells, spend=plan.solved.get("spend"))
    changes = (
        None if before is None else differences(cells=asked.cells, before=before, after=spend, response=asked.response)
    )
    return own | {
        "spend": float(spend.sum()),
        "incremental_margin": margin_of(point),
        "retailers": _retailers(asked, spend, before),
        "next_unit": _price(found, "budget"),
        "prices": [
            price
            for name in found.binding
            if name in asked.built.sources and name != "budget" and (price := _price(found, name)) is not None
        ],
        "binding": [name for name in found.binding if name in asked.built.sources],
        "changes": changes,
        "certificate_gap": found.certificate.gap if found.certificate else None,
    }


def frontier_of(*, asked: Questioned) -> dict[str, Any]:
    """Points from a quarter to twice the plan's budget, each with its 80% and 90% interval and its split."""
    names = retailers_of(cells=asked.cells)
    return {
        "currency": asked.inputs.currency,
        "budget": float(asked.inputs.constraints["budget"]),
        "horizon_days": asked.inputs.horizon_days,
        "is_tabulated": asked.is_tabulated,
        "points": [_point(asked, point, dict(names)) for point in frontier(asked=asked)],
    }


def tornado_of(*, asked: Questioned) -> dict[str, Any]:
    """Bars with the longest first; ``bars`` is null where the rules cut across each other."""
    bars = tornado_bars(asked=asked)
    now = allocation_at(asked=asked, budget=asked.problem.budget)
    return {
        "currency": asked.inputs.currency,
        "objective": asked.problem.objective,
        "now": now.objective,
        "shift": 0.1,
        "bars": None if bars is None else [asdict(bar) for bar in bars],
    }


def margin_of(point: Point) -> dict[str, float]:
    """Mean, 90% interval (low, high) and 80% interval (low_80, high_80)."""
    low, lower, upper, high = point.band
    return {"mean": point.margin, "low": low, "high": high, "low_80": lower, "high_80": upper}


def _point(asked: Questioned, point: Point, names: dict[str, str]) -> dict[str, Any]:
    own = {"budget": point.budget, "is_feasible": point.is_feasible}
    if point.spend is None:
        return own
    split = split_by_retailer(cells=asked.cells, spend=point.spend)
    return own | {
        "spend": float(point.spend.sum()),
        "incremental_margin": margin_of(point),
        "price_of_money": point.price,
        "retailers": [{"name": names[retailer], "spend": amount} for retailer, amount in split.items()],
    }


def _retailers(asked: Questioned, spend: Any, before: Any) -> list[dict[str, Any]]:
    after = split_by_retailer(cells=asked.cells, spend=spend)
    earlier = {} if before is None else split_by_retailer(cells=asked.cells, spend=before)
    names = retailers_of(cells=asked.cells)
    return [
        {"name": names[retailer], "spend": amount, "planned": earlier.get(retailer)}
        for retailer, amount in after.items()
    ]


def _price(found: Allocation, name: str) -> dict[str, Any] | None:
    price = found.shadow_prices.get(name)
    return None if price is None else {"rule": name} | asdict(price)
