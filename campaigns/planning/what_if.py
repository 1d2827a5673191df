"""A plan asked what would be: another budget, every budget, each rule and assumption a little other. No fitting.

The mean curves are tabulated once; each budget is answered from the tables. Rules that cut across each other cannot be
tabulated: they are allocated anew for each question, which the answer says.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from campaigns.optimization.allocation import Allocation, allocate
from campaigns.optimization.cells import table_of
from campaigns.optimization.problem import Problem, problem_from_json
from campaigns.optimization.tornado import SHIFT, Bar, tornado
from campaigns.optimization.what_if import NotPrepared, Prepared, prepare, solve_again
from campaigns.planning.cells import PlannedCell
from campaigns.planning.evaluation import Array, ResponseDraws, outcome_of
from campaigns.planning.problem import BuiltProblem, build_problem, held_amounts
from campaigns.planning.proposal import ProposalInputs, response_draws

LEAST, MOST, POINTS, FEW_POINTS = 0.25, 2.0, 22, 8
BANDS = (5.0, 10.0, 90.0, 95.0)


@dataclass(frozen=True, kw_only=True)
class Point:
    """One budget of the frontier.

    Attributes:
        spend: per cell, shape (n_cells,); None where no split keeps the rules.
        margin: expected incremental margin.
        band: its 5th, 10th, 90th and 95th percentile over the draws.
        price: objective that the next unit of spendable money brings.
    """

    budget: float
    spend: Array | None
    margin: float = 0.0
    band: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    price: float = 0.0

    @property
    def is_feasible(self) -> bool:
        return self.spend is not None


@dataclass(frozen=True, kw_only=True)
class Questioned:
    """A plan ready to be asked."""

    inputs: ProposalInputs
    cells: tuple[PlannedCell, ...]
    built: BuiltProblem
    problem: Problem
    response: ResponseDraws
    tables: Prepared | None

    @property
    def is_tabulated(self) -> bool:
        return self.tables is not None


def ready_to_ask(*, inputs: ProposalInputs, cells: tuple[PlannedCell, ...]) -> Questioned:
    """Tabulate a plan's mean curves.

    Raises:
        UnknownName: a constraint names something that no cell has.
    """
    built = build_problem(constraints=inputs.constraints, currency=inputs.currency, cells=cells, beliefs=inputs.beliefs)
    problem = replace(problem_from_json(built.document), target=None)
    try:
        tables = prepare(problem=problem)
    except NotPrepared:
        tables = None
    response = response_draws(cells=cells, beliefs=inputs.beliefs, seed=inputs.seed)
    return Questioned(inputs=inputs, cells=cells, built=built, problem=problem, response=response, tables=tables)


def problem_at(*, asked: Questioned, budget: float) -> Problem:
    """The plan's problem with another budget; cells held for want of data move with it, as in a plan of that budget."""
    held = held_amounts(cells=asked.cells, constraints=dict(asked.inputs.constraints) | {"budget": budget})
    table = table_of(cells=asked.problem.cells)
    floor, cap = table.numbers["floor"].copy(), table.numbers["cap"].copy()
    for place, key in enumerate(table.ids):
        if key in held:
            floor[place] = cap[place] = held[key]
    cells = replace(table, numbers={**table.numbers, "floor": floor, "cap": cap})
    return replace(asked.problem, budget=budget, cells=cells)


def allocation_at(*, asked: Questioned, budget: float) -> Allocation:
    """The whole answer for one budget: split, proof, what binds, and what each rule is worth in which range."""
    return allocate(problem=problem_at(asked=asked, budget=budget), method="auto")


def frontier(*, asked: Questioned, share_from: float = LEAST, share_to: float = MOST) -> tuple[Point, ...]:
    """The best expected margin of each budget from a quarter to twice the plan's, the plan's own among them."""
    own = float(asked.inputs.constraints["budget"])
    count = POINTS if asked.is_tabulated else FEW_POINTS
    shares = np.unique(np.append(np.linspace(share_from, share_to, count), 1.0))
    solve = _from_tables(asked) if asked.is_tabulated else _anew
    return tuple(
        point_of(asked=asked, budget=own * share, solved=solve(problem_at(asked=asked, budget=own * share)))
        for share in shares.tolist()
    )


def point_of(*, asked: Questioned, budget: float, solved: tuple[Array | None, float]) -> Point:
    """A split evaluated in all draws."""
    spend, price = solved
    if spend is None:
        return Point(budget=budget, spend=None)
    margin = outcome_of(spend=spend, response=asked.response).total("incremental_margin")
    low, lower, upper, high = (float(value) for value in np.percentile(margin, BANDS))
    return Point(budget=budget, spend=spend, margin=float(margin.mean()), band=(low, lower, upper, high), price=price)


def tornado_bars(*, asked: Questioned, shift: float = SHIFT) -> tuple[Bar, ...] | None:
    """Each rule and assumption moved both ways alone, the longest bar first; None where rules cut across each other."""
    return tornado(problem=asked.problem, shift=shift) if asked.is_tabulated else None


def split_by_retailer(*, cells: Sequence[PlannedCell], spend: Array) -> Mapping[str, float]:
    """Spend by retailer id."""
    totals: dict[str, float] = {}
    for cell, amount in zip(cells, spend.tolist(), strict=True):
        totals[cell.history.path[1]] = totals.get(cell.history.path[1], 0.0) + amount
    return totals


def _from_tables(asked: Questioned) -> Callable[[Problem], tuple[Array | None, float]]:
    def solve(problem: Problem) -> tuple[Array | None, float]:
        if asked.tables is None:
            return _anew(problem)
        answer = solve_again(prepared=asked.tables, problem=problem)
        return (answer.spend, answer.price_of_money) if answer.status == "optimal" else (None, 0.0)

    return solve


def _anew(problem: Problem) -> tuple[Array | None, float]:
    found = allocate(problem=problem, method="lp")
    if found.status != "optimal":
        return None, 0.0
    price: Any = found.shadow_prices.get("budget")
    return np.array(list(found.spend.values())), price.value if price else 0.0
