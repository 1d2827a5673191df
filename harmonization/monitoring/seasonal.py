"""How odd each day of a series is, judged by the days before it alone: weekday median, level, and MAD of the misses.

Each day is forecast as the median of the last two weeks with the weekday's usual difference taken out and put back in;
misses are scaled by the median absolute deviation of earlier misses (Rousseeuw & Croux 1993, for 1.4826). A scale from
n misses is uncertain, so a miss is compared with Student's t of 0.37 n degrees of freedom (the MAD's efficiency).
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy import special

WEEK, LEVEL_DAYS, MEMORY_DAYS, MEMORY_WEEKS = 7, 14, 56, 8
FEWEST_LEVEL, FEWEST_MISSES, FEWEST_WEEKS = 7, 14, 2
MAD_TO_DEVIATION, MAD_EFFICIENCY = 1.4826, 0.37
SMALLEST_SCALE = 0.02
USUAL_SHARE = 0.99
Days = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One entry a day, on the scale of the series; NaN where the day is missing or its history is too short to judge.

    Attributes:
        expected, low, high: the forecast, and the range in which 99 of 100 days lie.
        miss: observed minus expected.
        oddness: the miss in robust standard deviations.
        chance: probability of a miss this large on an ordinary day.
    """

    expected: Days
    low: Days
    high: Days
    miss: Days
    oddness: Days
    chance: Days


def judge_days(*, values: Days, sampling_variance: Days) -> Judgement:
    """Judge a series of consecutive days (NaN for days without data), oldest first.

    Args:
        sampling_variance: variance a day has from its small counts alone, on the scale of the series; a day of few
            clicks may wander further than its history shows.
    """
    weekday = _weekday_effect(values)
    level = _median_before(values - weekday, days=LEVEL_DAYS, fewest=FEWEST_LEVEL)
    forecast = level + weekday
    miss = values - forecast
    usual = _median_before(miss, days=MEMORY_DAYS, fewest=FEWEST_MISSES)
    spread, count = _spread_before(miss)
    scale = np.sqrt(np.maximum(MAD_TO_DEVIATION * spread, SMALLEST_SCALE) ** 2 + sampling_variance)
    freedom = np.maximum(4.0, MAD_EFFICIENCY * count)
    expected, reach = forecast + usual, special.stdtrit(freedom, 0.5 + USUAL_SHARE / 2) * scale
    oddness = (values - expected) / scale
    return Judgement(
        expected=expected,
        low=expected - reach,
        high=expected + reach,
        miss=values - expected,
        oddness=oddness,
        chance=2 * np.asarray(special.stdtr(freedom, -np.abs(oddness))),
    )


def _weekday_effect(values: Days) -> Days:
    """How the day's weekday usually differs from its week; 0 until two such weekdays were seen."""
    around = _median(_windows(values, days=WEEK, with_today=True), fewest=FEWEST_LEVEL // 2 + 1)
    windows = _windows(values - around, days=WEEK * MEMORY_WEEKS, with_today=False)
    effect = _median(windows[:, ::WEEK], fewest=FEWEST_WEEKS)
    return np.where(np.isnan(effect), 0.0, effect)


def _median_before(values: Days, *, days: int, fewest: int) -> Days:
    return _median(_windows(values, days=days, with_today=False), fewest=fewest)


def _spread_before(miss: Days) -> tuple[Days, Days]:
    """Median absolute deviation of the misses before each day, and how many there were."""
    windows = _windows(miss, days=MEMORY_DAYS, with_today=False)
    middle = _median(windows, fewest=FEWEST_MISSES)
    spread = _median(np.abs(windows - middle[:, None]), fewest=FEWEST_MISSES)
    return spread, np.sum(~np.isnan(windows), axis=1).astype(float)


def _windows(values: Days, *, days: int, with_today: bool) -> Days:
    """Row t: the ``days`` days before day t, oldest first; with today, the last of them is day t. Shape (T, days)."""
    padded = np.concatenate([np.full(days, np.nan), values])
    first = 1 if with_today else 0
    return sliding_window_view(padded, days)[first : first + len(values)]


def _median(windows: Days, *, fewest: int) -> Days:
    """The median of each row without its gaps; NaN in rows with fewer than ``fewest`` values."""
    ordered = np.sort(windows, axis=1)
    count = np.sum(~np.isnan(ordered), axis=1)
    rows, middle = np.arange(len(ordered)), np.maximum(count - 1, 0)
    medians = (ordered[rows, middle // 2] + ordered[rows, (middle + 1) // 2]) / 2
    return np.where(count >= fewest, medians, np.nan)
