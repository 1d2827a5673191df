"""Robust mode: the split whose worst draws do best, and how sure any split is."""

from dataclasses import dataclass

from campaigns.optimization.branching import Case, branch_and_bound
from campaigns.optimization.certificate import feasibility_residual
from campaigns.optimization.curves import Array
from campaigns.optimization.model import Model
from campaigns.optimization.problem import Problem
from campaigns.optimization.solution import Infeasible, NotConverged
from campaigns.optimization.sureness import Sureness, drawn_model, sureness_of
from campaigns.optimization.worst_draws import as_solution, best_in_worst_draws, worst_of

LARGEST_GAP = 1e-3
_CLOSED, _MOST_CASES = 2e-4, 60
_RESIDUAL = 1e-7


@dataclass(frozen=True, kw_only=True)
class RobustSplit:
    """The split with the best worst draws; ``gap`` is how much better any could be, relative."""

    spend: Array
    sureness: Sureness
    bound: float
    gap: float


def allocate_robust(*, problem: Problem, share: float, roas_floor: float | None = None) -> RobustSplit:
    """The split whose worst ``share`` of draws has the highest mean; ROAS floors hold for the mean over the draws.

    Raises:
        NoDraws: as ``sureness_of``.
        NotConverged: the gap stayed open.
        Infeasible: no split keeps all rules.
    """
    if not 0.0 < share <= 1.0:
        raise ValueError(f"The share of worst draws must be above 0 and at most 1, not {share}.")
    model = drawn_model(problem=problem)

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
