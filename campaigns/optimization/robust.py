"""Robust mode: the split whose worst draws do best, and how sure any split is.

The mean of the worst share of draws (CVaR; Rockafellar and Uryasev 2000) is the least weighted mean over all weights of
the draws of which none exceeds 1 / (share * n_draws). For given weights the best split is an ordinary allocation with
every draw's revenue weighted. Weights and splits are found in turn by cutting planes (Kelley 1960): each split bounds
what weights can do, and the mixture of splits that a linear programme finds is a feasible split, because rules and
responses are concave. The bound and the mixture's own worst draws prove each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linprog

from campaigns.optimization.auto import solve
from campaigns.optimization.certificate import dual_bound, feasibility_residual
from campaigns.optimization.curves import Array
from campaigns.optimization.model import Model, build_model
from campaigns.optimization.problem import Problem
from campaigns.optimization.responses import scaled_responses
from campaigns.optimization.solution import NotConverged

_ROUNDS = 80
LARGEST_GAP = 1e-3
_ENOUGH = 1e-5
_RESIDUAL = 1e-7


class NoDraws(Exception):
    """The cells have no draws, or different numbers of them, so nothing is known of what varies together."""


@dataclass(frozen=True, kw_only=True)
class Sureness:
    """What a split brings over the draws.

    Attributes:
        mean: expected objective.
        worst: mean objective of the worst share of draws.
        floor_chance: probability that attributed revenue is at least the floor times spend; None without a floor.
        beats_current: probability that the split brings more than the current one.
    """

    mean: float
    worst: float
    floor_chance: float | None
    beats_current: float


@dataclass(frozen=True, kw_only=True)
class RobustSplit:
    """The split with the best worst draws; ``gap`` is how much better any could be, relative."""

    spend: Array
    sureness: Sureness
    bound: float
    gap: float


def sureness_of(*, problem: Problem, spend: Array, share: float, roas_floor: float | None = None) -> Sureness:
    """How sure a split is, over the draws of the responses; ``share`` is the part of draws that counts as worst."""
    model = build_model(problem=problem)
    outcomes = outcomes_by_draw(model=model, spend=spend)
    current = np.array([cell.current for cell in problem.cells])
    earned = _revenue_by_draw(model, spend).sum(axis=0)
    return Sureness(
        mean=float(outcomes.mean()),
        worst=worst_mean(outcomes=outcomes, share=share),
        floor_chance=None if roas_floor is None else float(np.mean(earned >= roas_floor * spend.sum())),
        beats_current=float(np.mean(outcomes > outcomes_by_draw(model=model, spend=current))),
    )


def outcomes_by_draw(*, model: Model, spend: Array) -> Array:
    """The objective in each draw, shape (n_draws,).

    Raises:
        NoDraws: no draws, or not the same number of them in every cell that has any.
    """
    outcomes: Array = model.weight @ _revenue_by_draw(model, spend) - model.cost @ spend
    return outcomes


def worst_mean(*, outcomes: Array, share: float) -> float:
    """Mean of the worst ``share`` of equally likely outcomes; the last one counted in part."""
    return float(np.sort(outcomes) @ _worst_weights(outcomes.size, share))


def allocate_robust(*, problem: Problem, share: float, roas_floor: float | None = None) -> RobustSplit:
    """The split whose worst ``share`` of draws has the highest mean.

    Raises:
        NoDraws: as ``outcomes_by_draw``.
        NotConverged: the gap stayed open, or the problem has a ROAS floor, which holds for means and not for weights.
        Infeasible: no split keeps all rules.
    """
    model = build_model(problem=problem)
    if model.roas_rows or model.least_spend:
        raise NotConverged("Robust splits know neither ROAS floors nor least spends; ask for the chance of the floor.")
    count = outcomes_by_draw(model=model, spend=np.zeros(model.count)).size
    weights, cap = np.full(count, 1.0 / count), 1.0 / (share * count)
    splits: list[Array] = []
    bound, best, best_worst = np.inf, model.lower, -np.inf
    for _ in range(_ROUNDS):
        weighted = replace(model, responses=scaled_responses(responses=model.responses, factors=weights * count))
        solution = solve(model=weighted)
        bound = min(bound, dual_bound(model=weighted, solution=solution))
        splits.append(solution.spend)
        outcomes = [outcomes_by_draw(model=model, spend=split) for split in splits]
        weights, parts = _master(outcomes, min(cap, 1.0))
        for tried in (solution.spend, parts @ np.array(splits)):
            worst = worst_mean(outcomes=outcomes_by_draw(model=model, spend=tried), share=share)
            best, best_worst = (tried, worst) if worst > best_worst else (best, best_worst)
        if bound - best_worst <= _ENOUGH * abs(bound):
            break
    gap = (bound - best_worst) / max(abs(bound), 1e-300)
    if gap > LARGEST_GAP or feasibility_residual(model=model, spend=best) > _RESIDUAL:
        raise NotConverged(f"The robust split could still be {gap:.2g} below the best.")
    sureness = sureness_of(problem=problem, spend=best, share=share, roas_floor=roas_floor)
    return RobustSplit(spend=best, sureness=sureness, bound=bound, gap=max(gap, 0.0))


def _master(outcomes: Sequence[Array], cap: float) -> tuple[Array, Array]:
    """Weights of draws under which even the best split so far does worst, and the mixture of splits that proves it."""
    table = np.array(outcomes)
    count = table.shape[1]
    scale = float(np.max(np.abs(table))) or 1.0
    found = linprog(
        c=np.concatenate([np.zeros(count), [1.0]]),
        A_ub=np.column_stack([table / scale, -np.ones(len(outcomes))]),
        b_ub=np.zeros(len(outcomes)),
        A_eq=np.concatenate([np.ones(count), [0.0]])[None],
        b_eq=[1.0],
        bounds=[(0.0, cap)] * count + [(None, None)],
        method="highs",
    )
    if found.status != 0:
        raise NotConverged("The weights of the draws could not be found.")
    parts = np.maximum(-np.asarray(found.ineqlin.marginals), 0.0)
    weights = np.asarray(found.x, dtype=np.float64)[:count]
    return np.maximum(weights, 0.0), parts / parts.sum()


def _worst_weights(count: int, share: float) -> Array:
    counted = share * count
    weights: Array = np.clip(counted - np.arange(count), 0.0, 1.0) / counted
    return weights


def _revenue_by_draw(model: Model, spend: Array) -> Array:
    """Attributed revenue, shape (n_cells, n_draws); a cell without draws brings the same in each."""
    sizes = {group.shape.until.shape[1] for group in model.responses.groups} - {1}
    if len(sizes) != 1:
        found = "none" if not sizes else " and ".join(map(str, sorted(sizes)))
        raise NoDraws(f"Every cell with draws needs the same number of them; found {found}.")
    revenue = np.empty((model.count, sizes.pop()))
    for group in model.responses.groups:
        revenue[group.cells] = group.shape.value(spend[group.cells][:, None])
    return revenue
