"""A problem as arrays: bounds, linear rows and ROAS rows, ready for any solver."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curves import Array
from campaigns.optimization.problem import Cell, Problem, Rule
from campaigns.optimization.responses import Responses, gather_responses

BUDGET = "budget"
Mask = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A linear limit on the spend of some cells.

    Attributes:
        name: the rule it comes from, or ``budget``.
        members: which cells it sums, shape (n_cells,).
        sense: ``<=``, ``>=`` or ``==``.
        bound: currency units.
        rule: the rule, None for the budget.
    """

    name: str
    members: Mask
    sense: str
    bound: float
    rule: Rule | None = None


@dataclass(frozen=True, kw_only=True)
class RoasRow:
    """Attributed revenue of the members must be at least ``floor`` times their spend."""

    name: str
    members: Mask
    floor: float
    rule: Rule


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A cell's limit and the name of the rule that set it."""

    amount: float
    source: str
    rule: Rule | None = None


@dataclass(frozen=True, kw_only=True)
class Model:
    """Maximise ``sum(weight * revenue(spend)) - cost * sum(spend)`` within bounds and rows.

    Attributes:
        unit: money that one normalised unit stands for; solvers divide spend by it.
        revenue_unit: objective that one normalised unit stands for.
        weight: objective per unit of attributed revenue, shape (n_cells,).
        cost: objective lost per unit of money: 1 when the objective is profit, else 0.
        lower, upper: currency units, shape (n_cells,); ``upper`` is finite: no cell can usefully hold more than
            twice all the money there is.
        lower_bounds, upper_bounds: where each came from.
        least_spend: a cell gets either nothing or at least this, and the rule that says so; None where no rule does.
        start: spend up to which the response is a straight line although the curve is not, shape (n_cells,);
            the envelope of "nothing or at least this" used by branching, 0 elsewhere.
    """

    responses: Responses
    unit: float
    revenue_unit: float
    weight: Array
    cost: float
    lower: Array
    upper: Array
    lower_bounds: tuple[Bound, ...]
    upper_bounds: tuple[Bound, ...]
    least_spend: tuple[Bound | None, ...]
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
        line = spend * self._line_slope() if spend.ndim == 1 else spend * self._line_slope()[:, None]
        return np.where(spend < start, line, plain)

    def slope(self, *, spend: Array) -> Array:
        """Attributed revenue of one more unit of money per cell, shape (n_cells,)."""
        plain = self.responses.slopes(spend=spend)
        return np.where(spend < self.start, self._line_slope(), plain) if self.start.any() else plain

    def _line_slope(self) -> Array:
        safe = np.where(self.start > 0.0, self.start, 1.0)
        line: Array = self.responses.values(spend=safe) / safe
        return line

    def objective(self, *, spend: Array) -> float:
        """The value to maximise, in the objective's currency units."""
        return float(self.weight @ self.revenue(spend=spend) - self.cost * spend.sum())

    def row_matrix(self) -> Array:
        """Membership of cells in rows, shape (n_rows, n_cells)."""
        return np.array([row.members for row in self.rows], dtype=np.float64).reshape(len(self.rows), self.count)


def build_model(*, problem: Problem) -> Model:
    """Translate rules into bounds of single cells and rows over several."""
    cells = problem.cells
    unit = _money_unit(problem)
    lower_bounds = tuple(_lower_bound(cell, problem.rules) for cell in cells)
    upper_bounds = tuple(_upper_bound(cell, problem.rules, otherwise=2.0 * unit) for cell in cells)
    responses = gather_responses(curves=[cell.curve for cell in cells])
    weight = np.array([_weight(cell, problem.objective) for cell in cells])
    upper = np.array([bound.amount for bound in upper_bounds])
    best = float(weight @ responses.values(spend=np.minimum(upper, unit)))
    return Model(
        responses=responses,
        unit=unit,
        revenue_unit=best if best > 0.0 else 1.0,
        weight=weight,
        cost=1.0 if problem.objective == "profit" else 0.0,
        lower=np.array([bound.amount for bound in lower_bounds]),
        upper=upper,
        lower_bounds=lower_bounds,
        upper_bounds=upper_bounds,
        least_spend=tuple(_least_spend(cell, problem.rules) for cell in cells),
        start=np.zeros(len(cells)),
        rows=_rows(problem),
        roas_rows=tuple(
            RoasRow(name=rule.name, members=_members(cells, rule), floor=rule.value, rule=rule)
            for rule in problem.rules
            if rule.kind == "roas_floor" and rule.value > 0.0
        ),
    )


def allocatable(*, problem: Problem) -> float:
    """The budget less what the experiment reserve holds back, currency units."""
    kept = 1.0 - max((rule.value for rule in problem.rules if rule.kind == "reserve"), default=0.0)
    return problem.budget * kept


def _rows(problem: Problem) -> tuple[Row, ...]:
    everything = np.ones(len(problem.cells), dtype=np.bool_)
    senses = {"node_cap": "<=", "node_floor": ">=", "fixed": "=="}
    budget = Row(name=BUDGET, members=everything, sense="<=", bound=allocatable(problem=problem))
    return (
        budget,
        *(
            Row(
                name=rule.name,
                members=_members(problem.cells, rule),
                sense=senses[rule.kind],
                bound=rule.amount(budget=problem.budget),
                rule=rule,
            )
            for rule in problem.rules
            if rule.kind in senses
        ),
    )


def _members(cells: tuple[Cell, ...], rule: Rule) -> Mask:
    return np.array([cell.is_under(rule.path) for cell in cells], dtype=np.bool_)


def _weight(cell: Cell, objective: str) -> float:
    if objective == "revenue":
        return 1.0
    return cell.incrementality if objective == "incremental_revenue" else cell.incrementality * cell.margin_rate


def _money_unit(problem: Problem) -> float:
    if problem.budget > 0.0:
        return problem.budget
    return max([*(cell.current for cell in problem.cells), *(cell.floor for cell in problem.cells), 1.0])


def _lower_bound(cell: Cell, rules: tuple[Rule, ...]) -> Bound:
    bounds = [Bound(amount=cell.floor, source=f"minimum of {cell.id}")]
    bounds += [
        Bound(amount=max(cell.current * (1.0 - rule.value), 0.0), source=rule.name, rule=rule)
        for rule in rules
        if rule.kind == "change_limit" and cell.is_under(rule.path)
    ]
    return max(bounds, key=lambda bound: bound.amount)


def _upper_bound(cell: Cell, rules: tuple[Rule, ...], *, otherwise: float) -> Bound:
    bounds = [Bound(amount=otherwise, source="")]
    if cell.cap is not None:
        bounds.append(Bound(amount=cell.cap, source=f"maximum of {cell.id}"))
    for rule in rules:
        if not cell.is_under(rule.path):
            continue
        if rule.kind == "change_limit":
            bounds.append(Bound(amount=cell.current * (1.0 + rule.value), source=rule.name, rule=rule))
        if rule.kind == "oos_threshold" and (cell.oos_probability or 0.0) > rule.value:
            bounds.append(Bound(amount=0.0, source=rule.name, rule=rule))
    return min(bounds, key=lambda bound: bound.amount)


def _least_spend(cell: Cell, rules: tuple[Rule, ...]) -> Bound | None:
    wanted = [
        Bound(amount=rule.value, source=rule.name, rule=rule)
        for rule in rules
        if rule.kind == "min_spend" and rule.value > 0.0 and cell.is_under(rule.path)
    ]
    return max(wanted, key=lambda bound: bound.amount, default=None)
