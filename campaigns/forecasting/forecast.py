"""A forecast with intervals that were right in the past, beside its baseline."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.forecasting.history import WEEK, DemandHistory, ForecastRefused
from campaigns.forecasting.methods import seasonal_naive, smoothed

Method = Callable[..., NDArray[np.float64]]
METHODS: Mapping[str, Method] = {"smoothed": smoothed, "seasonal_naive": seasonal_naive}
MOST_ORIGINS = 12
LEAST_ORIGINS = 4
FIRST_SHARE = 0.4
PATHS = 2_000

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Backtest:
    """Past forecasts of one method.

    Attributes:
        mase: mean absolute error over the error of last week's same day within the history (Hyndman, Koehler 2006).
        bias: mean error relative to mean sales.
        errors: relative error of each in-stock day, (units − forecast) / scale, by origin, shape (n_origins, horizon);
            not a number on sold-out days.
    """

    mase: float
    bias: float
    errors: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Forecast:
    """What will sell.

    Attributes:
        method: the one with the smaller past error.
        mean, low, high: units by day, shape (horizon,).
        paths: simulated futures, shape (n_paths, horizon).
        baseline: seasonal naive, shape (horizon,).
        skill: 1 − MASE / MASE of the baseline; zero where the baseline itself is used.
        tested_on: past forecasts behind the interval.
    """

    method: str
    mean: Floats
    low: Floats
    high: Floats
    paths: Floats
    baseline: Floats
    mase: Mapping[str, float]
    skill: float
    tested_on: int
    notes: tuple[str, ...]


def forecast_demand(
    *,
    history: DemandHistory,
    horizon: int,
    rng: np.random.Generator,
    promo: NDArray[np.bool_] | None = None,
    confidence: float = 0.9,
) -> Forecast:
    """Forecast by the method that did best in the past; intervals are what its past errors were.

    Each method is run from past origins on what was known then; futures are the forecast plus whole past error paths,
    so that errors of neighbouring days go together.

    Args:
        horizon: days ahead.
        promo: planned promotions, shape (horizon,); none by default.

    Raises ForecastRefused where the history is too short for four past forecasts.
    """
    planned = _planned(promo, horizon)
    tests = {name: backtest(history=history, horizon=horizon, method=method) for name, method in METHODS.items()}
    chosen = min(tests, key=lambda name: tests[name].mase)
    mean = METHODS[chosen](history=history, horizon=horizon, promo=planned)
    independent = max(2.0, len(history.units) * (1 - FIRST_SHARE) / horizon)
    paths = _paths(mean, tests[chosen].errors, independent=independent, rng=rng)
    low, high = np.quantile(paths, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    base = tests["seasonal_naive"].mase
    return Forecast(
        method=chosen,
        mean=mean,
        low=low,
        high=high,
        paths=paths,
        baseline=seasonal_naive(history=history, horizon=horizon, promo=planned),
        mase={name: test.mase for name, test in tests.items()},
        skill=1 - tests[chosen].mase / base if base > 0 else 0.0,
        tested_on=len(tests[chosen].errors),
        notes=_notes(history, chosen),
    )


def _planned(promo: NDArray[np.bool_] | None, horizon: int) -> NDArray[np.bool_]:
    planned = np.zeros(max(horizon, 0), dtype=bool) if promo is None else promo
    if len(planned) != horizon or horizon < 1:
        detail = "Give one day or more, with as many promotion flags."
        raise ForecastRefused("The horizon does not fit", detail, "horizon")
    return planned


def backtest(*, history: DemandHistory, horizon: int, method: Method) -> Backtest:
    """Forecast from past origins and compare with what came, sold-out days left out."""
    origins = _origins(len(history.units), horizon)
    scale = _naive_error(history)
    errors = np.full((len(origins), horizon), np.nan)
    for row, origin in enumerate(origins):
        ahead = slice(origin, origin + horizon)
        found = method(history=history.until(origin), horizon=horizon, promo=history.promo[ahead])
        seen = ~history.is_censored[ahead]
        spread = np.maximum(np.sqrt(np.maximum(found, 0) * _typical(history)), 1e-9)
        errors[row, seen] = ((history.units[ahead] - found) / spread)[seen]
        errors[row] = np.where(seen, errors[row], np.nan)
    known = [_absolute(history, horizon, method, origin) for origin in origins]
    misses, sales = np.concatenate([miss for miss, _ in known]), np.concatenate([sold for _, sold in known])
    return Backtest(
        mase=float(np.abs(misses).mean() / scale) if len(misses) else float("inf"),
        bias=float(misses.mean() / max(float(sales.mean()), 1e-9)) if len(misses) else 0.0,
        errors=errors,
    )


def _absolute(history: DemandHistory, horizon: int, method: Method, origin: int) -> tuple[Floats, Floats]:
    ahead = slice(origin, origin + horizon)
    found = method(history=history.until(origin), horizon=horizon, promo=history.promo[ahead])
    seen = ~history.is_censored[ahead]
    return (history.units[ahead] - found)[seen], history.units[ahead][seen]


def _origins(days: int, horizon: int) -> list[int]:
    first = max(3 * WEEK, int(FIRST_SHARE * days))
    last = days - horizon
    found = np.unique(np.linspace(first, last, MOST_ORIGINS).astype(int)) if last >= first else np.empty(0, dtype=int)
    if len(found) < LEAST_ORIGINS:
        enough = 3 * WEEK + horizon + LEAST_ORIGINS
        detail = f"{days} days do not hold {LEAST_ORIGINS} past forecasts of {horizon} days; {enough} do."
        raise ForecastRefused("The history is too short", detail, "horizon")
    return [int(origin) for origin in found]


def _typical(history: DemandHistory) -> float:
    return max(float(history.units[~history.is_censored].mean()), 1e-9)


def _naive_error(history: DemandHistory) -> float:
    both = ~history.is_censored[WEEK:] & ~history.is_censored[:-WEEK]
    steps = np.abs(history.units[WEEK:] - history.units[:-WEEK])[both]
    return max(float(steps.mean()), 1e-9) if len(steps) else 1e-9


def _paths(mean: Floats, errors: Floats, *, independent: float, rng: np.random.Generator) -> Floats:
    """Futures: whole past error paths, holes filled from the same origin, never below zero.

    What a path is off on average is the level's error. Origins overlap, so only ``independent`` of those levels were
    seen: it is widened by √((m + 1)/(m − 1)), as the spread of a new one around m others.
    """
    filled = errors.copy()
    for row in filled:
        holes = np.isnan(row)
        if holes.all():
            row[:] = 0.0
        elif holes.any():
            row[holes] = rng.choice(row[~holes], int(holes.sum()))
    level = filled.mean(axis=1, keepdims=True)
    few = np.sqrt((len(filled) + 1) / (len(filled) - 1))
    widened = (filled - level) * few + level * np.sqrt((independent + 1) / (independent - 1))
    drawn = widened[rng.integers(0, len(filled), PATHS)]
    turned = np.take_along_axis(drawn, _rotations(len(mean), rng=rng), axis=1)
    spread = np.sqrt(np.maximum(mean, 0) * max(float(mean.mean()), 1e-9))
    futures: Floats = np.maximum(mean + turned * spread, 0.0)
    return futures


def _rotations(horizon: int, *, rng: np.random.Generator) -> NDArray[np.int64]:
    """Starts of the error path turned by whole weeks, so that few origins make many futures and weekdays stay."""
    weeks = max(1, horizon // WEEK)
    turns = WEEK * rng.integers(0, weeks, PATHS)
    return (np.arange(horizon)[None, :] + turns[:, None]) % horizon


def _notes(history: DemandHistory, chosen: str) -> tuple[str, ...]:
    notes = []
    hidden = int(history.is_censored.sum())
    if hidden:
        notes.append(f"{hidden} sold-out days were left out: sales there are less than demand.")
    if chosen == "seasonal_naive":
        notes.append("No method beat last week's same day here.")
    return tuple(notes)
