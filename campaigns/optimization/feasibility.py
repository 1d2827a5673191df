"""Can these limits be kept together, and by how much must one give way? Small linear programmes (PuLP, HiGHS)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pulp

from campaigns.optimization.breakpoints import Segments, cut_into_segments, first_points, points_near
from campaigns.optimization.curves import Array
from campaigns.optimization.limits import Limit, LimitRow
from campaigns.optimization.model import Model

# Limits broken by less than this part of the budget count as kept.
TOLERANCE = 1e-9
_ROUNDS = 6


@dataclass(frozen=True, kw_only=True)
class Slack:
    """The least by which limits must give way.

    Attributes:
        amount: 0 when all can be kept; in units of the relaxed rule, or parts of the money unit for all rules alike.
        spend: a split that keeps everything after that, currency units, shape (n_cells,).
        blamed: names of limits without which the amount would be smaller; together they cannot be kept.
    """

    amount: float
    spend: Array
    blamed: tuple[str, ...]


def least_common_slack(*, model: Model, limits: Sequence[Limit]) -> Slack:
    """By how much (parts of the money unit) every row must give way when all give way alike."""
    loosening = dict.fromkeys(_rows_by_key(limits), model.unit)
    slack = _refined(model, limits, loosening)
    if slack is None:
        raise ValueError("Nothing but limits that can give way was given, and yet none fits.")
    return slack


def least_slack(*, model: Model, limits: Sequence[Limit], of: Limit) -> Slack | None:
    """By how much (units of its value) one limit must give way so that all are kept; None when that is not enough."""
    if of.kind == "budget":
        loosening = {key: row.per_budget for key, row in _rows_by_key(limits).items()}
    else:
        loosening = {key: row.loosened if key[0] == of.name else 0.0 for key, row in _rows_by_key(limits).items()}
    return _refined(model, limits, loosening)


def best_return(*, model: Model, limits: Sequence[Limit], members: Array) -> float | None:
    """The highest revenue per unit of spend the members can earn under the limits; None when these cannot be kept.

    Dinkelbach's method (1967): maximise revenue less ratio times spend, take the ratio of the answer, repeat.
    """
    ratio, points = 0.0, first_points(model=model)
    for _ in range(4 * _ROUNDS):
        found = _solve(model, limits, {}, points, goal=(members, ratio))
        if found is None:
            return None
        spent = float(members @ found.spend)
        if spent <= TOLERANCE * model.unit:
            return ratio if ratio > 0.0 else None
        earned = float(members @ model.revenue(spend=found.spend)) / spent
        if earned <= ratio * (1.0 + 1e-9):
            return max(earned, ratio)
        ratio = earned
        points = points_near(model=model, spend=found.spend, points=points)
    return ratio


def _refined(model: Model, limits: Sequence[Limit], loosening: dict[tuple[str, int], float]) -> Slack | None:
    """Solve, draw the secants finer around the answer, and again while that helps; one round without ROAS floors."""
    points = first_points(model=model)
    best: Slack | None = None
    has_revenue = any(row.revenue.any() for limit in limits for row in limit.rows)
    for _ in range(_ROUNDS if has_revenue else 1):
        found = _solve(model, limits, loosening, points)
        if found is None:
            break
        helped = best is None or found.amount < best.amount * (1.0 - 1e-7)
        best = found if helped else best
        if found.amount <= TOLERANCE or not helped:
            break
        points = points_near(model=model, spend=found.spend, points=points)
    return best


def _solve(
    model: Model,
    limits: Sequence[Limit],
    loosening: dict[tuple[str, int], float],
    points: Array,
    goal: tuple[Array, float] | None = None,
) -> Slack | None:
    segments = cut_into_segments(model=model, points=points)
    programme = pulp.LpProblem("feasibility", pulp.LpMinimize)
    pieces = [
        programme.add_variable(f"piece{i}", 0.0, width)
        for i, width in enumerate((segments.width / model.unit).tolist())
    ]
    slack = programme.add_variable("slack", 0.0)
    programme.setObjective(_goal(model, pieces, segments, goal) if goal else pulp.LpAffineExpression([(slack, 1.0)]))
    rows: dict[tuple[str, int], pulp.LpConstraint] = {}
    for key, row in _rows_by_key(limits).items():
        rows[key] = _add(programme, model, pieces, segments, row, slack, loosening.get(key, 0.0))
    is_whole = _add_least_spends(programme, model, limits, pieces, segments)
    status = programme.solve(pulp.HiGHS(msg=False, threads=1, primal_feasibility_tolerance=1e-10))
    if status != pulp.LpStatusOptimal:
        return None
    filled = np.array([piece.varValue or 0.0 for piece in pieces]) * model.unit
    # A programme with whole numbers has no prices; then every limit stays under suspicion.
    blamed = dict.fromkeys(key[0] for key, row in rows.items() if is_whole or abs(row.pi or 0.0) > 1e-9)
    blamed |= dict.fromkeys(limit.name for limit in limits if limit.least is not None)
    spend: Array = np.bincount(segments.cell, weights=filled, minlength=model.count).astype(np.float64)
    return Slack(amount=float(slack.varValue or 0.0), spend=spend, blamed=tuple(blamed))


def _goal(
    model: Model, pieces: list[pulp.LpVariable], segments: Segments, goal: tuple[Array, float]
) -> pulp.LpAffineExpression:
    members, ratio = goal
    earns = members[segments.cell] * (ratio - segments.slope)
    scale = float(np.max(np.abs(earns), initial=0.0)) or 1.0
    return pulp.LpAffineExpression(zip(pieces, (earns / scale).tolist(), strict=True))


def _add(
    programme: pulp.LpProblem,
    model: Model,
    pieces: list[pulp.LpVariable],
    segments: Segments,
    row: LimitRow,
    slack: pulp.LpVariable,
    loosened: float,
) -> pulp.LpConstraint:
    weights = row.spend[segments.cell] - row.revenue[segments.cell] * segments.slope
    terms = [(pieces[i], float(weights[i])) for i in np.flatnonzero(weights).tolist()]
    if loosened:
        terms.append((slack, -loosened / model.unit))
    limit = pulp.LpConstraint(
        pulp.LpAffineExpression(terms),
        pulp.LpConstraintLE,
        f"row{len(programme.constraints())}",
        row.bound / model.unit,
    )
    programme.addConstraint(limit)
    return limit


def _add_least_spends(
    programme: pulp.LpProblem,
    model: Model,
    limits: Sequence[Limit],
    pieces: list[pulp.LpVariable],
    segments: Segments,
) -> bool:
    """Nothing or at least so much: one yes-or-no per cell; returns whether there is any."""
    wanted = [limit.least for limit in limits if limit.least is not None]
    least = np.max(wanted, axis=0) if wanted else np.zeros(model.count)
    for cell in np.flatnonzero(least).tolist():
        chosen = programme.add_variable(f"chosen{cell}", 0, 1, pulp.LpInteger)
        spent = pulp.LpAffineExpression([(pieces[i], 1.0) for i in np.flatnonzero(segments.cell == cell).tolist()])
        programme.addConstraint(spent - float(model.upper[cell] / model.unit) * chosen <= 0.0)
        programme.addConstraint(spent - float(least[cell] / model.unit) * chosen >= 0.0)
    return bool(least.any())


def _rows_by_key(limits: Sequence[Limit]) -> dict[tuple[str, int], LimitRow]:
    return {(limit.name, i): row for limit in limits for i, row in enumerate(limit.rows)}
