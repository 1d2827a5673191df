"""Adstock folded into a curve: money spread evenly over the periods of a flight, each period's ads still felt later.

In period t the felt spend is m_t times the even spend, m_t being the part of the carry-over weights that has arrived.
Revenue of the flight is the mean of the curve over the periods, so a curve with carry-over is a mean of curves whose
scales are divided by m_t; what would be felt after the last period is lost. Binomial weights follow Meridian (2025).
"""

from collections.abc import Mapping

import numpy as np

from campaigns.optimization.curves import Array

CARRY_OVERS = ("geometric", "binomial")
# The parameters of each kind of curve that are amounts of spend.
SCALES: Mapping[str, tuple[str, ...]] = {
    "michaelis_menten": ("k",),
    "exponential": ("k",),
    "hill": ("k",),
    "logistic": ("midpoint", "width"),
}


def arrived_shares(*, kind: str, decay: float, periods: int, lags: int) -> Array:
    """How much of one period's worth of even spend is felt in each period, shape (n_periods,).

    Args:
        decay: part of the effect that remains one period later, 0 to below 1.
        lags: periods after which nothing is felt; only for ``binomial``.
    """
    if kind == "geometric":
        return np.asarray(1.0 - decay ** np.arange(1.0, periods + 1.0), dtype=np.float64)
    delay = np.arange(periods)
    remaining = np.maximum(1.0 - delay / (lags + 1.0), 0.0)
    weights = np.where(delay == 0, 1.0, remaining ** (1.0 / decay - 1.0)) if decay > 0.0 else (delay == 0) * 1.0
    every = np.arange(lags + 1)
    whole = float(np.sum((1.0 - every / (lags + 1.0)) ** (1.0 / decay - 1.0))) if decay > 0.0 else 1.0
    arrived: Array = np.minimum(np.cumsum(weights) / whole, 1.0)
    return arrived


def with_carry_over(*, kind: str, parameters: Mapping[str, Array], shares: Array) -> dict[str, Array]:
    """The parameters of one curve per draw and period, each of shape (n_draws * n_periods,)."""
    return {
        name: (draws[:, None] / shares).ravel() if name in SCALES[kind] else np.repeat(draws, shares.size)
        for name, draws in parameters.items()
    }
