"""How demand answers to price, where price is not set by demand."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from campaigns.forecasting.history import ForecastRefused

LEAST_ITEMS, LEAST_ROWS = 8, 60
WEAK = 10.0


@dataclass(frozen=True, kw_only=True)
class Elasticity:
    """Per cent change of units for one per cent more price.

    Attributes:
        value, interval: by the method named.
        method: "instrument" or "fixed effects".
        first_stage_f: strength of the instrument; under 10 it is weak (Staiger and Stock 1997). None without one.
        naive: ordinary least squares, shown as the wrong answer it is when price is set by demand.
    """

    value: float
    interval: tuple[float, float]
    method: str
    first_stage_f: float | None
    naive: float
    items: int
    rows: int
    notes: tuple[str, ...]


def estimate_elasticity(
    *,
    item: NDArray[np.int64],
    period: NDArray[np.int64],
    units: NDArray[np.float64],
    price: NDArray[np.float64],
    instrument: NDArray[np.float64] | None = None,
    confidence: float = 0.9,
) -> Elasticity:
    """Log units on log price within items and periods; with an instrument by two-stage least squares.

    A good instrument moves price and not demand: cost, or the item's price in other regions (Hausman 1996). Standard
    errors are clustered by item. Rows without units are left out and counted.

    Args:
        item, period: numbers from zero, shape (n,).
        units, price, instrument: above zero, shape (n,).

    Raises ForecastRefused where price hardly varies within items, or the data are too few.
    """
    usable = _usable(units, price, instrument)
    rows, items = int(usable.sum()), len(np.unique(item[usable]))
    _needs_enough(items=items, rows=rows)
    groups = (item[usable], period[usable])
    y, x = (_within(np.log(values[usable]), groups) for values in (units, price))
    _needs_moving(x)
    z = x if instrument is None else _within(np.log(instrument[usable]), groups)
    value, error = _two_stage(y, x, z, cluster=groups[0])
    strength = None if instrument is None else _first_stage_f(x, z, cluster=groups[0])
    reach = float(stats.t.isf((1 - confidence) / 2, items - 1)) * error
    return Elasticity(
        value=value,
        interval=(value - reach, value + reach),
        method="fixed effects" if instrument is None else "instrument",
        first_stage_f=strength,
        naive=_naive(np.log(units[usable]), np.log(price[usable])),
        items=items,
        rows=rows,
        notes=_notes(len(units) - rows, strength),
    )


def _needs_enough(*, items: int, rows: int) -> None:
    if items < LEAST_ITEMS or rows < LEAST_ROWS:
        detail = f"{items} items and {rows} rows with units; {LEAST_ITEMS} and {LEAST_ROWS} are needed."
        raise ForecastRefused("Too little to learn from", detail, "price")


def _needs_moving(price: NDArray[np.float64]) -> None:
    if price.std() < 0.01:
        raise ForecastRefused("Prices hardly vary", "Within items prices must change by more than 1 %.", "price")


def _usable(
    units: NDArray[np.float64], price: NDArray[np.float64], instrument: NDArray[np.float64] | None
) -> NDArray[np.bool_]:
    given = [units, price] if instrument is None else [units, price, instrument]
    return np.asarray(np.all([np.isfinite(values) & (values > 0) for values in given], axis=0), dtype=np.bool_)


def _naive(units: NDArray[np.float64], price: NDArray[np.float64]) -> float:
    return float(np.cov(price, units)[0, 1] / price.var(ddof=1))


def _within(values: NDArray[np.float64], groups: tuple[NDArray[np.int64], ...]) -> NDArray[np.float64]:
    """Item and period means taken out in turn until nothing moves (Gaure 2013)."""
    left: NDArray[np.float64] = values - values.mean()
    for _ in range(200):
        moved = 0.0
        for group in groups:
            means = np.bincount(group, weights=left) / np.maximum(np.bincount(group), 1)
            left = left - means[group]
            moved = max(moved, float(np.abs(means).max()))
        if moved < 1e-10:
            break
    return left


def _two_stage(
    y: NDArray[np.float64], x: NDArray[np.float64], z: NDArray[np.float64], *, cluster: NDArray[np.int64]
) -> tuple[float, float]:
    """The slope z·y / z·x and its error clustered by item, with the small-sample factor G/(G−1)."""
    shared = float(z @ x)
    if abs(shared) < 1e-12:
        raise ForecastRefused("The instrument does not move the price", "Choose another.", "instrument")
    value = float(z @ y) / shared
    scores = np.bincount(cluster, weights=z * (y - value * x))
    count = len(np.unique(cluster))
    return value, float(np.sqrt(count / (count - 1) * (scores**2).sum()) / abs(shared))


def _first_stage_f(x: NDArray[np.float64], z: NDArray[np.float64], *, cluster: NDArray[np.int64]) -> float:
    slope, error = _two_stage(x, z, z, cluster=cluster)
    return (slope / error) ** 2 if error > 0 else float("inf")


def _notes(left_out: int, strength: float | None) -> tuple[str, ...]:
    notes = []
    if left_out:
        notes.append(f"{left_out} rows without units or price were left out.")
    if strength is None:
        notes.append("Without an instrument this is right only where prices do not follow demand within an item.")
    elif strength < WEAK:
        notes.append(f"The instrument is weak (F = {strength:.1f}): do not rely on the interval.")
    return tuple(notes)
