"""Demand whose truth is known."""

import numpy as np

from campaigns.forecasting.history import DemandHistory

WEEKDAYS = np.array([0.9, 0.9, 0.95, 1.0, 1.1, 1.3, 1.0])


def demand(*, days: int = 200, level: float = 40.0, seed: int = 1) -> DemandHistory:
    """Poisson sales with weekdays, a slow level, and promotions that lift by 1.8; starts on a Monday."""
    rng = np.random.default_rng(seed)
    slow = level * np.exp(np.cumsum(rng.normal(0, 0.005, days)))
    promo = rng.random(days) < 0.06
    units = rng.poisson(slow * WEEKDAYS[np.arange(days) % 7] * np.where(promo, 1.8, 1.0)).astype(float)
    return DemandHistory(units=units, weekday=0, promo=promo)
