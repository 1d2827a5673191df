"""How well each shape of curve explains a cell's days: saturation and adstock on a grid, all else by least squares.

Expected revenue of a day is ``usual * exp(columns @ c) * g(x)``: x is the spend felt that day, u the usual spend, and
``g(x) = (x / (k + x)) / (u / (k + u))``. So the first of c is the logarithm of the return on usual spend. Days without
revenue are no trouble: the logarithm is taken of the expectation only, and revenue stands beside it as in one step of
iteratively reweighted least squares (McCullagh and Nelder 1989, 2.5). Every shape then shares one system of equations.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curves import Array
from campaigns.response.adstock import adstocked, lag_weights
from campaigns.response.controls import Controls
from campaigns.response.series import CellSeries

DECAYS = (0.0, 0.2, 0.4, 0.6, 0.8)
LAGS = 13
SMALLEST_K, LARGEST_K, STEPS = 0.05, 20.0, 41
LOG_K = np.linspace(np.log(SMALLEST_K), np.log(LARGEST_K), STEPS)
_PASSES = 4
_LEAST_SHARE = 0.05


@dataclass(frozen=True, kw_only=True, eq=False)
class Days:
    """One cell as the fit sees it, days with spend only.

    Attributes:
        usual: mean spend of such a day, money.
        revenue: money, shape (n_days,).
        logs: log g of every shape, decays outermost, shape (n_shapes, n_days).
        week: number of the week, shape (n_days,).
    """

    controls: Controls
    usual: float
    revenue: Array
    logs: Array
    week: NDArray[np.intp]


@dataclass(frozen=True, kw_only=True, eq=False)
class Belief:
    """What is believed of the coefficients before this cell's data: normal and independent, shape (n_columns,)."""

    mean: Array
    variance: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class GridFit:
    """How well every shape explains the days.

    Attributes:
        costs: minus two log likelihood with the coefficients at their best, shape (n_shapes,).
        coefficients: of each shape, shape (n_shapes, n_columns).
        covariance: of the coefficients given the shape, shape (n_columns, n_columns).
        dispersion: variance of a day of usual revenue, relative to its square.
        expected, residuals: of the best shape; residuals as a share of expectation, scaled to equal variance.
        inflation: how much more a week varies than seven independent days.
        counted: days that counted.
    """

    costs: Array
    coefficients: Array
    covariance: Array
    dispersion: float
    expected: Array
    residuals: Array
    inflation: float
    counted: float


def days_of(*, series: CellSeries, controls: Controls) -> Days:
    """The cell's days with every shape of curve tried on them."""
    used = series.used
    usual = float(series.spend[used].mean())
    scaled = series.spend / usual
    felt = [
        adstocked(
            spend=scaled,
            weights=lag_weights(kind="geometric", decay=decay, lags=LAGS),
            before=float(scaled[:7].mean()),
        )[used]
        for decay in DECAYS
    ]
    k = np.exp(LOG_K)[:, None]
    logs = [np.log(x * (k + 1.0) / (k + x)) for x in felt]
    return Days(
        controls=controls,
        usual=usual,
        revenue=series.revenue[used],
        logs=np.concatenate(logs),
        week=np.unique(np.flatnonzero(used) // 7, return_inverse=True)[1],
    )


def fit_grid(*, days: Days, belief: Belief, inflation: float | None = None, kept: Array | None = None) -> GridFit:
    """Fit every shape of curve to the days.

    Args:
        inflation: of the variance, for weeks whose days resemble each other; None takes the cell's own.
        kept: 1 for days that count, 0 for days held out, shape (n_days,).
    """
    counted = np.ones(days.revenue.size) if kept is None else kept
    typical = float(np.average(days.revenue, weights=counted))
    expected, variance = np.full(days.revenue.size, typical), 1.0
    for _ in range(_PASSES):
        # Variance of a day lies between that of a count and that of a constant share of its mean.
        weight = counted * 2.0 * expected / (expected + typical)
        answer = np.log(expected / days.usual) + np.clip(days.revenue / expected - 1.0, -1.0, 3.0)
        costs, coefficients, covariance = _solved(days, answer, weight / variance, belief)
        best = int(np.argmin(costs))
        fitted = days.controls.columns @ coefficients[best] + days.logs[best]
        residuals = (answer - fitted) * np.sqrt(weight)
        freedom = max(float(counted.sum()) - belief.mean.size - 1.0, 1.0)
        dispersion = max(float(residuals @ residuals) / freedom, 1e-8)
        own = _inflation(residuals, days.week, counted > 0.0)
        variance = dispersion * (own if inflation is None else inflation)
        expected = np.maximum(days.usual * np.exp(fitted), _LEAST_SHARE * typical)
    return GridFit(
        costs=costs,
        coefficients=coefficients,
        covariance=covariance,
        dispersion=dispersion,
        expected=expected,
        residuals=residuals,
        inflation=own,
        counted=float(counted.sum()),
    )


def _solved(days: Days, answer: Array, precision: Array, belief: Belief) -> tuple[Array, Array, Array]:
    """Costs and coefficients of all shapes: they share the matrix of the normal equations."""
    columns, prior = days.controls.columns, 1.0 / belief.variance
    left = answer - days.logs
    weighted = columns * precision[:, None]
    covariance = np.linalg.inv(columns.T @ weighted + np.diag(prior))
    side = left @ weighted + prior * belief.mean
    coefficients = side @ covariance
    squares = left**2 @ precision + float(prior @ belief.mean**2)
    costs: Array = squares - np.sum(side * coefficients, axis=1)
    return costs, coefficients, np.asarray(covariance, dtype=np.float64)


def _inflation(residuals: Array, week: NDArray[np.intp], counted: NDArray[np.bool_]) -> float:
    """Variance of weekly sums over that of independent days; three parameters are as slow as weeks are."""
    size = np.bincount(week[counted])
    summed = np.bincount(week[counted], weights=residuals[counted])[size > 0]
    size = size[size > 0]
    day = float(np.mean(residuals[counted] ** 2))
    if day <= 0.0:
        return 1.0
    return float(np.sum(summed**2 / size) / max(size.size - 3.0, 1.0) / day)
