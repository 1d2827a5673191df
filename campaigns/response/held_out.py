"""Would the estimate have foreseen weeks it did not see? Whole weeks are held out in turn and forecast by the rest."""

from dataclasses import dataclass

import numpy as np

from campaigns.optimization.curves import Array
from campaigns.response.curve_grid import fit_grid
from campaigns.response.draws import draw_curves
from campaigns.response.estimate import CellEstimate

FOLDS = 4
SHARE = 0.8
DRAWS = 200


@dataclass(frozen=True, kw_only=True, eq=False)
class HeldOutWeeks:
    """Weeks of one cell as forecast without them; all of shape (n_weeks,).

    Attributes:
        week: number of the week in the history.
        actual, expected: revenue of the week's days with spend, money.
        low, high: the middle 80 % of what was forecast.
    """

    week: Array
    actual: Array
    expected: Array
    low: Array
    high: Array

    @property
    def covered(self) -> int:
        """Weeks whose revenue lies in its interval."""
        return int(np.sum((self.low <= self.actual) & (self.actual <= self.high)))

    @property
    def error(self) -> float:
        """Mean absolute error over mean revenue."""
        return float(np.abs(self.expected - self.actual).mean() / self.actual.mean())

    @property
    def explained(self) -> float:
        """Share of the variance between weeks that the forecasts explain; below zero where a mean would do better."""
        around = float(np.sum((self.actual - self.actual.mean()) ** 2))
        return 1.0 - float(np.sum((self.actual - self.expected) ** 2)) / around if around > 0.0 else 0.0


def held_out_weeks(*, estimate: CellEstimate, rng: np.random.Generator) -> HeldOutWeeks:
    """Forecast every week from the others: each quarter of the weeks, spread over the history, is left out once.

    What the cell borrows from others is not refitted without the week: that belief is wide beside its own days.
    """
    parts = [_fold(estimate, fold, rng) for fold in range(FOLDS)]
    week, actual, expected, low, high = (np.concatenate(values) for values in zip(*parts, strict=True))
    order = np.argsort(week)
    return HeldOutWeeks(
        week=week[order], actual=actual[order], expected=expected[order], low=low[order], high=high[order]
    )


def _fold(estimate: CellEstimate, fold: int, rng: np.random.Generator) -> tuple[Array, ...]:
    days = estimate.days
    held = days.week % FOLDS == fold
    kept = np.where(held, 0.0, 1.0)
    fit = fit_grid(days=days, belief=estimate.belief, inflation=estimate.inflation, kept=kept)
    drawn = draw_curves(
        days=days, fit=fit, beliefs=estimate.beliefs, inflation=estimate.inflation, draws=DRAWS, rng=rng
    )
    logs = drawn.coefficients @ days.controls.columns[held].T + days.logs[drawn.shape][:, held]
    daily = days.usual * np.exp(logs)
    typical = float(np.average(days.revenue, weights=kept))
    # The variance of a day as the fit weighs it, of a week as its days resemble each other.
    spread = (daily * (daily + typical) / 2.0) * (drawn.noise**2 * estimate.inflation)[:, None]
    weeks, place = np.unique(days.week[held], return_inverse=True)
    in_week = (place == np.arange(weeks.size)[:, None]).astype(np.float64).T
    sums = daily @ in_week
    simulated = sums + np.sqrt(spread @ in_week) * rng.standard_normal(sums.shape)
    low, high = np.quantile(simulated, [(1 - SHARE) / 2, (1 + SHARE) / 2], axis=0)
    return weeks.astype(np.float64), days.revenue[held] @ in_week, sums.mean(axis=0), low, high
