"""Find the days of a source whose cost, delivery or ratios are far from what the days before make likely."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isnan

import numpy as np
from numpy.typing import NDArray

from harmonization.monitoring.causes import likely_cause
from harmonization.monitoring.finding import DaySums, Finding, FindingKind
from harmonization.monitoring.metric_series import MetricSeries, calendar_of, metric_series
from harmonization.monitoring.seasonal import Judgement, judge_days
from harmonization.monitoring.wording import expected_in_words, metric_in_words, odds_in_words, value_in_words

CHANCE = 1e-4
SMALLEST_MISS = float(np.log(1.25))
SMALLEST_LOSS = float(np.log(1 / 0.7))
FEWEST_DAYS = 28
SAME_EVENT_DAYS = 3


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """How one metric of one day misses its expectation; values in the metric's own unit.

    Attributes:
        factor: observed over expected.
        is_odd: less likely than the false-alarm rate allows, and large enough to matter.
    """

    metric: str
    observed: float
    expected: float
    low: float
    high: float
    factor: float
    oddness: float
    chance: float
    is_odd: bool


def too_short_to_judge(*, days: Sequence[DaySums]) -> bool:
    """Whether a source has too few days for any of them to be called odd."""
    return len({one.day for one in days}) < FEWEST_DAYS


def outliers(*, days: Sequence[DaySums], campaign_id: str = "", chance: float = CHANCE) -> tuple[Finding, ...]:
    """One finding for each odd day, or stretch of days odd in one direction, led by the first day's oddest metric.

    None where the history is too short to judge.

    Args:
        days: of one currency, in any order.
        chance: false alarms allowed per metric and ordinary day; divide it by the number of campaigns that are watched.
    """
    if too_short_to_judge(days=days):
        return ()
    calendar = calendar_of(days=days)
    judged = [
        (series, judge_days(values=series.logs, sampling_variance=series.sampling_variance))
        for series in metric_series(days=days, calendar=calendar)
    ]
    odd = np.any([_are_odd(series.metric, one, chance=chance) for series, one in judged], axis=0)
    found = [
        _finding(
            day=calendar[place],
            deviations=[_deviation(series, one, place=place, chance=chance) for series, one in judged],
            currency=days[0].currency,
            campaign_id=campaign_id,
        )
        for place in np.flatnonzero(odd)
    ]
    return tuple(_as_one(stretch) for stretch in _stretches(found))


def _stretches(found: Sequence[Finding]) -> list[list[Finding]]:
    """Findings a few days apart that point in the same direction: one event that lasts."""
    stretches: list[list[Finding]] = []
    for one in found:
        last = stretches[-1][-1] if stretches else None
        if last and (one.event_date - last.event_date).days <= SAME_EVENT_DAYS and one.oddness * last.oddness > 0:
            stretches[-1].append(one)
        else:
            stretches.append([one])
    return stretches


def _as_one(stretch: Sequence[Finding]) -> Finding:
    first, last = stretch[0], stretch[-1]
    if len(stretch) == 1:
        return first
    return replace(first, summary=f"{first.summary}; {len(stretch)} odd days up to {last.event_date:%-d %b %Y}")


def _deviation(series: MetricSeries, judged: Judgement, *, place: int, chance: float) -> Deviation:
    miss = float(judged.miss[place])
    return Deviation(
        metric=series.metric,
        observed=float(np.exp(series.logs[place])),
        expected=float(np.exp(judged.expected[place])),
        low=float(np.exp(judged.low[place])),
        high=float(np.exp(judged.high[place])),
        factor=float(np.exp(miss)),
        oddness=float(judged.oddness[place]),
        chance=float(judged.chance[place]),
        is_odd=bool(_are_odd(series.metric, judged, chance=chance)[place]),
    )


def _are_odd(metric: str, judged: Judgement, *, chance: float) -> NDArray[np.bool_]:
    """By day. Rows are only odd when they are few; figures in both directions. Days not judged are not odd."""
    miss = judged.miss
    matters = -miss >= SMALLEST_LOSS if metric == "facts" else np.abs(miss) >= SMALLEST_MISS
    return np.asarray((judged.chance < chance) & matters)


def _finding(*, day: date, deviations: Sequence[Deviation], currency: str, campaign_id: str) -> Finding:
    odd = [one for one in deviations if one.is_odd]
    factors = {one.metric: one.factor for one in deviations if not isnan(one.factor)}
    leading = max(odd, key=lambda one: (one.metric != "facts", abs(one.oddness)))
    kind = FindingKind.COVERAGE_DROP if leading.metric == "facts" else FindingKind.OUTLIER
    cause = likely_cause(factors=factors, odd=[one.metric for one in odd])
    others = [metric_in_words(one.metric) for one in odd if one is not leading]
    verb = "are" if leading.metric == "impressions" else "is"
    direction = f"{verb} far {'above' if leading.factor > 1 else 'below'}"
    also = f"; also {', '.join(others)}" if others else ""
    return Finding(
        kind=kind,
        event_date=day,
        campaign_id=campaign_id,
        metric=leading.metric,
        summary=f"{metric_in_words(leading.metric).capitalize()} {direction} what is usual{also}",
        observed=value_in_words(metric=leading.metric, value=leading.observed, currency=currency),
        expected=expected_in_words(metric=leading.metric, low=leading.low, high=leading.high, currency=currency),
        oddness=round(leading.oddness, 2),
        odds=odds_in_words(chance=leading.chance),
        cause=cause.cause,
        advice=cause.advice,
    )
