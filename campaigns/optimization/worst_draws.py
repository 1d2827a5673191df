"""The split of one case whose worst draws do best, by cutting planes.

The mean of the worst share of draws (CVaR; Rockafellar and Uryasev 2000) is the least weighted mean over all weights of
the draws of which none exceeds 1 / (share * n_draws). ROAS floors, which hold for means over the draws, are prices
beside those weights. At given weights and prices the best split is an ordinary allocation on the tree; what it brings
is at least what any split that keeps the floors brings in its worst draws. Weights, prices and splits are found in turn
(Kelley 1960): each split bounds what weights can do, and the mixture of splits that a linear programme finds keeps the
floors, because rules and responses are concave. The bound and the mixture's own worst draws prove each other.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linprog

from campaigns.optimization.auto import solve
from campaigns.optimization.certificate import dual_bound
from campaigns.optimization.curves import Array
from campaigns.optimization.draws import draws_together
from campaigns.optimization.model import Model
from campaigns.optimization.projection import pulled_in
from campaigns.optimization.responses import Responses
from campaigns.optimization.solution import NotConverged, Solution
from campaigns.optimization.sureness import outcomes_by_draw, worst_mean

_ROUNDS = 80
_ENOUGH = 1e-5
_MOST, _FURTHER = 1e3, 1e2  # prices of floors, in worths of revenue


@dataclass(frozen=True, kw_only=True)
class WorstDraws:
    """The split found, what its worst draws bring on average, and what no split's exceed."""

    spend: Array
    worst: float
    bound: float


@dataclass(frozen=True, kw_only=True)
class _Master:
    """Weights of draws and prices of floors under which even the best split so far does worst; and its mixture."""

    weights: Array
    prices: Array
    parts: Array


def best_in_worst_draws(*, model: Model, share: float) -> WorstDraws:
    """The best split of a case without undecided least spends, or of its envelope.

    Raises:
        NoDraws: the cells have different numbers of draws.
        NotConverged: from the allocation of one round.
        Infeasible: no split keeps all rules.
    """
    count = draws_together(responses=model.responses)
    plain = solve(model=model)
    usual, most = float(model.weight.max()) or 1.0, _MOST
    weights, prices = np.full(count, 1.0 / count), np.maximum(plain.roas_prices, 0.0)
    splits = [plain.spend]
    best, best_worst, bound = plain.spend, worst_of(model=model, spend=plain.spend, share=share), np.inf
    for _ in range(_ROUNDS):
        case = _weighted(model, weights, prices)
        solution = solve(model=case)
        bound = min(bound, dual_bound(model=case, solution=solution))
        splits.append(solution.spend)
        master = _master(model, splits, min(1.0 / (share * count), 1.0), usual, most)
        weights, prices = master.weights, master.prices
        most *= _FURTHER if np.any(prices > 0.99 * most * usual) else 1.0
        for tried in (solution.spend, master.parts @ np.array(splits)):
            kept = pulled_in(model=model, spend=tried, kept=plain.spend)
            worst = worst_of(model=model, spend=kept, share=share)
            best, best_worst = (kept, worst) if worst > best_worst else (best, best_worst)
        if bound - best_worst <= _ENOUGH * abs(bound):
            break
    return WorstDraws(spend=best, worst=best_worst, bound=bound)


def worst_of(*, model: Model, spend: Array, share: float) -> float:
    """Mean objective of a split's worst ``share`` of draws."""
    return worst_mean(outcomes=outcomes_by_draw(model=model, spend=spend), share=share)


def as_solution(*, model: Model, found: WorstDraws) -> Solution:
    """The split without prices, for whoever decides least spends by it."""
    return Solution(spend=found.spend, row_prices=np.zeros(len(model.rows)), roas_prices=np.zeros(len(model.roas_rows)))


def _weighted(model: Model, weights: Array, prices: Array) -> Model:
    """The model in which each draw counts by its weight and the floors are prices; responses are in the objective."""
    priced, cost = np.zeros(model.count), model.cost.copy()
    for row, price in zip(model.roas_rows, prices.tolist(), strict=True):
        priced[row.cells] += price
        cost[row.cells] += price * row.floor
    return replace(
        model,
        responses=_scaled(model.responses, model.weight, priced, weights * weights.size),
        weight=np.ones(model.count),
        cost=cost,
        roas_rows=(),
    )


def _scaled(responses: Responses, worth: Array, priced: Array, counted: Array) -> Responses:
    """Revenue of each draw times its cell's worth and its own weight, plus what the floors pay for it in every draw."""
    groups = []
    for group in responses.groups:
        by_draw = counted if group.shape.until.shape[1] > 1 else np.ones(1)
        factors = worth[group.cells][:, None] * by_draw + priced[group.cells][:, None]
        groups.append(replace(group, shape=group.shape.scaled(factors)))
    return replace(responses, groups=tuple(groups))


def _surplus(model: Model, spend: Array) -> Array:
    """Revenue beyond what each ROAS floor asks, shape (n_floors,)."""
    revenue = model.revenue(spend=spend)
    return np.array(
        [float(revenue[row.cells].sum()) - row.floor * float(spend[row.cells].sum()) for row in model.roas_rows]
    )


def _master(model: Model, splits: list[Array], cap: float, usual: float, most: float) -> _Master:
    outcomes = np.array([outcomes_by_draw(model=model, spend=split) for split in splits])
    surplus = usual * np.array([_surplus(model, split) for split in splits]).reshape(len(splits), -1)
    draws, floors = outcomes.shape[1], surplus.shape[1]
    scale = float(np.max(np.abs(outcomes))) or 1.0
    found = linprog(
        c=np.concatenate([np.zeros(draws + floors), [1.0]]),
        A_ub=np.column_stack([outcomes / scale, surplus / scale, -np.ones(len(splits))]),
        b_ub=np.zeros(len(splits)),
        A_eq=np.concatenate([np.ones(draws), np.zeros(floors + 1)])[None],
        b_eq=[1.0],
        bounds=[(0.0, cap)] * draws + [(0.0, most)] * floors + [(None, None)],
        method="highs",
    )
    if found.status != 0:
        raise NotConverged("The weights of the draws could not be found.")
    parts = np.maximum(-np.asarray(found.ineqlin.marginals), 0.0)
    answer = np.maximum(np.asarray(found.x, dtype=np.float64), 0.0)
    return _Master(weights=answer[:draws], prices=usual * answer[draws : draws + floors], parts=parts / parts.sum())
