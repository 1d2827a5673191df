"""Robust mode: the split whose worst draws do best, and how sure any split is."""

from dataclasses import dataclass

import numpy as np

from campaigns.optimization.branching import Case, branch_and_bound
from campaigns.optimization.certificate import feasibility_residual
from campaigns.optimization.curves import Array
from campaigns.optimization.draws import NoDraws, draws_together, revenue_by_draw
from campaigns.optimization.model import Model, build_model
from campaigns.optimization.problem import Problem
from campaigns.optimization.solution import Infeasible, NotConverged
from campaigns.optimization.worst_draws import (
    as_solution,
    best_in_worst_draws,
    outcomes_by_draw,
    worst_mean,
    worst_of,
)

__all__ = ["NoDraws", "RobustSplit", "Sureness", "allocate_robust", "sureness_of", "worst_mean"]

LARGEST_GAP = 1e-3
_CLOSED, _MOST_CASES = 2e-4, 60
_RESIDUAL = 1e-7


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
    """How sure a split is, over the draws of the responses; ``share`` is the part of draws that counts as worst.

    Without a floor given, the problem's own for the whole plan is meant.

    Raises:
        NoDraws: no draws, or not the same number of them in every cell that has any.
    """
    model = _drawn_model(problem)
    outcomes = outcomes_by_draw(model=model, spend=spend)
    current = np.array([cell.current for cell in problem.cells])
    earned = revenue_by_draw(model=model, spend=spend).sum(axis=0)
    own = [rule.value for rule in problem.rules if rule.kind == "roas_floor" and not rule.path]
    floor = max(own, default=None) if roas_floor is None else roas_floor
    return Sureness(
        mean=float(outcomes.mean()),
        worst=worst_mean(outcomes=outcomes, share=share),
        floor_chance=None if floor is None else float(np.mean(earned >= floor * spend.sum())),
        beats_current=float(np.mean(outcomes > outcomes_by_draw(model=model, spend=current))),
    )


def allocate_robust(*, problem: Problem, share: float, roas_floor: float | None = None) -> RobustSplit:
    """The split whose worst ``share`` of draws has the highest mean; ROAS floors hold for the mean over the draws.

    Raises:
        NoDraws: as ``sureness_of``.
        NotConverged: the gap stayed open.
        Infeasible: no split keeps all rules.
    """
    if not 0.0 < share <= 1.0:
        raise ValueError(f"The share of worst draws must be above 0 and at most 1, not {share}.")
    model = _drawn_model(problem)

    def solved(case: Model) -> Case | None:
        try:
            found = best_in_worst_draws(model=case, share=share)
        except Infeasible:
            return None
        solution = as_solution(model=case, found=found)
        return Case(model=case, solution=solution, bound=found.bound, objective=found.worst)

    best = branch_and_bound(model=model, solved=solved, enough=_CLOSED, most_cases=_MOST_CASES)
    spend, bound = best.solution.spend, best.bound
    gap = (bound - worst_of(model=model, spend=spend, share=share)) / max(abs(bound), 1e-300)
    if gap > LARGEST_GAP or feasibility_residual(model=best.model, spend=spend) > _RESIDUAL:
        raise NotConverged(f"The robust split could still be {gap:.2g} below the best.")
    sureness = sureness_of(problem=problem, spend=spend, share=share, roas_floor=roas_floor)
    return RobustSplit(spend=spend, sureness=sureness, bound=bound, gap=max(gap, 0.0))


def _drawn_model(problem: Problem) -> Model:
    model = build_model(problem=problem)
    if draws_together(responses=model.responses) == 1:
        raise NoDraws("No cell has draws, so nothing is known of how unsure its response is.")
    return model
