"""The watched metrics of a source as series of consecutive days, on a logarithmic scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from harmonization.monitoring.finding import DaySums
from harmonization.monitoring.seasonal import Days

SMALLEST_SHARE = 0.01
FEWEST_FINAL_DAYS = 35


@dataclass(frozen=True, kw_only=True)
class MetricSeries:
    """One metric of consecutive days.

    Attributes:
        logs: natural logarithm of the metric; NaN on days without data.
        sampling_variance: of ``logs``, from the count the metric rests on (1/n, delta method of a Poisson count).
    """

    metric: str
    logs: Days
    sampling_variance: Days


def metric_series(*, days: Sequence[DaySums], calendar: Sequence[date]) -> tuple[MetricSeries, ...]:
    """Every watched metric over the calendar. A zero counts as a hundredth of what is usual, so that it can be odd.

    Attributed revenue grows for days after the click: where the source's rule says so and enough final days are known,
    return on spend is judged on final days alone.
    """
    by_day = {one.day: one for one in days}
    impressions, clicks, cost = (_column(by_day, calendar, name) for name in ("impressions", "clicks", "cost"))
    revenue, orders = (_column(_settled(by_day), calendar, name) for name in ("revenue", "orders"))
    facts = _column(by_day, calendar, "facts")
    return (
        _series("cost", cost, rests_on=clicks),
        _series("impressions", impressions, rests_on=impressions),
        _series("ctr", _ratio(clicks + 0.5, impressions + 1.0), rests_on=clicks),
        _series("cpc", _ratio(cost, clicks), rests_on=clicks),
        _series("roas", _ratio(revenue, cost), rests_on=orders),
        _series("facts", facts, rests_on=facts),
    )


def calendar_of(*, days: Sequence[DaySums]) -> list[date]:
    """Every day from the first to the last."""
    first, last = min(one.day for one in days), max(one.day for one in days)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _settled(by_day: dict[date, DaySums]) -> dict[date, DaySums]:
    final = {day: one for day, one in by_day.items() if one.is_final}
    return final if len(final) >= FEWEST_FINAL_DAYS else by_day


def _column(by_day: dict[date, DaySums], calendar: Sequence[date], name: str) -> Days:
    return np.array([getattr(by_day[day], name) if day in by_day else np.nan for day in calendar], dtype=float)


def _ratio(part: Days, whole: Days) -> Days:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def _series(metric: str, values: Days, *, rests_on: Days) -> MetricSeries:
    known = values[values > 0]
    usual = float(np.median(known)) if known.size else 1.0
    floored = np.where(np.isnan(values), np.nan, np.maximum(values, SMALLEST_SHARE * usual))
    counts = rests_on[~np.isnan(rests_on)]
    typical = max(float(np.median(counts)), 1.0) if counts.size else 1.0
    seen = np.where(np.isnan(rests_on), typical, rests_on)
    return MetricSeries(metric=metric, logs=np.log(floored), sampling_variance=1.0 / np.clip(seen, 1.0, typical))
