"""How sure the worth of a rule is: what its step brings in every draw of the curves and of incrementality."""

from collections.abc import Mapping

import numpy as np

from campaigns.optimization.price_steps import splits_a_step_on
from campaigns.optimization.prices import ShadowPrice
from campaigns.optimization.problem import Problem
from campaigns.planning.evaluation import Array, Interval, ResponseDraws, interval_of, outcome_of


def price_ranges(
    *, problem: Problem, prices: Mapping[str, ShadowPrice], response: ResponseDraws
) -> dict[str, Interval]:
    """Objective gained by the step that each price is told for: mean and 90% interval over the draws, by rule name.

    The plan is split again one step on; both splits are then counted in the same draws. A price is the derivative of
    the mean (envelope theorem), so the mean of these gains agrees with it wherever the step is within its range.
    """
    steps = splits_a_step_on(problem=problem, prices=prices)
    if steps is None:
        return {}
    before = objective_by_draw(problem=problem, spend=steps.before, response=response)
    return {
        name: interval_of(objective_by_draw(problem=problem, spend=spend, response=response) - before)
        for name, spend in steps.after.items()
    }


def objective_by_draw(*, problem: Problem, spend: Array, response: ResponseDraws) -> Array:
    """What the plan maximises, in each draw, shape (n_draws,)."""
    outcome = outcome_of(spend=spend, response=response)
    if problem.objective == "units":
        prices = np.array([cell.unit_price for cell in problem.cells], dtype=np.float64)
        units: Array = (outcome.incremental_revenue / prices).sum(axis=1)
        return units
    if problem.objective == "profit":
        return outcome.total("incremental_margin") - float(spend.sum())
    return outcome.total(problem.objective)
