"""Method ``lp``: a linear programme over secants of the curves (PuLP, HiGHS), refined until its own gap is proven.

Between breakpoints a concave curve lies above its secant by at most h^2/8 * max|f''|, h being the distance between
breakpoints; the error of the whole plan is at most the sum over cells. Each round puts breakpoints around the last
split and around what each cell would choose at the last prices, so that h shrinks where it matters; the last split
stays a breakpoint, so no round is worse than the one before. The certificate, not this bound, decides when to stop.
"""

import numpy as np
import pulp

from campaigns.optimization.breakpoints import Segments, cut_into_segments, first_points, points_around
from campaigns.optimization.certificate import certify
from campaigns.optimization.curves import Array
from campaigns.optimization.model import Model
from campaigns.optimization.solution import Infeasible, NotConverged, Solution

ROUNDS = 12
ENOUGH = 1e-9


def solve(*, model: Model) -> Solution:
    """Find the best split.

    Raises:
        Infeasible: no split keeps all rules.
        NotConverged: HiGHS stopped for another reason.
    """
    points = first_points(model=model)
    best, best_gap = None, np.inf
    for _ in range(ROUNDS):
        solution = _solve_pieces(model, cut_into_segments(model=model, points=points))
        gap = certify(model=model, solution=solution).gap
        if gap < best_gap:
            best, best_gap = solution, gap
        if gap <= ENOUGH:
            break
        points = points_around(model=model, solution=solution, points=points)
    if best is None:
        raise NotConverged("The linear programme gave no finite split.")
    return best


def _solve_pieces(model: Model, segments: Segments) -> Solution:
    """One linear programme in normalised units: money in ``model.unit``, objective in ``model.revenue_unit``."""
    programme = pulp.LpProblem("allocation", pulp.LpMaximize)
    earned = model.weight[segments.cell] * segments.slope - model.cost[segments.cell]
    gains = earned * (model.unit / model.revenue_unit)
    pieces = [
        programme.add_variable(f"piece{i}", 0.0, width)
        for i, width in enumerate((segments.width / model.unit).tolist())
    ]
    programme.setObjective(pulp.LpAffineExpression(zip(pieces, gains.tolist(), strict=True)))
    linear = [
        _add_row(programme, pieces, row.members[segments.cell].astype(np.float64), row.sense, bound)
        for row, bound in zip(model.rows, _row_bounds(model), strict=True)
    ]
    at_lower = model.revenue(spend=model.lower)
    roas = [
        _add_row(
            programme,
            pieces,
            row.members[segments.cell] * (segments.slope / row.floor - 1.0),
            ">=",
            float((model.lower - at_lower / row.floor)[row.members].sum()) / model.unit,
        )
        for row in model.roas_rows
    ]
    status = programme.solve(
        pulp.HiGHS(msg=False, threads=1, primal_feasibility_tolerance=1e-10, dual_feasibility_tolerance=1e-10)
    )
    if status == pulp.LpStatusInfeasible:
        raise Infeasible("No split keeps all rules.")
    if status != pulp.LpStatusOptimal:
        raise NotConverged(f"HiGHS stopped with status {pulp.LpStatus[status].lower()}.")
    filled = np.array([piece.varValue for piece in pieces]) * model.unit
    spend = model.lower + np.bincount(segments.cell, weights=filled, minlength=model.count)
    return Solution(
        spend=np.clip(spend, model.lower, model.upper),
        row_prices=np.array([-row.pi for row in linear]) * (model.revenue_unit / model.unit),
        roas_prices=np.array([row.pi for row in roas])
        * np.array([model.revenue_unit / (row.floor * model.unit) for row in model.roas_rows]),
    )


def _row_bounds(model: Model) -> list[float]:
    """What is left of each row's bound above the cells' lower bounds, normalised."""
    return [(row.bound - float(model.lower[row.members].sum())) / model.unit for row in model.rows]


def _add_row(
    programme: pulp.LpProblem, pieces: list[pulp.LpVariable], weights: Array, sense: str, bound: float
) -> pulp.LpConstraint:
    senses = {"<=": pulp.LpConstraintLE, ">=": pulp.LpConstraintGE, "==": pulp.LpConstraintEQ}
    used = np.flatnonzero(weights).tolist()
    expression = pulp.LpAffineExpression([(pieces[i], float(weights[i])) for i in used])
    row = pulp.LpConstraint(expression, senses[sense], f"row{len(programme.constraints())}", bound)
    programme.addConstraint(row)
    return row
