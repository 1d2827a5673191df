"""Prove how good a split is, without trusting the solver that found it.

With prices on the rows the Lagrangian falls apart into one concave function of one variable per cell, each maximised
here on its own. Their sum bounds the best objective any split can reach (weak duality; Boyd and Vandenberghe, Convex
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


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """The proof that travels with a plan.

    Attributes:
        gap: how much better any split could be, relative to this one's objective; at least 0.
        marginal_mismatch: largest difference between a cell's marginal return and its price, relative to the price,
            counted only where the cell is free to move that way.
        feasibility_residual: largest breach of a rule, relative to the budget (money) or to the revenue asked (ROAS).
        bound: no feasible split reaches more than this, objective units.
    """

    gap: float
    marginal_mismatch: float
    feasibility_residual: float
    bound: float

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
    return Certificate(
        gap=abs(bound - objective) / _scale(model, bound, objective, solution.spend),
        marginal_mismatch=_marginal_mismatch(model, solution.spend, *prices),
        feasibility_residual=feasibility_residual(model=model, spend=solution.spend),
        bound=bound,
    )


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
    price = np.full(model.count, model.cost) + _signed(model, solution.row_prices) @ model.row_matrix()
    for row, multiplier in zip(model.roas_rows, np.maximum(solution.roas_prices, 0.0), strict=True):
        worth[row.members] += multiplier
        price[row.members] += multiplier * row.floor
    return worth, price


def dual_bound(*, model: Model, solution: Solution) -> float:
    """An objective that no feasible split exceeds."""
    worth, price = cell_prices(model=model, solution=solution)
    best = best_spend(model=model, worth=worth, price=price)
    gains = worth @ model.revenue(spend=best) - price @ best
    bounds = np.array([row.bound for row in model.rows])
    return float(gains + _signed(model, solution.row_prices) @ bounds)


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
        excess = (float(spend[row.members].sum()) - row.bound) / model.unit
        breaches.append({"<=": excess, ">=": -excess, "==": abs(excess)}[row.sense])
    revenue = model.revenue(spend=spend)
    for roas in model.roas_rows:
        asked = roas.floor * float(spend[roas.members].sum())
        if asked > 0.0:
            breaches.append((asked - float(revenue[roas.members].sum())) / asked)
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
