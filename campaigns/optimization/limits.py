"""Every rule of a problem as rows that can be dropped or loosened one rule at a time."""

from dataclasses import dataclass

import numpy as np

from campaigns.optimization.cell_bounds import stock_cap
from campaigns.optimization.cells import table_of
from campaigns.optimization.curves import Array
from campaigns.optimization.model import BUDGET, cells_by_period
from campaigns.optimization.problem import Problem, Rule


@dataclass(frozen=True, kw_only=True)
class LimitRow:
    """``spend @ x - revenue @ f(x) <= bound``, in currency units.

    Attributes:
        spend, revenue: coefficients, shape (n_cells,).
        loosened: how much the bound grows when the rule's value is relaxed by one of its units.
        per_budget: how much the bound grows with each unit of budget.
    """

    spend: Array
    revenue: Array
    bound: float
    loosened: float = 0.0
    per_budget: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One named rule, minimum or maximum.

    Attributes:
        kind: a rule's kind, ``budget``, ``minimum`` or ``maximum``.
        value: as written in the problem: currency units, a share, or revenue per unit of spend.
        value_kind: ``amount``, ``share`` or ``ratio``.
        rows: empty for ``min_spend``, which is not linear.
        least: nothing or at least this per cell, shape (n_cells,); only for ``min_spend``.
    """

    name: str
    kind: str
    value: float
    value_kind: str
    rows: tuple[LimitRow, ...]
    least: Array | None = None


def limits_of(*, problem: Problem) -> tuple[Limit, ...]:
    """All limits, the budget first."""
    everything = np.ones(len(problem.cells))
    budget = _row(everything, problem.budget, loosened=1.0, per_budget=1.0)
    limits = [Limit(name=BUDGET, kind=BUDGET, value=problem.budget, value_kind="amount", rows=(budget,))]
    limits += [_limit(problem, rule) for rule in problem.rules]
    for i, cell in enumerate(problem.cells):
        one = np.zeros(len(problem.cells))
        one[i] = 1.0
        if cell.floor > 0.0:
            row = _row(-one, -cell.floor, loosened=1.0)
            limits.append(_cell_limit(f"minimum of {cell.id}", "minimum", cell.floor, row))
        if cell.cap is not None:
            row = _row(one, cell.cap, loosened=1.0)
            limits.append(_cell_limit(f"maximum of {cell.id}", "maximum", cell.cap, row))
    return tuple(limits)


def _cell_limit(name: str, kind: str, value: float, row: LimitRow) -> Limit:
    return Limit(name=name, kind=kind, value=value, value_kind="amount", rows=(row,))


def _limit(problem: Problem, rule: Rule) -> Limit:
    members = np.array([float(cell.is_under(rule.path)) for cell in problem.cells])
    value_kind = "ratio" if rule.kind == "roas_floor" else rule.value_kind
    rows = {
        "node_cap": _node_rows,
        "node_floor": _node_rows,
        "fixed": _node_rows,
        "roas_floor": _roas_rows,
        "reserve": _reserve_rows,
        "oos_threshold": _stock_rows,
        "change_limit": _change_rows,
        "min_spend": _no_rows,
        "pacing": _pacing_rows,
    }[rule.kind](problem, rule, members)
    least = rule.value * members if rule.kind == "min_spend" else None
    return Limit(name=rule.name, kind=rule.kind, value=rule.value, value_kind=value_kind, rows=rows, least=least)


def _row(
    spend: Array, bound: float, *, revenue: Array | None = None, loosened: float = 0.0, per_budget: float = 0.0
) -> LimitRow:
    earned = np.zeros(spend.size) if revenue is None else revenue
    return LimitRow(spend=spend, revenue=earned, bound=bound, loosened=loosened, per_budget=per_budget)


def _node_rows(problem: Problem, rule: Rule, members: Array) -> tuple[LimitRow, ...]:
    is_share = rule.value_kind == "share"
    amount, share = rule.amount(budget=problem.budget), rule.value if is_share else 0.0
    unit = problem.budget if is_share else 1.0
    below = _row(members, amount, loosened=unit, per_budget=share)
    above = _row(-members, -amount, loosened=unit, per_budget=-share)
    return {"node_cap": (below,), "node_floor": (above,), "fixed": (below, above)}[rule.kind]


def _roas_rows(problem: Problem, rule: Rule, members: Array) -> tuple[LimitRow, ...]:
    if rule.value <= 0.0:
        return ()
    # Divided by the floor, so that the row is in currency units of spend like the others.
    return (_row(members, 0.0, revenue=members / rule.value),)


def _reserve_rows(problem: Problem, rule: Rule, members: Array) -> tuple[LimitRow, ...]:
    kept = 1.0 - rule.value
    return (_row(np.ones(members.size), problem.budget * kept, loosened=problem.budget, per_budget=kept),)


def _stock_rows(problem: Problem, rule: Rule, members: Array) -> tuple[LimitRow, ...]:
    most = stock_cap(table=table_of(cells=problem.cells), threshold=rule.value)
    short = (most == 0.0) * members
    rows = [_row(short, 0.0)] if short.any() else []
    for i in np.flatnonzero((most > 0.0) & np.isfinite(most) & (members > 0.0)).tolist():
        one = np.zeros(members.size)
        one[i] = 1.0
        rows.append(_row(one, float(most[i])))
    return tuple(rows)


def _change_rows(problem: Problem, rule: Rule, members: Array) -> tuple[LimitRow, ...]:
    rows = []
    for i in np.flatnonzero(members):
        one, current = np.zeros(members.size), problem.cells[i].current
        one[i] = 1.0
        rows.append(_row(one, current * (1.0 + rule.value), loosened=current))
        rows.append(_row(-one, -max(current * (1.0 - rule.value), 0.0), loosened=current))
    return tuple(rows)


def _pacing_rows(problem: Problem, rule: Rule, members: Array) -> tuple[LimitRow, ...]:
    is_share = rule.value_kind == "share"
    unit, share = (problem.budget, rule.value) if is_share else (1.0, 0.0)
    periods = np.array(table_of(cells=problem.cells).periods)
    rows = []
    for _, cells in cells_by_period(rule=rule, members=members > 0.0, periods=periods):
        inside = np.zeros(members.size)
        inside[cells] = 1.0
        rows.append(_row(inside, rule.amount(budget=problem.budget), loosened=unit, per_budget=share))
    return tuple(rows)


def _no_rows(problem: Problem, rule: Rule, members: Array) -> tuple[LimitRow, ...]:
    return ()
