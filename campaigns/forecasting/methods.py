"""Point forecasts: the baseline, and a smoothed level with weekdays, promotions and a damped trend."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.forecasting.history import WEEK, DemandHistory

SMOOTHINGS = (0.05, 0.1, 0.2, 0.4)
TRENDS = (0.0, 0.05)
DAMPING = 0.95
SHRINK_DAYS = 3.0
MOST_LIFT = 20.0

Floats = NDArray[np.float64]


def seasonal_naive(*, history: DemandHistory, horizon: int, promo: NDArray[np.bool_]) -> Floats:
    """Each day as the last day of its weekday on which the item was in stock; promotions are not looked at."""
    last = np.full(WEEK, history.units[~history.is_censored].mean())
    days = history.weekdays(first=0, count=len(history.units))
    for day in np.flatnonzero(~history.is_censored):
        last[days[day]] = history.units[day]
    return last[history.weekdays(first=len(history.units), count=horizon)]


@dataclass(frozen=True, kw_only=True, eq=False)
class Factors:
    """Multiplicative effects, shrunk towards one by ``SHRINK_DAYS``: by weekday, shape (7,), and of a promotion."""

    weekday: Floats
    promo: float

    def of(self, *, weekdays: NDArray[np.int64], promo: NDArray[np.bool_]) -> Floats:
        """What an ordinary day is multiplied with, shape of the days."""
        return np.asarray(self.weekday[weekdays] * np.where(promo, self.promo, 1.0), dtype=np.float64)


def smoothed(*, history: DemandHistory, horizon: int, promo: NDArray[np.bool_]) -> Floats:
    """Exponential smoothing of the level with a damped trend (Gardner and McKenzie 1985) after taking out weekday and
    promotion; sold-out days neither move the level nor count in the factors. The smoothing with the least one-day error
    is taken."""
    factors = estimate_factors(history=history)
    seen_days = history.weekdays(first=0, count=len(history.units))
    plain = history.units / factors.of(weekdays=seen_days, promo=history.promo)
    options = [(alpha, beta) for alpha in SMOOTHINGS for beta in TRENDS]
    level, trend = _best_level(plain, history.is_censored, options)
    steps = np.cumsum(DAMPING ** np.arange(1, horizon + 1))
    ahead = np.maximum(level + trend * steps, 0.0)
    return ahead * factors.of(weekdays=history.weekdays(first=len(history.units), count=horizon), promo=promo)


def estimate_factors(*, history: DemandHistory) -> Factors:
    """Ratios to the local level (a centred median of four weeks), in stock only."""
    seen = ~history.is_censored
    level = _local_level(history.units, seen & ~history.promo)
    days = history.weekdays(first=0, count=len(history.units))
    plain = seen & ~history.promo
    weekday = np.array([_ratio(history.units, level, plain & (days == day)) for day in range(WEEK)])
    weekday /= weekday.mean() if weekday.mean() > 0 else 1.0
    promo = _ratio(history.units, level * weekday[days], seen & history.promo)
    return Factors(weekday=np.maximum(weekday, 0.02), promo=float(np.clip(promo, 1 / MOST_LIFT, MOST_LIFT)))


def _ratio(units: Floats, level: Floats, chosen: NDArray[np.bool_]) -> float:
    usual = float(level.mean()) or 1.0
    return float((units[chosen].sum() + SHRINK_DAYS * usual) / (level[chosen].sum() + SHRINK_DAYS * usual))


def _local_level(units: Floats, chosen: NDArray[np.bool_]) -> Floats:
    places = np.flatnonzero(chosen)
    if not len(places):
        return np.full(len(units), max(float(units.mean()), 1e-9))
    reach = 2 * WEEK
    level = np.array(
        [
            units[places[(places >= day - reach) & (places <= day + reach)]].mean()
            if np.any((places >= day - reach) & (places <= day + reach))
            else units[places].mean()
            for day in range(len(units))
        ]
    )
    return np.asarray(np.maximum(level, 1e-9), dtype=np.float64)


def _best_level(
    plain: Floats, is_censored: NDArray[np.bool_], options: list[tuple[float, float]]
) -> tuple[float, float]:
    """Level and trend at the end, under the option whose one-day errors are smallest; all options run side by side."""
    alpha, beta = (np.array(column) for column in zip(*options, strict=True))
    level = np.full(len(options), plain[~is_censored][:WEEK].mean())
    trend, error = np.zeros(len(options)), np.zeros(len(options))
    for value, hidden in zip(plain, is_censored, strict=True):
        expected = level + DAMPING * trend
        if hidden:
            level, trend = expected, DAMPING * trend
            continue
        miss = value - expected
        error += np.abs(miss)
        level, trend = expected + alpha * miss, DAMPING * trend + alpha * beta * miss
    best = int(error.argmin())
    return float(level[best]), float(trend[best])
