"""What else moves revenue: weekdays, season, promotion, price and stock, as columns beside the curve."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curves import Array
from campaigns.response.series import CellSeries

LEVEL = "level"
WEEKDAYS = tuple(f"weekday {number}" for number in range(1, 7))
BENDING_DAYS, YEAR = 120, 365
LEAST_PRICE_MOVE = 0.01
# One standard deviation of what each may do to the logarithm of revenue, before any data: a weekday by a third, the
# season by a half over the window, a promotion of everything by a half, and an elasticity of two.
DOUBT = dict.fromkeys(WEEKDAYS, 0.3) | {
    LEVEL: 2.0,
    "trend": 0.5,
    "bend": 1.0,
    "year sine": 0.3,
    "year cosine": 0.3,
    "promotion": 0.5,
    "price": 2.0,
    "stock": 1.0,
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Controls:
    """Columns of what multiplies revenue, on the days with spend; the first is the level, the others are centred.

    Attributes:
        names: of the columns; the same name means the same thing in every cell.
        columns: shape (n_days, n_columns), in logarithms of revenue per unit of each coefficient.
    """

    names: tuple[str, ...]
    columns: Array

    @property
    def doubts(self) -> Array:
        """Standard deviation of each coefficient before any data."""
        return np.array([DOUBT[name] for name in self.names])


def controls_of(series: CellSeries) -> Controls:
    """The columns that this history can tell apart: nothing is added for what never changed or is not known."""
    day = np.flatnonzero(series.used)
    columns = {LEVEL: np.ones(day.size)} | _weekdays(day) | _season(day) | _market(series)
    centred = {name: values - values.mean() for name, values in columns.items() if name != LEVEL}
    kept = {LEVEL: columns[LEVEL]} | {name: values for name, values in centred.items() if np.ptp(values) > 0.0}
    return Controls(names=tuple(kept), columns=np.column_stack(list(kept.values())))


def _weekdays(day: NDArray[np.intp]) -> dict[str, Array]:
    """Effects that sum to zero over the week: each day against the first of the history."""
    of_week = day % 7
    return {
        name: (of_week == number).astype(np.float64) - (of_week == 0)
        for number, name in enumerate(WEEKDAYS, start=1)
        if np.any(of_week == number)
    }


def _season(day: NDArray[np.intp]) -> dict[str, Array]:
    """A slow trend; it may bend in a history of four months, and repeat with the year in one of twelve."""
    time = (day - day.mean()) / max(float(np.ptp(day)), 1.0)
    found = {"trend": np.asarray(time, dtype=np.float64)}
    if np.ptp(day) + 1 >= BENDING_DAYS:
        found["bend"] = time**2
    if np.ptp(day) + 1 >= YEAR:
        found |= {"year sine": np.sin(2 * np.pi * day / YEAR), "year cosine": np.cos(2 * np.pi * day / YEAR)}
    return found


def _market(series: CellSeries) -> dict[str, Array]:
    used, found = series.used, {}
    if series.promo is not None:
        found["promotion"] = series.promo[used]
    if series.price is not None and np.all(series.price[used] > 0.0):
        price = np.log(series.price[used])
        if np.ptp(price) > LEAST_PRICE_MOVE:
            found["price"] = price
    if series.stock is not None:
        found["stock"] = np.log(np.maximum(series.stock[used], 0.05))
    return found
