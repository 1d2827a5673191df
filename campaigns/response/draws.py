"""Equally likely curves of one cell: shapes by their posterior, coefficients and noise given the shape."""

from dataclasses import dataclass

import numpy as np

from campaigns.optimization.curves import Array
from campaigns.response.curve_grid import DECAYS, LOG_K, Days, GridFit

LEAST_FREEDOM = 4.0


@dataclass(frozen=True, kw_only=True, eq=False)
class CurveDraws:
    """Draws of one cell's daily curve ``beta * x / (k + x)`` on its average day with spend.

    Attributes:
        beta, k: money a day, shape (n_draws,).
        decay: geometric adstock, shape (n_draws,).
        coefficients: of the control columns, shape (n_draws, n_columns).
        noise: standard deviation of a day of typical revenue relative to it, shape (n_draws,).
        shape: index of the curve's shape in the grid, shape (n_draws,).
    """

    beta: Array
    k: Array
    decay: Array
    coefficients: Array
    noise: Array
    shape: Array


def shape_beliefs(*, log_k: tuple[float, float], decays: Array) -> Array:
    """Log prior of every shape, decays outermost, from mean and variance of log(k / usual) and shares of decays."""
    mean, variance = log_k
    saturation = -0.5 * (LOG_K - mean) ** 2 / variance
    whole: Array = (np.log(decays)[:, None] + saturation).ravel()
    return whole


def shape_weights(*, fit: GridFit, beliefs: Array) -> Array:
    """Posterior probability of every shape, shape (n_shapes,)."""
    logs = beliefs - 0.5 * (fit.costs - fit.costs.min())
    weights = np.exp(logs - logs.max())
    normal: Array = weights / weights.sum()
    return normal


def draw_curves(
    *, days: Days, fit: GridFit, beliefs: Array, inflation: float, draws: int, rng: np.random.Generator
) -> CurveDraws:
    """Draw curves; the variance itself is drawn, so few weeks make wide tails (Student's t)."""
    freedom = max(fit.counted / inflation - fit.covariance.shape[0], LEAST_FREEDOM)
    stretch = freedom / rng.chisquare(freedom, size=draws)
    logs = beliefs - 0.5 * (fit.costs - fit.costs.min()) / stretch[:, None]
    shape = np.argmax(logs + rng.gumbel(size=logs.shape), axis=1)
    step = LOG_K[1] - LOG_K[0]
    log_k = LOG_K[shape % LOG_K.size] + step * rng.uniform(-0.5, 0.5, size=draws)
    spread = np.linalg.cholesky(fit.covariance)
    normal = rng.standard_normal((draws, fit.covariance.shape[0])) @ spread.T
    coefficients = fit.coefficients[shape] + np.sqrt(stretch)[:, None] * normal
    average = np.exp(coefficients @ days.controls.columns.T).mean(axis=1)
    k = days.usual * np.exp(log_k)
    return CurveDraws(
        beta=days.usual * average * (k + days.usual) / days.usual,
        k=k,
        decay=np.array(DECAYS)[shape // LOG_K.size],
        coefficients=coefficients,
        noise=np.sqrt(fit.dispersion * stretch),
        shape=shape,
    )
