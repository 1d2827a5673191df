"""Method ``convex``: a cone programme over the curves themselves (CVXPY, Clarabel).

Michaelis-Menten curves stand in it exactly, as second-order cones. The other kinds, and means of many draws, stand in
it as the lowest of their secants, drawn anew each round around the last split and around where each cell would go at
the last prices (see ``breakpoints``) until the certificate's gap is closed. The exponential cone would hold exponential
curves exactly, but Clarabel gets stuck on it when ROAS floors bind.
"""

import warnings
from dataclasses import dataclass

import cvxpy as cp
import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.breakpoints import cut_into_segments, first_points, points_around
from campaigns.optimization.certificate import certify
from campaigns.optimization.curves import Array
from campaigns.optimization.model import Model
from campaigns.optimization.solution import Infeasible, NotConverged, Solution

ROUNDS = 12
ENOUGH = 1e-8
_NARROWEST = 1e-12
_DUST = 1e-9  # of the unit of money: what an interior point leaves where nothing should be spent
_TOLERANCES = {"tol_gap_abs": 1e-11, "tol_gap_rel": 1e-11, "tol_feas": 1e-11}


@dataclass(frozen=True, kw_only=True)
class _Lines:
    """Secants, flat, in normalised units: revenue <= intercept + slope * spend of the cell."""

    cell: NDArray[np.intp]
    slope: Array
    intercept: Array


def solve(*, model: Model) -> Solution:
    """Find the best split.

    Raises:
        Infeasible: no split keeps all rules.
        NotConverged: Clarabel stopped without an answer.
    """
    exact = _exact_cells(model)
    points = first_points(model=model)
    best, best_gap = None, np.inf
    for _ in range(ROUNDS):
        solution = _solve_cones(model, exact, _secants(model, points, of=~exact))
        gap = certify(model=model, solution=solution).gap
        if gap < best_gap:
            best, best_gap = solution, gap
        if gap <= ENOUGH or exact.all():
            break
        points = points_around(model=model, solution=solution, points=points)
    if best is None:
        raise NotConverged("The cone programme gave no finite split.")
    return best


def _exact_cells(model: Model) -> NDArray[np.bool_]:
    exact = np.zeros(model.count, dtype=np.bool_)
    for group in model.responses.groups:
        exact[group.cells] = group.is_single and group.shape.kind == "michaelis_menten"
    exact[model.start > 0.0] = False
    return exact


def _secants(model: Model, points: Array, *, of: NDArray[np.bool_]) -> _Lines:
    pieces = cut_into_segments(model=model, points=points)
    kept = of[pieces.cell]
    cell, start, slope = pieces.cell[kept], pieces.start[kept], pieces.slope[kept]
    return _Lines(
        cell=cell,
        slope=slope * (model.unit / model.revenue_unit),
        intercept=(pieces.value[kept] - slope * start) / model.revenue_unit,
    )


def _solve_cones(model: Model, exact: NDArray[np.bool_], secants: _Lines) -> Solution:
    """One cone programme: money in ``model.unit``, revenue and objective in ``model.revenue_unit``."""
    spend, revenue = cp.Variable(model.count), cp.Variable(model.count)
    limits = _bounds(model, spend) + _curves(model, exact, secants, spend, revenue)
    money = model.unit / model.revenue_unit
    rows = _rows(model, spend)
    roas = _roas_rows(model, spend, revenue)
    goal = cp.Maximize(model.weight @ revenue - money * model.cost @ spend)
    programme = cp.Problem(goal, limits + [limit for _, limit in rows] + roas)
    with warnings.catch_warnings():
        # CVXPY warns where Clarabel stops short of its tolerance; the certificate judges that, not a warning.
        warnings.simplefilter("ignore", UserWarning)
        try:
            programme.solve(solver=cp.CLARABEL, accept_unknown=True, **_TOLERANCES)  # type: ignore[no-untyped-call]  # untyped in CVXPY
        except cp.SolverError as error:
            raise NotConverged("Clarabel failed on this problem.") from error
    if programme.status in (cp.INFEASIBLE, cp.INFEASIBLE_INACCURATE):
        raise Infeasible("No split keeps all rules.")
    if spend.value is None:
        raise NotConverged(f"Clarabel stopped with status {programme.status}.")
    row_prices = np.zeros(len(model.rows))
    for positions, limit in rows:
        # CVXPY's dual is positive for a binding limit of either direction; raising a floor costs.
        sign = -1.0 if model.rows[positions[0]].sense == ">=" else 1.0
        row_prices[positions] = sign * np.asarray(limit.dual_value) / money
    floors = [np.asarray(limit.dual_value) for limit in roas]
    return Solution(
        spend=np.clip(np.where(spend.value > _DUST, spend.value, 0.0) * model.unit, model.lower, model.upper),
        row_prices=row_prices,
        roas_prices=np.concatenate([np.zeros(0), *floors]) / (money * np.array([row.floor for row in model.roas_rows])),
    )


def _bounds(model: Model, spend: cp.Variable) -> list[cp.Constraint]:
    lower, upper = model.lower / model.unit, model.upper / model.unit
    free = upper - lower > _NARROWEST
    limits = [spend[free] >= lower[free], spend[free] <= upper[free]] if free.any() else []
    # A cell without room is an equation: two inequalities would leave the interior-point method no interior.
    return limits + ([spend[~free] == lower[~free]] if not free.all() else [])


def _curves(
    model: Model, exact: NDArray[np.bool_], secants: _Lines, spend: cp.Variable, revenue: cp.Variable
) -> list[cp.Constraint]:
    limits: list[cp.Constraint] = []
    if secants.cell.size:
        line = cp.multiply(secants.slope, spend[secants.cell]) + secants.intercept
        limits.append(revenue[secants.cell] <= line)
    fixed = np.setdiff1d(np.flatnonzero(~exact), secants.cell)  # no room, no secant: what they bring is known
    if fixed.size:
        limits.append(revenue[fixed] == model.revenue(spend=model.lower)[fixed] / model.revenue_unit)
    for group in model.responses.groups:
        kept = exact[group.cells]
        if not kept.any():
            continue
        cells = group.cells[kept]
        beta, k = group.shape.columns[0][kept, 0] / model.revenue_unit, group.shape.columns[1][kept, 0] / model.unit
        limits += _michaelis_menten(spend[cells], revenue[cells], beta, k)
    return limits


def _michaelis_menten(spend: cp.Expression, revenue: cp.Expression, beta: Array, k: Array) -> list[cp.Constraint]:
    """``beta * x / (k + x)``, written so that neither a very early nor a very late saturation cancels digits."""
    limits: list[cp.Constraint] = []
    early, late = np.flatnonzero(k <= 1.0), np.flatnonzero(k > 1.0)
    if early.size:
        left = cp.inv_pos(1.0 + cp.multiply(1.0 / k[early], spend[early]))  # type: ignore[no-untyped-call]  # untyped in CVXPY
        limits.append(revenue[early] <= cp.multiply(beta[early], 1.0 - left))
    if late.size:
        # revenue = beta/k * (x - q) with q >= x^2 / (k + x), a rotated second-order cone.
        lost = cp.Variable(late.size)
        whole = k[late] + spend[late]
        limits.append(cp.SOC(lost + whole, cp.vstack([2.0 * spend[late], lost - whole]), axis=0))
        limits.append(revenue[late] <= cp.multiply(beta[late] / k[late], spend[late] - lost))
    return limits


def _rows(model: Model, spend: cp.Variable) -> list[tuple[NDArray[np.intp], cp.Constraint]]:
    """The linear rows as at most three vector limits with the positions of their rows: CVXPY compiles few faster."""
    matrix, bounds = model.row_matrix(), np.array([row.bound for row in model.rows]) / model.unit
    senses = np.array([row.sense for row in model.rows])
    limits = []
    for sense in np.unique(senses):
        positions = np.flatnonzero(senses == sense)
        total = matrix[positions] @ spend
        limit: cp.Constraint = total == bounds[positions]
        if sense == "<=":
            limit = total <= bounds[positions]
        elif sense == ">=":
            limit = total >= bounds[positions]
        limits.append((positions, limit))
    return limits


def _roas_rows(model: Model, spend: cp.Variable, revenue: cp.Variable) -> list[cp.Constraint]:
    """All ROAS floors as one vector limit, each divided by its floor so that it is in units of spend; none if none."""
    if not model.roas_rows:
        return []
    members = np.array([row.members for row in model.roas_rows], dtype=np.float64)
    floors = np.array([row.floor for row in model.roas_rows]) * (model.unit / model.revenue_unit)
    return [(members / floors[:, None]) @ revenue >= members @ spend]
