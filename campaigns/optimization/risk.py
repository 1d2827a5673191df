"""Allocate for the worst draws: the split whose worst share does best, beside the one that is best on average."""

from dataclasses import replace

import numpy as np

from campaigns.optimization.allocation import BANDIT, Allocation, allocate
from campaigns.optimization.answers import marginal_revenue, refused_answer
from campaigns.optimization.cells import table_of
from campaigns.optimization.certificate import Certificate, feasibility_residual
from campaigns.optimization.draws import draws_together
from campaigns.optimization.fields import ProblemError
from campaigns.optimization.problem import Problem
from campaigns.optimization.robust import RobustSplit, allocate_robust
from campaigns.optimization.solution import Infeasible, NotConverged
from campaigns.optimization.sureness import Risk, drawn_model, sureness_of
from campaigns.optimization.tightness import binding_names
from campaigns.optimization.wording import OBJECTIVE_WORDS, outcome_in_words, share_in_words

_SOLVER = "auto"


def allocate_for_worst(*, problem: Problem, share: float, method: str) -> Allocation:
    """The split whose worst ``share`` of draws has the highest mean.

    ``method`` finds the split that is best on average, which the answer is compared with. Rules have no prices here:
    what they are worth differs from draw to draw.

    Raises:
        ProblemError: the method explores, or the cells have no draws in common.
    """
    if method == BANDIT:
        raise ProblemError("Risk and exploring together", f"{BANDIT!r} seeks what is unsure; choose another.", "risk")
    average = allocate(problem=replace(problem, worst_share=None), method=method, ranges=False)
    if not average.has_split:
        return average
    try:
        found = allocate_robust(problem=problem, share=share)
    except (Infeasible, NotConverged) as refusal:
        return refused_answer(problem=problem, method=method, reason=str(refusal), certificate=None)
    return _answered(problem, share, average, found)


def _answered(problem: Problem, share: float, average: Allocation, found: RobustSplit) -> Allocation:
    model = drawn_model(problem=problem)
    certificate = Certificate(
        gap=found.gap,
        marginal_mismatch=np.nan,
        feasibility_residual=feasibility_residual(model=model, spend=found.spend),
        bound=found.bound,
    )
    risk = Risk(
        worst_share=share,
        draws=draws_together(responses=model.responses),
        bound=found.bound,
        chosen=found.sureness,
        best_on_average=sureness_of(problem=problem, spend=np.array(list(average.spend.values())), share=share),
    )
    return replace(
        average,
        solved_by=_SOLVER,
        objective=model.objective(spend=found.spend),
        spend=dict(zip(table_of(cells=problem.cells).ids, found.spend.tolist(), strict=True)),
        marginal_revenue=marginal_revenue(problem, model, found.spend),
        certificate=certificate,
        shadow_prices={},
        binding=binding_names(model=model, spend=found.spend),
        notes=(_note(problem, risk),),
        risk=risk,
    )


def _note(problem: Problem, risk: Risk) -> str:
    def words(outcome: float) -> str:
        return outcome_in_words(outcome, problem.objective, problem.currency)

    chosen, average = risk.chosen, risk.best_on_average
    return (
        f"This split is chosen for the worst {share_in_words(risk.worst_share)} of {risk.draws} draws: there it brings "
        f"{words(chosen.worst)} {OBJECTIVE_WORDS[problem.objective]} on average, "
        f"{words(chosen.worst - average.worst)} more than the split that is best over all draws, and over all draws "
        f"{words(average.mean - chosen.mean)} less. Worths of rules are not given: they differ from draw to draw."
    )
