"""What the next money brings in each cell, from days of spend and what they brought: one elasticity a cell, in draws.

Value of a day is ``V · (x / u)^γ`` at spend x, with u the usual spend. What moves all cells on the same day (season,
weekday, demand that budgets follow) is taken out of spend and value alike, as day effects are in a panel, so that it
does not pass for the money's doing. γ of a cell is shrunk to what is usual for ads.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.bandits.decisions import BanditRefused

LEAST_DAYS, LEAST_CELLS_FOR_DAYS = 14, 3
USUAL_ELASTICITY, DOUBT = 0.6, 0.2
LEAST, MOST = 0.05, 0.95
PASSES = 30
RECENT = 28

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class CellDays:
    """One cell: spend and the incremental margin it brought, money by day, shape (n_days,)."""

    name: str
    spend: Floats
    value: Floats

    def until(self, day: int) -> "CellDays":
        """The first ``day`` days."""
        return CellDays(name=self.name, spend=self.spend[:day], value=self.value[:day])

    def since(self, day: int) -> "CellDays":
        """The days from number ``day``."""
        return CellDays(name=self.name, spend=self.spend[day:], value=self.value[day:])


@dataclass(frozen=True, kw_only=True, eq=False)
class DailyResponse:
    """Draws of every cell's response.

    Attributes:
        usual: spend of a usual day, shape (n_cells,).
        value: brought by that spend, shape (n_draws, n_cells).
        elasticity: shape (n_draws, n_cells).
        is_known: cells with enough days, shape (n_cells,); others keep what they have.
    """

    usual: Floats
    value: Floats
    elasticity: Floats
    is_known: NDArray[np.bool_]

    def brought(self, spend: Floats) -> Floats:
        """Value of a day at ``spend``, shape (n_draws, n_cells)."""
        found: Floats = self.value * np.power(spend / self.usual, self.elasticity)
        return found

    def marginal(self, spend: Floats) -> Floats:
        """Value of one more unit of money, shape (n_draws, n_cells)."""
        found: Floats = self.brought(spend) * self.elasticity / np.maximum(spend, 1e-9 * self.usual)
        return found


def check_days(*, cells: Sequence[CellDays]) -> None:
    """Raises BanditRefused for fewer than two cells, days of unequal number, or what is no amount of money."""
    if len(cells) < 2:
        raise BanditRefused("There is nothing to choose", "Two cells or more with spend are needed.", "cells")
    if len({one.spend.size for one in cells} | {one.value.size for one in cells}) > 1:
        raise BanditRefused("The days differ", "Give the same days for every cell.", "cells")
    for one in cells:
        if not np.all(np.isfinite(one.spend) & np.isfinite(one.value)) or np.any(one.spend < 0):
            raise BanditRefused("A day is no amount of money", "Correct the day.", one.name)


def estimate_daily(*, cells: Sequence[CellDays], draws: int, rng: np.random.Generator) -> DailyResponse:
    """Fit every cell; see the module.

    Raises BanditRefused as ``check_days``, or where no cell has 14 days with spend and value.
    """
    check_days(cells=cells)
    spend, value = (np.stack([getattr(one, name) for one in cells], axis=1) for name in ("spend", "value"))
    used = (spend > 0) & (value > 0)
    is_known = used.sum(axis=0) >= LEAST_DAYS
    if not is_known.any():
        detail = f"{int(used.sum(axis=0).max())} days have spend and value; {LEAST_DAYS} of a cell suffice."
        raise BanditRefused("The history is too short", detail, "days")
    usual = np.array([one.spend[one.spend > 0][-RECENT:].mean() if (one.spend > 0).any() else 1.0 for one in cells])
    x = np.where(used, np.log(np.maximum(spend, 1e-12) / usual), 0.0)
    y = np.where(used, np.log(np.maximum(value, 1e-12)), 0.0)
    by_day = int(is_known.sum()) >= LEAST_CELLS_FOR_DAYS
    own_x, own_y = (_within(one, used, by_day=by_day) for one in (x, y))
    freedom = np.maximum(used.sum(axis=0) - 2.0, 3.0)
    mean, error, noise = _elasticity(own_x, own_y, freedom)
    stretch = np.sqrt(freedom / rng.chisquare(freedom, size=(draws, len(cells))))
    elasticity = np.clip(mean + error * stretch * rng.standard_normal((draws, len(cells))), LEAST, MOST)
    level, spread = _level(x, y, used, noise, mean)
    logs = level + spread * stretch * rng.standard_normal((draws, len(cells))) + noise / 2
    return DailyResponse(usual=usual, value=np.exp(logs), elasticity=elasticity, is_known=is_known)


def _within(values: Floats, used: NDArray[np.bool_], *, by_day: bool) -> Floats:
    """Values less the mean of their cell and, in turns, of their day; zero where unused."""
    left = np.where(used, values, 0.0)
    for _ in range(PASSES if by_day else 1):
        left = np.where(used, left - left.sum(axis=0) / np.maximum(used.sum(axis=0), 1), 0.0)
        if by_day:
            left = np.where(used, left - (left.sum(axis=1) / np.maximum(used.sum(axis=1), 1))[:, None], 0.0)
    return left


def _elasticity(x: Floats, y: Floats, freedom: Floats) -> tuple[Floats, Floats, Floats]:
    """Posterior mean and standard error of each cell's γ, and the variance of a day around it."""
    squares = np.maximum((x**2).sum(axis=0), 1e-12)
    plain = (x * y).sum(axis=0) / squares
    noise = np.maximum(((y - plain * x) ** 2).sum(axis=0) / freedom, 1e-6)
    precision = squares / noise + DOUBT**-2
    mean = ((x * y).sum(axis=0) / noise + USUAL_ELASTICITY * DOUBT**-2) / precision
    return mean, precision**-0.5, noise


def _level(x: Floats, y: Floats, used: NDArray[np.bool_], noise: Floats, elasticity: Floats) -> tuple[Floats, Floats]:
    """Log value at usual spend over the recent days, and its standard error, shape (n_cells,)."""
    recent = used.copy()
    recent[: max(0, len(used) - RECENT)] = False
    recent = np.where(recent.any(axis=0), recent, used)
    count = np.maximum(recent.sum(axis=0), 1)
    level = (np.where(recent, y - elasticity * x, 0.0)).sum(axis=0) / count
    return level, np.sqrt(noise / count)
