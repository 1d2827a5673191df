"""Adstock: today's ads are still felt on later days. Weights follow Meridian (Google 2025, ``adstock_hill.py``)."""

import numpy as np

from campaigns.optimization.curves import Array


def lag_weights(*, kind: str, decay: float, lags: int) -> Array:
    """Weights by lag, today first, of sum 1; shape (lags + 1,).

    Args:
        kind: ``geometric``: decay**lag; ``binomial``: (1 - lag/(lags + 1)) ** (1/decay - 1).
        decay: 0 (nothing is carried over) to below 1.
        lags: days after which nothing is felt.

    Raises ValueError for another kind, a decay outside 0…1, or negative lags.
    """
    if kind not in ("geometric", "binomial") or not 0.0 <= decay < 1.0 or lags < 0:
        raise ValueError(f"Adstock is geometric or binomial with 0 ≤ decay < 1 and lags ≥ 0: {kind}, {decay}, {lags}.")
    lag = np.arange(lags + 1.0)
    if decay == 0.0:
        weights = (lag == 0.0).astype(np.float64)
    elif kind == "geometric":
        weights = decay**lag
    else:
        weights = (1.0 - lag / (lags + 1.0)) ** (1.0 / decay - 1.0)
    whole: Array = weights / weights.sum()
    return whole


def adstocked(*, spend: Array, weights: Array, before: float = 0.0) -> Array:
    """Spend as it is felt each day, shape (n_days,); ``before`` is what was spent on each day before the first."""
    earlier = np.full(weights.size - 1, before)
    felt: Array = np.convolve(np.concatenate([earlier, spend]), weights, mode="valid")
    return felt
