"""The same problem as users of other solvers would write it: plain SLSQP, plain CVXPY, plain PuLP with 20 segments."""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cvxpy as cp
import numpy as np
import pulp
from numpy.typing import NDArray
from scipy.optimize import minimize

from campaigns.optimization.problem import Problem

Array = NDArray[np.float64]
SEGMENTS = 20


@dataclass(frozen=True, kw_only=True)
class Split:
    """What the solver gave and what it said of it."""

    spend: Array
    told: str


def parts(problem: Problem) -> tuple[Array, Array, Array, float]:
    """beta, k and cap per cell, and the budget."""
    beta, k = (np.array([cell.curve.parameters[name][0] for cell in problem.cells]) for name in ("beta", "k"))
    return beta, k, np.array([cell.cap or problem.budget for cell in problem.cells]), problem.budget


def slsqp(*, problem: Problem) -> Split:
    """SciPy from an even start; money as shares of the budget: well scaled where a unit of response is one of money."""
    beta, k, cap, budget = parts(problem)
    beta, k, cap = beta / budget, k / budget, cap / budget
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        found = minimize(
            lambda x: -np.sum(beta * x / (k + x)),
            np.minimum(np.full(beta.size, 1.0 / beta.size), cap),
            jac=lambda x: -beta * k / (k + x) ** 2,
            bounds=list(zip(np.zeros(beta.size), cap, strict=True)),
            constraints={"type": "ineq", "fun": lambda x: 1.0 - x.sum(), "jac": lambda x: -np.ones(x.size)},
            method="SLSQP",
            options={"maxiter": 1000, "ftol": 1e-12},
        )
    return Split(spend=np.clip(found.x, 0.0, None) * budget, told="optimal" if found.success else "failed")


def plain_cvxpy(*, problem: Problem) -> Split:
    """The textbook cone programme, spend as shares of the budget."""
    beta, k, cap, budget = parts(problem)
    beta, k, cap = beta / budget, k / budget, cap / budget
    x = cp.Variable(beta.size)
    goal = cp.Maximize(cp.sum(beta) - (beta * k) @ cp.inv_pos(k + x))
    programme = cp.Problem(goal, [cp.sum(x) <= 1, x >= 0, x <= cap])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            programme.solve(solver=cp.CLARABEL)
        except cp.SolverError:
            return Split(spend=np.zeros(beta.size), told="failed")
    spend = np.zeros(beta.size) if x.value is None else np.clip(x.value, 0.0, None) * budget
    return Split(spend=spend, told=str(programme.status))


def plain_pulp(*, problem: Problem) -> Split:
    """A linear programme over equal segments of each cap."""
    beta, k, cap, budget = parts(problem)
    points = cap[:, None] * np.linspace(0.0, 1.0, SEGMENTS + 1)
    slopes = np.diff(beta[:, None] * points / (k[:, None] + points), axis=1) / np.diff(points, axis=1)
    programme = pulp.LpProblem("split", pulp.LpMaximize)
    widths = np.diff(points, axis=1).ravel()
    pieces = [programme.add_variable(f"x{i}", 0.0, width) for i, width in enumerate(widths.tolist())]
    programme.setObjective(pulp.LpAffineExpression(zip(pieces, slopes.ravel().tolist(), strict=True)))
    whole = pulp.LpAffineExpression([(piece, 1.0) for piece in pieces])
    programme.addConstraint(whole <= budget)
    status = programme.solve(pulp.HiGHS(msg=False, threads=1))
    spend = np.array([piece.varValue or 0.0 for piece in pieces]).reshape(beta.size, SEGMENTS).sum(axis=1)
    return Split(spend=spend, told=pulp.LpStatus[status].lower())


PEERS: Mapping[str, Callable[..., Split]] = {"SLSQP": slsqp, "CVXPY": plain_cvxpy, "PuLP": plain_pulp}
