"""Nothing or at least so much: decide cell by cell by branch and bound, whatever method solves each case.

An undecided cell may spend anything, its response below the least spend replaced by the straight line from nothing to
there: the concave envelope, exact at both ends. A case whose bound (the certificate's, not the solver's) does not
exceed the best split found is closed. The largest bound of the closed cases proves the answer.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from campaigns.optimization.cell_bounds import Bound
from campaigns.optimization.certificate import dual_bound
from campaigns.optimization.curves import Array
from campaigns.optimization.model import Model
from campaigns.optimization.solution import Infeasible, NotConverged, Solution

MOST_CASES = 300
ENOUGH = 1e-7


class Solve(Protocol):
    """A method: the best split of one case."""

    def __call__(self, *, model: Model) -> Solution: ...


@dataclass(frozen=True, kw_only=True)
class Case:
    """A solved case and an objective that no split of it exceeds; of all cases when it is the answer."""

    model: Model
    solution: Solution
    bound: float
    objective: float


def solve_cases(*, model: Model, solve: Solve) -> Case:
    """The best split in which every cell with a least spend gets nothing or at least that.

    Raises:
        Infeasible: no case keeps all rules.
        NotConverged: from the method, or more than ``MOST_CASES`` cases were open.
    """
    return branch_and_bound(model=model, solved=lambda case: _solved(case, solve), enough=ENOUGH, most_cases=MOST_CASES)


def branch_and_bound(*, model: Model, solved: Callable[[Model], Case | None], enough: float, most_cases: int) -> Case:
    """The same for any objective: ``solved`` gives the best split of a case, None where none keeps the rules.

    Args:
        enough: a case that is better by less than this part is closed.

    Raises:
        Infeasible, NotConverged: as ``solve_cases``.
    """
    root = with_envelopes(model)
    first = solved(root)
    if first is None:
        raise Infeasible("No split keeps all rules.")
    if not root.start.any():
        return first
    return _branch(first, solved, enough, most_cases)


def _branch(first: Case, solved: Callable[[Model], Case | None], enough: float, most_cases: int) -> Case:
    best = _rounded_best(first, solved)
    waiting, closed, count = [(-first.bound, 0, first)], -np.inf, 2
    while waiting:
        _, _, case = heapq.heappop(waiting)
        cell = most_torn(case)
        if best is not None and case.bound <= best.objective + enough * abs(best.objective):
            closed = max(closed, case.bound)
            continue
        if cell is None:
            # A case whose every cell is decided by its own split is as good as its bound.
            best = case if best is None or case.objective > best.objective else best
            closed = max(closed, case.bound)
            continue
        if count >= most_cases:
            raise NotConverged(f"More than {most_cases} combinations of least spends are open; loosen that rule.")
        for child in decided(case.model, cell):
            count += 1
            found = solved(child)
            if found is not None:
                heapq.heappush(waiting, (-found.bound, count, found))
    if best is None:
        raise Infeasible("No split keeps all rules.")
    return replace(best, bound=max(closed, best.objective))


def _solved(model: Model, solve: Solve) -> Case | None:
    try:
        solution = solve(model=model)
    except Infeasible:
        return None
    return Case(
        model=model,
        solution=solution,
        bound=dual_bound(model=model, solution=solution),
        objective=model.objective(spend=solution.spend),
    )


def _rounded_best(case: Case, solved: Callable[[Model], Case | None]) -> Case | None:
    """The best split with every undecided cell on its nearer side, where that can be."""
    try:
        return solved(rounded(case.model, case.solution.spend))
    except Infeasible:
        return None


def with_envelopes(model: Model) -> Model:
    """Settle the cells that other bounds decide; give the others their envelope."""
    start = np.zeros(model.count)
    settled = model
    for i, least in model.least_spend.items():
        if model.lower[i] >= least.amount:
            continue
        if model.lower[i] > 0.0:
            settled = _switched_on(settled, i, least)
        elif model.upper[i] < least.amount:
            settled = _switched_off(settled, i, least)
        else:
            start[i] = least.amount
    return replace(settled, start=start)


def most_torn(case: Case) -> int | None:
    """The undecided cell whose spend lies deepest between nothing and its least; None when there is none."""
    spend, start = case.solution.spend, case.model.start
    share = np.divide(spend, start, out=np.zeros_like(spend), where=start > 0.0)
    torn = np.minimum(share, 1.0 - share)
    cell = int(np.argmax(torn))
    return cell if torn[cell] > 1e-7 else None


def rounded(model: Model, spend: Array) -> Model:
    """Every undecided cell switched to the side that is nearer to what it spends: a first split to beat.

    Raises:
        Infeasible: a least spend is above the most that its cell may spend.
    """
    for i in np.flatnonzero(model.start > 0.0).tolist():
        least = model.least_spend[i]
        is_on = spend[i] >= 0.5 * least.amount
        model = _switched_on(model, i, least) if is_on else _switched_off(model, i, least)
    return model


def decided(model: Model, cell: int) -> Iterator[Model]:
    """The case with the cell at its least spend or more, and with nothing for it."""
    least = model.least_spend[cell]
    yield _switched_on(model, cell, least)
    yield _switched_off(model, cell, least)


def _switched_on(model: Model, cell: int, least: Bound) -> Model:
    lower, start = model.lower.copy(), model.start.copy()
    lower[cell], start[cell] = least.amount, 0.0
    bounds = model.lower_bounds.with_bound(cell, least)
    if least.amount > model.upper[cell]:
        raise Infeasible(f"“{least.source}” asks for more than the most a cell may spend.")
    return replace(model, lower=lower, start=start, lower_bounds=bounds)


def _switched_off(model: Model, cell: int, least: Bound) -> Model:
    upper, start = model.upper.copy(), model.start.copy()
    upper[cell], start[cell] = 0.0, 0.0
    bounds = model.upper_bounds.with_bound(cell, replace(least, amount=0.0))
    return replace(model, upper=upper, start=start, upper_bounds=bounds)
