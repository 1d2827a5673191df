"""How far the budget can move before other rules begin or cease to bind."""

from dataclasses import dataclass

import numpy as np

from campaigns.optimization.certificate import best_spend, feasibility_residual
from campaigns.optimization.curves import Array
from campaigns.optimization.model import Mask, Model
from campaigns.optimization.solution import Solution
from campaigns.optimization.tightness import at_lower, at_upper, is_roas_tight, is_tight

_HALVINGS = 12


@dataclass(frozen=True, kw_only=True)
class Validity:
    """Values of a rule between which the same rules bind; None with the reason when not computed."""

    low: float | None
    high: float | None
    reason: str


def budget_validity(*, model: Model, solution: Solution, kept: float) -> Validity:
    """Budgets between which the same cells and rules hold the split back; ``kept`` is 1 less the reserve.

    With the budget alone moving, each free cell follows its own curve as the price of money changes. The range ends
    where the first cell meets or leaves a limit, or the first rule begins or ceases to bind.
    """
    spend = solution.spend
    if any(is_roas_tight(model=model, row=row, spend=spend) for row in model.roas_rows):
        return Validity(low=None, high=None, reason="Not computed: a ROAS floor shares in the price of money.")
    others = [i for i, row in enumerate(model.rows[1:], start=1) if is_tight(model=model, row=row, spend=spend)]
    free = ~np.any([model.rows[i].members for i in others], axis=0) if others else np.ones(model.count, dtype=np.bool_)
    if kept <= 0.0 or not free.any():
        return Validity(low=None, high=None, reason="Not computed: no cell is free to take the money.")
    price = float(solution.row_prices[0])
    cheapest, dearest = _price_range(model, solution, free, others, price)
    dearest = _reach(model, spend, free, price, dearest)
    cheapest = _reach(model, spend, free, price, cheapest)
    rest = float(spend[~free].sum())
    low = rest + float(_spend_at(model, spend, free, dearest)[free].sum())
    most = _spend_at(model, spend, free, cheapest)
    if _is_endless(model, most):
        return Validity(low=low / kept, high=None, reason="From this budget upward the same rules bind.")
    high = rest + float(most[free].sum())
    return Validity(low=low / kept, high=high / kept, reason="Between these budgets the same rules bind.")


def _is_endless(model: Model, spend: Array) -> bool:
    """Whether some cell would take all there is: its most spend is nobody's rule but the model's own far end."""
    full = at_upper(model=model, spend=spend)
    return bool(np.any(full & ~model.upper_bounds.is_said))


def _price_range(model: Model, solution: Solution, free: Mask, others: list[int], price: float) -> tuple[float, float]:
    """Prices of money at which no free cell changes between limit and freedom, and no tight rule lets go."""
    with np.errstate(over="ignore"):
        at_low, at_high, here = (
            model.weight * model.slope(spend=x) - model.cost for x in (model.lower, model.upper, solution.spend)
        )
    low, high = at_lower(model=model, spend=solution.spend), at_upper(model=model, spend=solution.spend)
    inside = free & ~low & ~high
    is_said = model.upper_bounds.is_said
    floors = [0.0, *at_high[inside & is_said], *here[free & low]]
    ceilings = [*at_low[inside], *here[free & high & ~low]]
    for i in others:
        # The row's own price plus the budget's is fixed by its members; it must keep its sign.
        level = price + float(solution.row_prices[i])
        (ceilings if model.rows[i].sense == "<=" else floors if model.rows[i].sense == ">=" else []).append(level)
    return min(price, max(floors)), max(price, min(ceilings, default=price))


def _spend_at(model: Model, spend: Array, free: Mask, price: float) -> Array:
    wished = best_spend(model=model, worth=model.weight, price=np.full(model.count, model.cost + min(price, 1e300)))
    return np.where(free, wished, spend)


def _reach(model: Model, spend: Array, free: Mask, price: float, end: float) -> float:
    """The price nearest to ``end`` at which no other rule is broken (the budget itself is what moves)."""
    if not np.isfinite(end):
        end = 1e6 * max(price, 1e-300)
    if _keeps_rules(model, _spend_at(model, spend, free, end)):
        return end
    kept, broken = price, end
    for _ in range(_HALVINGS):
        middle = 0.5 * (kept + broken)
        if _keeps_rules(model, _spend_at(model, spend, free, middle)):
            kept = middle
        else:
            broken = middle
    return kept


def _keeps_rules(model: Model, spend: Array) -> bool:
    return feasibility_residual(model=model, spend=spend, rows=model.rows[1:]) <= 1e-6
