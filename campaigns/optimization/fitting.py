"""Fit a cell's response to its daily history, with the uncertainty that the history leaves.

Revenue of a day is ``weekday * trend * beta*x/(k + x)`` plus noise. Weekday factors are estimated once; beta, k and the
slow trend together, by weighted least squares (variance proportional to the mean). Uncertainty comes from a bootstrap
of whole weeks, so that what is alike within a week counts once (Kunsch 1989), widened where weeks are few. The fit
tells how revenue moved with spend, not why: where spend was raised because demand was high, it flatters the ads.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curves import Array
from campaigns.optimization.saturation_grid import BELIEF_WIDTH, Days, Fits, fit_weightings

Mask = NDArray[np.bool_]

LEAST_WEEKS = 6
LEAST_DAYS = 28
LEAST_SPREAD = 1.25
LEAST_RISING = 0.9
_LONG_HISTORY = 120
_PASSES = 3


class InsufficientData(Exception):
    """The history cannot tell how revenue responds to spend.

    Attributes:
        reason: what is missing.
        would_suffice: what history would do.
    """

    def __init__(self, reason: str, would_suffice: str) -> None:
        super().__init__(f"{reason} {would_suffice}")
        self.reason, self.would_suffice = reason, would_suffice


@dataclass(frozen=True, kw_only=True)
class Range:
    """The middle part of the draws of one parameter."""

    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class FittedCurve:
    """Daily Michaelis-Menten response ``beta*x/(k + x)`` of an average day of the history.

    Attributes:
        beta: revenue a day that no spend exceeds; currency units.
        k: spend a day that brings half of it; currency units.
        beta_draws, k_draws: equally likely pairs, shape (n_draws,).
        weekday: factor by which each day of the week departs from the average, the history's first day first, (7,).
        days_used: days with spend.
        notes: what a reader should know, in words.
    """

    beta: float
    k: float
    beta_draws: Array
    k_draws: Array
    weekday: Array
    days_used: int
    notes: tuple[str, ...]

    def response_range(self, *, spend: float, share: float = 0.9) -> Range:
        """The middle ``share`` of the draws of revenue at ``spend`` a day."""
        return _middle(self.beta_draws * spend / (self.k_draws + spend), share)

    def k_range(self, *, share: float = 0.9) -> Range:
        """The middle ``share`` of the draws of k."""
        return _middle(self.k_draws, share)

    def beta_range(self, *, share: float = 0.9) -> Range:
        """The middle ``share`` of the draws of beta."""
        return _middle(self.beta_draws, share)


def fit_response(*, spend: Array, revenue: Array, rng: np.random.Generator, draws: int = 200) -> FittedCurve:
    """Fit one cell.

    Args:
        spend, revenue: currency units a day, consecutive days without gaps, shape (n_days,); a day without spend is
            a zero and tells nothing about the curve.
        rng: source of the bootstrap.
        draws: number of bootstrap draws.

    Raises:
        InsufficientData: too short, too constant, or too noisy to tell.
        ValueError: arrays of different length, or holding a negative or non-finite number.
    """
    _check_series(spend, revenue)
    used = spend > 0.0
    _check_history(spend, revenue, used)
    days, point, weekday = _fit_with_weekdays(spend, revenue, used)
    beta, k = float(point.beta[0]), float(point.k[0])
    weeks, parameters = int(days.week.max()) + 1, days.trend.shape[1] + 1
    drawn = rng.multinomial(weeks, np.full(weeks, 1.0 / weeks), size=draws).astype(np.float64)
    beliefs = rng.normal(0.0, BELIEF_WIDTH, size=draws)
    fits = fit_weightings(days=days, weightings=drawn, beliefs=beliefs)
    rising = fits.beta > 0.0
    if beta <= 0.0 or rising.mean() < LEAST_RISING:
        raise InsufficientData("Revenue does not rise with spend.", "Check that spend and revenue are of the same ads.")
    k_draws = _widened(np.where(rising, fits.k, k), k, weeks, parameters)
    _check_told(k_draws, float(days.spend.mean()))
    return FittedCurve(
        beta=beta,
        k=k,
        beta_draws=_widened(np.where(rising, fits.beta, beta), beta, weeks, parameters),
        k_draws=k_draws,
        weekday=weekday,
        days_used=int(used.sum()),
        notes=_notes(spend, revenue, used),
    )


def _fit_with_weekdays(spend: Array, revenue: Array, used: Mask) -> tuple[Days, Fits, Array]:
    """Fit curve and weekday factors in turn; each pass starts from what the other found."""
    weekday, usual = np.ones(7), float(revenue[used].mean())
    expected = np.full(int(used.sum()), usual)
    for _ in range(_PASSES):
        days = _days(spend, revenue, used, weekday, expected)
        point = fit_weightings(days=days, weightings=np.ones((1, int(days.week.max()) + 1)), beliefs=np.zeros(1))
        fitted = (days.trend @ point.trend[0]) * days.spend / (point.k[0] + days.spend)
        expected = np.maximum(fitted, 0.05 * usual)
        weekday = _weekday_factors(np.flatnonzero(used) % 7, revenue[used], expected)
    return days, point, weekday


def _check_series(spend: Array, revenue: Array) -> None:
    if spend.ndim != 1 or spend.shape != revenue.shape:
        raise ValueError(f"Spend and revenue must be two equally long series, got {spend.shape} and {revenue.shape}.")
    for name, series in (("Spend", spend), ("Revenue", revenue)):
        if not np.all(np.isfinite(series)) or np.any(series < 0.0):
            raise ValueError(f"{name} holds a negative or non-finite number.")


def _check_history(spend: Array, revenue: Array, used: Mask) -> None:
    days = int(used.sum())
    weeks = np.unique(np.flatnonzero(used) // 7).size
    if days < LEAST_DAYS or weeks < LEAST_WEEKS:
        raise InsufficientData(
            f"Only {days} days in {weeks} weeks have spend.",
            f"At least {LEAST_DAYS} days with spend in {LEAST_WEEKS} weeks are needed.",
        )
    if int((revenue[used] > 0.0).sum()) < LEAST_DAYS // 2:
        raise InsufficientData(
            f"Only {int((revenue[used] > 0.0).sum())} days have revenue.",
            f"At least {LEAST_DAYS // 2} days with revenue are needed; merge small cells.",
        )
    low, high = np.percentile(spend[used], [10.0, 90.0])
    if high < LEAST_SPREAD * low:
        raise InsufficientData(
            f"Spend hardly varied: its 90th percentile is only {high / low:.2f} times its 10th.",
            f"Vary it week by week by a factor of {LEAST_SPREAD:g} or more for {LEAST_WEEKS} weeks, or run a test.",
        )


def _check_told(k: Array, usual: float) -> None:
    """Elasticity at usual spend, k/(k + x), is 1 for a straight line and 0 for full saturation."""
    elasticity = _middle(k / (k + usual), 0.9)
    if elasticity.high - elasticity.low > 0.75:
        raise InsufficientData(
            "The noise hides the curve: one more unit of spend could bring nothing or as much as the last one.",
            "A longer history, or spend that varies more from week to week, would tell.",
        )


def _days(spend: Array, revenue: Array, used: Mask, weekday: Array, curve_revenue: Array) -> Days:
    day = np.flatnonzero(used)
    time = (day - day.mean()) / max(float(np.ptp(day)), 1.0)
    columns = [np.ones(day.size), time]
    if day.size >= _LONG_HISTORY:
        columns.append(time**2 - float((time**2).mean()))
    return Days(
        spend=spend[used],
        revenue=revenue[used] / weekday[day % 7],
        weight=1.0 / curve_revenue,
        trend=np.column_stack(columns),
        week=np.unique(day // 7, return_inverse=True)[1],
    )


def _weekday_factors(weekday: NDArray[np.intp], revenue: Array, expected: Array) -> Array:
    """Revenue of each day of the week over what the curve expects; 1 for a day never seen; mean 1 over the days."""
    seen = np.bincount(weekday, weights=expected, minlength=7)
    factors = np.where(seen > 0.0, np.bincount(weekday, weights=revenue, minlength=7) / np.where(seen > 0, seen, 1), 1)
    factors = np.maximum(factors, 0.05)
    scaled: Array = factors / factors[weekday].mean()
    return scaled


def _widened(draws: Array, point: float, weeks: int, parameters: int) -> Array:
    """Draws moved away from the point, in logarithms: few weeks make a plain bootstrap too sure of itself.

    The factor is sqrt(n/(n-p)) for the variance times the first term of Student's t over the normal quantile,
    1 + (z^2 + 1)/(4 nu) at z = 1.645 (Cornish and Fisher 1938).
    """
    freedom = max(weeks - parameters, 1)
    factor = np.sqrt(weeks / freedom) * (1.0 + (1.645**2 + 1.0) / (4.0 * freedom))
    widened: Array = point * (draws / point) ** factor
    return widened


def _notes(spend: Array, revenue: Array, used: Mask) -> tuple[str, ...]:
    late = float(revenue[~used].sum())
    if late > 0.05 * float(revenue.sum()):
        share = late / float(revenue.sum())
        return (f"{share:.0%} of revenue was attributed on days without spend; the curve leaves it out.",)
    return ()


def _middle(values: Array, share: float) -> Range:
    low, high = np.quantile(values, [0.5 - share / 2, 0.5 + share / 2])
    return Range(low=float(low), high=float(high))
