"""A problem as arrays: bounds, linear rows and ROAS rows, ready for any solver."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.cell_bounds import Bound, Bounds, lower_bounds, upper_bounds
from campaigns.optimization.cells import CellTable, table_of
from campaigns.optimization.curves import Array
from campaigns.optimization.problem import Problem, Rule
from campaigns.optimization.responses import Responses

BUDGET = "budget"
Mask = NDArray[np.bool_]
Positions = NDArray[np.intp]
_SENSES = {"node_cap": "<=", "node_floor": ">=", "fixed": "=="}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A linear limit on the spend of some cells.

    Attributes:
        name: the rule it comes from, or ``budget``.
        cells: which cells it sums, of ``count`` in all.
        sense: ``<=``, ``>=`` or ``==``.
        bound: currency units.
        rule: the rule, None for the budget.
    """

    name: str
    cells: Positions
    count: int
    sense: str
    bound: float
    rule: Rule | None = None

    @property
    def members(self) -> Mask:
        """Which cells it sums, as a mask of shape (n_cells,)."""
        return _mask(self.cells, self.count)


@dataclass(frozen=True, kw_only=True)
class RoasRow:
    """Attributed revenue of the members must be at least ``floor`` times their spend."""

    name: str
    cells: Positions
    count: int
    floor: float
    rule: Rule

    @property
    def members(self) -> Mask:
        """Which cells it sums, as a mask of shape (n_cells,)."""
        return _mask(self.cells, self.count)


def _mask(cells: Positions, count: int) -> Mask:
    mask = np.zeros(count, dtype=np.bool_)
    mask[cells] = True
    return mask


@dataclass(frozen=True, kw_only=True)
class Model:
    """Maximise ``sum(weight * revenue(spend) - cost * spend)`` within bounds and rows.

    Attributes:
        unit: money that one normalised unit stands for; solvers divide spend by it.
        revenue_unit: objective that one normalised unit stands for.
        weight: objective per unit of attributed revenue, shape (n_cells,).
        cost: objective lost per unit of money, shape (n_cells,): 1 when the objective is profit, else 0.
        lower, upper: currency units, shape (n_cells,); ``upper`` is finite: no cell can usefully hold more than
            twice all the money there is.
        lower_bounds, upper_bounds: where each came from.
        least_spend: these cells get either nothing or at least this; with the rule that says so.
        start: spend up to which the response is a straight line although the curve is not, shape (n_cells,);
            the envelope of "nothing or at least this" used by branching, 0 elsewhere.
    """

    responses: Responses
    unit: float
    revenue_unit: float
    weight: Array
    cost: Array
    lower: Array
    upper: Array
    lower_bounds: Bounds
    upper_bounds: Bounds
    least_spend: Mapping[int, Bound]
    start: Array
    rows: tuple[Row, ...]
    roas_rows: tuple[RoasRow, ...]

    @property
    def count(self) -> int:
        return self.responses.count

    def revenue(self, *, spend: Array) -> Array:
        """Attributed revenue per cell; ``spend`` of shape (n_cells,) or (n_cells, n_points)."""
        plain = self.responses.values(spend=spend)
        if not self.start.any():
            return plain
        start = self.start if spend.ndim == 1 else self.start[:, None]
        line = spend * self.line_slope() if spend.ndim == 1 else spend * self.line_slope()[:, None]
        return np.where(spend < start, line, plain)

    def slope(self, *, spend: Array) -> Array:
        """Attributed revenue of one more unit of money per cell, shape (n_cells,)."""
        plain = self.responses.slopes(spend=spend)
        return np.where(spend < self.start, self.line_slope(), plain) if self.start.any() else plain

    def line_slope(self) -> Array:
        """Slope of each cell's straight part up to ``start``; 0 where there is none."""
        if not self.start.any():
            return np.zeros(self.count)
        safe = np.where(self.start > 0.0, self.start, 1.0)
        return np.where(self.start > 0.0, self.responses.values(spend=safe) / safe, 0.0)

    def objective(self, *, spend: Array) -> float:
        """The value to maximise, in the objective's currency units."""
        return float(self.weight @ self.revenue(spend=spend) - self.cost @ spend)

    def row_matrix(self) -> Array:
        """Membership of cells in rows, shape (n_rows, n_cells)."""
        return np.array([row.members for row in self.rows], dtype=np.float64).reshape(len(self.rows), self.count)


def build_model(*, problem: Problem) -> Model:
    """Translate rules into bounds of single cells and rows over several."""
    table = table_of(cells=problem.cells)
    unit = _money_unit(problem, table)
    members = [table.path_index.under(rule.path) for rule in problem.rules]
    lower = lower_bounds(problem=problem, table=table, members=members)
    upper = upper_bounds(problem=problem, table=table, members=members, otherwise=2.0 * unit)
    responses = table.responses
    weight = _weights(problem.objective, table)
    best = float(weight @ responses.values(spend=np.minimum(upper.amounts, unit)))
    return Model(
        responses=responses,
        unit=unit,
        revenue_unit=best if best > 0.0 else 1.0,
        weight=weight,
        cost=np.full(len(table), 1.0 if problem.objective == "profit" else 0.0),
        lower=lower.amounts,
        upper=upper.amounts,
        lower_bounds=lower,
        upper_bounds=upper,
        least_spend=_least_spends(problem, members),
        start=np.zeros(len(problem.cells)),
        rows=_rows(problem, members),
        roas_rows=tuple(
            RoasRow(name=rule.name, cells=np.flatnonzero(inside), count=inside.size, floor=rule.value, rule=rule)
            for rule, inside in zip(problem.rules, members, strict=True)
            if rule.kind == "roas_floor" and rule.value > 0.0
        ),
    )


def allocatable(*, problem: Problem) -> float:
    """The budget less what the experiment reserve holds back, currency units."""
    kept = 1.0 - max((rule.value for rule in problem.rules if rule.kind == "reserve"), default=0.0)
    return problem.budget * kept


def _rows(problem: Problem, members: Sequence[Mask]) -> tuple[Row, ...]:
    count = len(problem.cells)
    periods = np.array(table_of(cells=problem.cells).periods)
    budget = Row(name=BUDGET, cells=np.arange(count), count=count, sense="<=", bound=allocatable(problem=problem))
    return (
        budget,
        *(
            Row(
                name=rule.name,
                cells=np.flatnonzero(inside),
                count=count,
                sense=_SENSES[rule.kind],
                bound=rule.amount(budget=problem.budget),
                rule=rule,
            )
            for rule, inside in zip(problem.rules, members, strict=True)
            if rule.kind in _SENSES
        ),
        *(
            Row(
                name=f"{rule.name} ({period})",
                cells=cells,
                count=count,
                sense="<=",
                bound=rule.amount(budget=problem.budget),
                rule=rule,
            )
            for rule, inside in zip(problem.rules, members, strict=True)
            if rule.kind == "pacing"
            for period, cells in cells_by_period(rule=rule, members=inside, periods=periods)
        ),
    )


def cells_by_period(*, rule: Rule, members: Mask, periods: NDArray[np.str_]) -> Iterator[tuple[str, Positions]]:
    """The periods that a pacing rule holds for, each with its cells."""
    for period in np.unique(periods[members]).tolist():
        if period and rule.period in ("", period):
            yield period, np.flatnonzero(members & (periods == period))


def _weights(objective: str, table: CellTable) -> Array:
    """Objective per unit of attributed revenue, shape (n_cells,)."""
    if objective == "revenue":
        return np.ones(len(table))
    caused = table.numbers["incrementality"]
    if objective == "incremental_revenue":
        return caused
    if objective == "units":
        return caused / table.numbers["unit_price"]
    return caused * table.numbers["margin_rate"]


def _money_unit(problem: Problem, table: CellTable) -> float:
    if problem.budget > 0.0:
        return problem.budget
    return max(float(table.numbers["current"].max()), float(table.numbers["floor"].max()), 1.0)


def _least_spends(problem: Problem, members: Sequence[Mask]) -> Mapping[int, Bound]:
    """The least spend of each cell that has one; the first of equal rules."""
    wanted: dict[int, Bound] = {}
    for rule, inside in zip(problem.rules, members, strict=True):
        if rule.kind != "min_spend" or rule.value <= 0.0:
            continue
        for cell in np.flatnonzero(inside).tolist():
            if cell not in wanted or rule.value > wanted[cell].amount:
                wanted[cell] = Bound(amount=rule.value, source=rule.name, rule=rule)
    return wanted
