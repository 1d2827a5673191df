"""One item's days as a forecast sees them."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

WEEK = 7
LEAST_DAYS = 21
LEAST_SEEN = 14


class ForecastRefused(Exception):
    """The history cannot carry a forecast.

    Attributes:
        title: what is wrong.
        detail: what would suffice.
        where: the column or argument it is about.
    """

    def __init__(self, title: str, detail: str, where: str = "") -> None:
        super().__init__(f"{title}: {detail}")
        self.title, self.detail, self.where = title, detail, where


@dataclass(frozen=True, kw_only=True, eq=False)
class DemandHistory:
    """Consecutive days.

    Attributes:
        units: sold a day, shape (n_days,).
        weekday: of the first day, Monday 0.
        promo: whether the item was on promotion, shape (n_days,).
        is_censored: days on which the item was sold out, so that sales are less than demand, shape (n_days,).
    """

    units: NDArray[np.float64]
    weekday: int
    promo: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    is_censored: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def __post_init__(self) -> None:
        days = len(self.units)
        for name in ("promo", "is_censored"):
            given = getattr(self, name)
            if len(given) not in (0, days):
                raise ForecastRefused("The columns are not of one length", f"Give {days} days of {name}.", name)
            object.__setattr__(self, name, given if len(given) else np.zeros(days, dtype=bool))
        if not np.all(np.isfinite(self.units)) or np.any(self.units < 0):
            raise ForecastRefused("A day's units are negative or no number", "Correct the day.", "units")
        in_stock = int((~self.is_censored).sum())
        if days < LEAST_DAYS or in_stock < LEAST_SEEN:
            detail = f"{days} days, {in_stock} of them in stock; {LEAST_DAYS} and {LEAST_SEEN} suffice."
            raise ForecastRefused("The history is too short", detail, "units")

    def until(self, days: int) -> "DemandHistory":
        """The first ``days`` days."""
        return DemandHistory(
            units=self.units[:days],
            weekday=self.weekday,
            promo=self.promo[:days],
            is_censored=self.is_censored[:days],
        )

    def weekdays(self, *, first: int, count: int) -> NDArray[np.int64]:
        """Days of the week of ``count`` days from day number ``first``."""
        return (self.weekday + first + np.arange(count)) % WEEK
