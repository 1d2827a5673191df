"""Prove how good a split is, without trusting the solver that found it.

With prices on the rows the Lagrangian falls apart into one concave function of one variable per cell, each bounded
here by a tangent. Their sum bounds the best objective any split can reach (weak duality; Boyd and Vandenberghe, Convex
Optimization, section 5.2), whatever prices are used: wrong prices make the bound looser, never wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from campaigns.optimization.curves import Array
from campaigns.optimization.model import Model, Row
from campaigns.optimization.solution import NotConverged, Solution

LARGEST_GAP = 1e-6
LARGEST_RESIDUAL = 1e-7
_CLOSE = 1e-9


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """The proof that travels with a plan.

    Attributes:
        gap: how much better any split could be, relative to this one's objective; at least 0.
        marginal_mismatch: largest difference between a cell's marginal return and its price, relative to the price,
            counted only where the cell is free to move that way.
        feasibility_residual: largest breach of a rule, relative to the budget (money) or to the revenue asked (ROAS).
        bound: no feasible split reaches more than this, objective units.
        hull_gap: what concave hulls of S-shaped responses promise too much at this split, relative to the objective;
            added to ``gap`` it bounds how much better any split could be on the curves themselves.
    """

    gap: float
    marginal_mismatch: float
    feasibility_residual: float
    bound: float
    hull_gap: float = 0.0

    @property
    def is_proof(self) -> bool:
        return self.gap <= LARGEST_GAP and self.feasibility_residual <= LARGEST_RESIDUAL


def certify(*, model: Model, solution: Solution, bound: float | None = None) -> Certificate:
    """Measure gap, marginal mismatch and feasibility residual of a solution.

    Args:
        bound: no split reaches more, when ``model`` is only one of several cases; else the dual bound is taken.
    """
    prices = cell_prices(model=model, solution=solution)
    bound = dual_bound(model=model, solution=solution) if bound is None else bound
    objective = model.objective(spend=solution.spend)
    scale = _scale(model, bound, objective, solution.spend)
    return Certificate(
        gap=abs(bound - objective) / scale,
        marginal_mismatch=_marginal_mismatch(model, solution.spend, *prices),
        feasibility_residual=feasibility_residual(model=model, spend=solution.spend),
        bound=bound,
        hull_gap=hull_promise(model=model, spend=solution.spend) / scale,
    )


def hull_promise(*, model: Model, spend: Array) -> float:
    """Objective that the hulls promise beyond the curves themselves at a split, objective units; at least 0.

    A split that is best on the hulls is at most so far from the best on the curves, because no curve lies above its
    hull.
    """
    if not model.responses.hull_ends().any():
        return 0.0
    beyond = model.responses.values(spend=spend) - model.responses.unhulled(spend=spend)
    return float(model.weight @ np.maximum(beyond, 0.0))


def _scale(model: Model, bound: float, objective: float, spend: Array) -> float:
    """What the gap is relative to: the objective, or what the budget could earn where the rules leave nothing."""
    scale = max(abs(bound), abs(objective), float(model.weight @ model.revenue(spend=spend)))
    return scale if scale > 1e-9 * model.revenue_unit else model.revenue_unit


def require_proof(certificate: Certificate) -> None:
    """Refuse a split that is not proven.

    Raises:
        NotConverged: gap or residual is above its limit.
    """
    if not certificate.is_proof:
        raise NotConverged(
            f"The best split found could still be {certificate.gap:.2g} of the objective below the optimum, or breaks "
            f"a rule by {certificate.feasibility_residual:.2g} of the budget; the limits are {LARGEST_GAP:g} and "
            f"{LARGEST_RESIDUAL:g}."
        )


def cell_prices(*, model: Model, solution: Solution) -> tuple[Array, Array]:
    """Per cell: objective per unit of revenue, and objective that one unit of money must earn; each (n_cells,)."""
    worth = model.weight.copy()
    price = model.cost.copy()
    for linear, multiplier in zip(model.rows, _signed(model, solution.row_prices).tolist(), strict=True):
        if multiplier:
            price[linear.cells] += multiplier
    for row, multiplier in zip(model.roas_rows, np.maximum(solution.roas_prices, 0.0), strict=True):
        worth[row.cells] += multiplier
        price[row.cells] += multiplier * row.floor
    return worth, price


def dual_bound(*, model: Model, solution: Solution) -> float:
    """An objective that no feasible split exceeds.

    A cell's concave response lies under its tangent at any point, so a tangent bounds what the cell can gain at its
    price. The tangent at the split itself is tried first; where it leaves a gap, so are a second look beside it and the
    tangent at the best answer to the prices. None has to be the best point for the bound to hold.
    """
    worth, price = cell_prices(model=model, solution=solution)
    reach = reachable(model=model)
    fixed = _fixed_part(model, solution)
    objective = model.objective(spend=solution.spend)
    gains = _tangent_gains(model, solution.spend, worth, price, reach)
    looks = [_bracketed_gains, _gains_at_best]
    while looks and _is_open(model, float(gains.sum()) + fixed, objective, solution.spend):
        gains = np.minimum(gains, looks.pop(0)(model, solution, worth, price, reach))
    return float(gains.sum()) + fixed


def quick_bound(*, model: Model, solution: Solution) -> float:
    """The same, by tangents and second looks only: for plans of many draws, where searching for the best costs."""
    worth, price = cell_prices(model=model, solution=solution)
    reach = reachable(model=model)
    gains = _tangent_gains(model, solution.spend, worth, price, reach)
    gains = np.minimum(gains, _bracketed_gains(model, solution, worth, price, reach))
    return float(gains.sum()) + _fixed_part(model, solution)


def _is_open(model: Model, bound: float, objective: float, spend: Array) -> bool:
    return bound - objective > _CLOSE * _scale(model, bound, objective, spend)


def _gains_at_best(model: Model, solution: Solution, worth: Array, price: Array, reach: Array) -> Array:
    best = best_spend(model=model, worth=worth, price=price)
    return _tangent_gains(model, np.minimum(best, reach), worth, price, reach)


def _bracketed_gains(model: Model, solution: Solution, worth: Array, price: Array, reach: Array) -> Array:
    """The most a cell gains, by one more look at it than the split itself.

    Where the marginal return at the split and at ``beside`` lie on either side of the price, the best spend lies in
    between, and the gain of moving there is at most the mismatch times the distance. Elsewhere nothing is known.
    """
    if solution.beside is None:
        return np.full(model.count, np.inf)
    spend, beside = solution.spend, solution.beside
    with np.errstate(over="ignore", invalid="ignore"):
        here = worth * model.slope(spend=spend) - price
        there = worth * model.slope(spend=beside) - price
        moved = np.abs(here * (beside - spend))
    turns = ((here > 0.0) & (there <= 0.0) & (beside > spend)) | ((here < 0.0) & (there >= 0.0) & (beside < spend))
    return np.where(turns, worth * model.revenue(spend=spend) - price * spend + moved, np.inf)


def _fixed_part(model: Model, solution: Solution) -> float:
    return float(_signed(model, solution.row_prices) @ np.array([row.bound for row in model.rows]))


def reachable(*, model: Model) -> Array:
    """The most each cell can spend beside all others' least, given the rows that limit it; shape (n_cells,)."""
    reach = model.upper.copy()
    for row in model.rows:
        if row.sense != ">=":
            room = row.bound - float(model.lower[row.cells].sum())
            reach[row.cells] = np.minimum(reach[row.cells], model.lower[row.cells] + max(room, 0.0))
    return reach


def _tangent_gains(model: Model, point: Array, worth: Array, price: Array, reach: Array) -> Array:
    """The most that ``worth * revenue - price * spend`` can be between lower and reach, by the tangent at ``point``."""
    with np.errstate(over="ignore", invalid="ignore"):
        right = worth * model.slope(spend=point) - price
        left = np.where((point == model.start) & (point > 0.0), worth * model.line_slope() - price, right)
        # Where the response has a kink every slope between both sides is a tangent; the flattest gain is taken.
        surplus = np.where((right <= 0.0) & (left >= 0.0), 0.0, np.where(right > 0.0, right, left))
        up, down = surplus * (reach - point), -surplus * (point - model.lower)
        more = np.where(point < reach, up, 0.0), np.where(point > model.lower, down, 0.0)
    gains: Array = worth * model.revenue(spend=point) - price * point + np.maximum(np.maximum(*more), 0.0)
    return gains


def best_spend(*, model: Model, worth: Array, price: Array) -> Array:
    """What each cell would spend if money cost it ``price`` and revenue were worth ``worth``; shape (n_cells,)."""
    free_from = np.clip(model.start, model.lower, model.upper)
    beyond = model.responses.best_spend(weight=worth, price=price, lower=free_from, upper=model.upper)
    ends = np.stack([model.lower, beyond], axis=1)
    gains = worth[:, None] * model.revenue(spend=ends) - price[:, None] * ends
    best: Array = ends[np.arange(model.count), np.argmax(gains, axis=1)]
    return best


def feasibility_residual(*, model: Model, spend: Array, rows: Sequence[Row] | None = None) -> float:
    """Largest breach of a bound, a row (all of them, or only ``rows``) or a ROAS floor; 0 when none is broken."""
    breaches = [float(np.max(model.lower - spend)) / model.unit, float(np.max(spend - model.upper)) / model.unit]
    for row in model.rows if rows is None else rows:
        excess = (float(spend[row.cells].sum()) - row.bound) / model.unit
        breaches.append({"<=": excess, ">=": -excess, "==": abs(excess)}[row.sense])
    revenue = model.revenue(spend=spend) if model.roas_rows else spend
    for roas in model.roas_rows:
        asked = roas.floor * float(spend[roas.cells].sum())
        if asked > 0.0:
            breaches.append((asked - float(revenue[roas.cells].sum())) / asked)
    return max(0.0, *breaches)


def _signed(model: Model, row_prices: Array) -> Array:
    """Row prices with impossible signs (solver noise) set to zero, so that the bound stays valid."""
    floors = {"<=": 0.0, ">=": -np.inf, "==": -np.inf}
    ceilings = {"<=": np.inf, ">=": 0.0, "==": np.inf}
    return np.clip(row_prices, [floors[row.sense] for row in model.rows], [ceilings[row.sense] for row in model.rows])


def _marginal_mismatch(model: Model, spend: Array, worth: Array, price: Array) -> float:
    with np.errstate(over="ignore"):
        marginal = worth * model.slope(spend=spend)
    scale = np.maximum(np.abs(price), np.where(np.isfinite(marginal), marginal, 0.0))
    relative = (marginal - price) / np.where(scale > 0.0, scale, 1.0)
    slack = 1e-9 * model.unit
    may_rise, may_fall = spend < model.upper - slack, spend > model.lower + slack
    mismatch = np.maximum(np.where(may_rise, relative, 0.0), np.where(may_fall, -relative, 0.0))
    return float(np.max(mismatch, initial=0.0))
