"""Least squares of saturating response on a grid of k, for many weightings of the weeks at once.

For a given k the model ``revenue_t = (b0 + b1*tau_t + ...) * x_t/(k + x_t)`` is linear in b, so each k costs one small
system of equations. Squares are summed by week first: a weighting of the weeks (one bootstrap draw) then costs one
product of small matrices.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curves import Array

_SMALLEST_K, _LARGEST_K, _STEPS = 0.05, 20.0, 41
# A weak belief stands beside the data: k is of the order of usual spend, one standard deviation a factor of e^2 = 7.4.
BELIEF_WIDTH = 2.0


@dataclass(frozen=True, kw_only=True)
class Days:
    """What the fit sees of the days with spend; all of shape (n_days,), ``trend`` of shape (n_days, n_trends).

    Attributes:
        spend: currency units a day, above zero.
        revenue: attributed revenue a day, weekday effect removed.
        weight: 1 / variance up to a constant.
        trend: first column 1, the others with mean zero.
        week: number of the week, 0 .. n_weeks-1.
    """

    spend: Array
    revenue: Array
    weight: Array
    trend: Array
    week: NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class Fits:
    """One fit per weighting: ``k`` and ``beta`` of shape (n,), ``trend`` coefficients of shape (n, n_trends)."""

    k: Array
    beta: Array
    trend: Array


def fit_weightings(*, days: Days, weightings: Array, beliefs: Array) -> Fits:
    """Fit k and beta under each weighting of the weeks, shape (n, n_weeks).

    Args:
        beliefs: centre of the belief about log(k / usual spend) of each fit, shape (n,). Drawing it with
            ``BELIEF_WIDTH`` makes the fits spread as wide as the belief where the data are silent (randomised maximum
            a posteriori; Bardsley et al. 2014); a fixed centre would return the belief as if it had been measured.
    """
    usual = float(np.average(days.spend))
    grid = usual * np.geomspace(_SMALLEST_K, _LARGEST_K, _STEPS)
    costs = _costs(days, weightings, grid) + ((np.log(grid / usual) - beliefs[:, None]) / BELIEF_WIDTH) ** 2
    k = np.exp(_lowest(np.log(grid), costs))
    saturation = days.spend / (k[:, None] + days.spend)
    coefficients = _solve_each(days, weightings, saturation)
    return Fits(k=k, beta=coefficients[:, 0], trend=coefficients)


def _costs(days: Days, weightings: Array, grid: Array) -> Array:
    """Minus two log likelihood (normal, variance known up to a constant) by weighting and k, shape (n, n_grid)."""
    saturation = days.spend / (grid[:, None] + days.spend)
    matrices, sides, squares = _weekly_sums(days, saturation)
    left = np.einsum("bw,gwij->bgij", weightings, matrices)
    right = np.einsum("bw,gwi->bgi", weightings, sides)
    total = weightings @ squares
    solved = _solve(left, right)
    residual = np.maximum(total[:, None] - np.einsum("bgi,bgi->bg", right, solved), 1e-12 * total[:, None])
    # Days within a week are not independent and the variance is unknown: scale by the best fit's residual variance.
    weeks = weightings.shape[1]
    freedom = max(weeks - days.trend.shape[1] - 1, 1)
    scale: Array = residual / residual.min(axis=1, keepdims=True) * freedom
    return scale


def _weekly_sums(days: Days, saturation: Array) -> tuple[Array, Array, Array]:
    """Sums of squares by k and week: (n_grid, n_weeks, p, p), (n_grid, n_weeks, p) and (n_weeks,)."""
    weeks = int(days.week.max()) + 1
    in_week = np.zeros((weeks, days.week.size))
    in_week[days.week, np.arange(days.week.size)] = 1.0
    design = saturation[:, :, None] * days.trend
    matrices = np.einsum("wt,t,gti,gtj->gwij", in_week, days.weight, design, design, optimize=True)
    sides = np.einsum("wt,t,gti->gwi", in_week, days.weight * days.revenue, design, optimize=True)
    return matrices, sides, in_week @ (days.weight * days.revenue**2)


def _solve_each(days: Days, weightings: Array, saturation: Array) -> Array:
    """Coefficients where every weighting has its own k: ``saturation`` of shape (n, n_days)."""
    weight = weightings[:, days.week] * days.weight
    design = saturation[:, :, None] * days.trend
    left = np.einsum("bt,bti,btj->bij", weight, design, design, optimize=True)
    right = np.einsum("bt,bti->bi", weight * days.revenue, design, optimize=True)
    return _solve(left, right)


def _solve(left: Array, right: Array) -> Array:
    """Solve many small systems; a trace of ridge keeps weeks drawn too alike from being singular."""
    size = left.shape[-1]
    ridge = 1e-9 * np.trace(left, axis1=-2, axis2=-1)[..., None, None] * np.eye(size)
    solved: Array = np.linalg.solve(left + ridge, right[..., None])[..., 0]
    return solved


def _lowest(log_k: Array, costs: Array) -> Array:
    """Where each row of ``costs`` is lowest, by the parabola through the three points around its minimum."""
    at = np.clip(np.argmin(costs, axis=1), 1, log_k.size - 2)
    rows = np.arange(costs.shape[0])
    left, middle, right = costs[rows, at - 1], costs[rows, at], costs[rows, at + 1]
    bend = left - 2.0 * middle + right
    shift = np.where(bend > 0.0, 0.5 * (left - right) / np.where(bend > 0.0, bend, 1.0), 0.0)
    lowest: Array = log_k[at] + np.clip(shift, -1.0, 1.0) * (log_k[1] - log_k[0])
    return lowest
