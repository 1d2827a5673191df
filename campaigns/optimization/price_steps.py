"""The split after a priced rule is moved by the step that its price is told for."""

from collections.abc import Mapping
from dataclasses import dataclass

from campaigns.optimization.curves import Array
from campaigns.optimization.fields import ProblemError
from campaigns.optimization.model import BUDGET
from campaigns.optimization.prices import ShadowPrice
from campaigns.optimization.problem import Problem
from campaigns.optimization.tried_ranges import with_value
from campaigns.optimization.what_if import NotPrepared, Prepared, prepare, solve_again


@dataclass(frozen=True, kw_only=True)
class Steps:
    """Best splits by one method, so that they differ by the step alone; shape (n_cells,) each.

    Attributes:
        before: as the rules stand.
        after: one step on, by rule name; rules that could not be moved are not among them.
    """

    before: Array
    after: Mapping[str, Array]


def splits_a_step_on(*, problem: Problem, prices: Mapping[str, ShadowPrice]) -> Steps | None:
    """Split again one step on from each rule; None where this plan can only be allocated anew."""
    try:
        prepared = prepare(problem=problem)
    except NotPrepared:
        return None
    before = _split(prepared, problem)
    if before is None:
        return None
    values = {BUDGET: problem.budget} | {rule.name: rule.value for rule in problem.rules}
    after = {}
    for name, price in prices.items():
        if price.step is None or name not in values:
            continue
        moved = _split(prepared, with_value(problem, name, values[name] + price.step))
        if moved is not None:
            after[name] = moved
    return Steps(before=before, after=after)


def _split(prepared: Prepared, problem: Problem) -> Array | None:
    try:
        answer = solve_again(prepared=prepared, problem=problem)
    except (NotPrepared, ProblemError):
        return None
    return answer.spend if answer.status == "optimal" else None
