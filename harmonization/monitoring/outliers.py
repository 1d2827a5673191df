"""Find the days of a source whose cost, delivery or ratios are far from what the days before make likely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from harmonization.monitoring.causes import likely_cause
from harmonization.monitoring.finding import DaySums, Finding, FindingKind
from harmonization.monitoring.metric_series import calendar_of, metric_series
from harmonization.monitoring.seasonal import judge_days
from harmonization.monitoring.wording import expected_in_words, metric_in_words, odds_in_words, value_in_words

CHANCE = 1e-4
SMALLEST_MISS = float(np.log(1.25))
SMALLEST_LOSS = float(np.log(1 / 0.7))
FEWEST_DAYS = 28


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
    """One finding for each odd day, led by its oddest metric; none where the history is too short to judge.

    Args:
        days: of one currency, in any order.
        chance: false alarms allowed per metric and ordinary day; divide it by the number of campaigns that are watched.
    """
    if too_short_to_judge(days=days):
        return ()
    currency = days[0].currency
    found = []
    for day, deviations in sorted(deviations_by_day(days=days, chance=chance).items()):
        odd = [one for one in deviations.values() if one.is_odd]
        if odd:
            found.append(_finding(day=day, odd=odd, all_of_day=deviations, currency=currency, campaign_id=campaign_id))
    return tuple(found)


def deviations_by_day(*, days: Sequence[DaySums], chance: float = CHANCE) -> dict[date, dict[str, Deviation]]:
    """What could be judged, by day and metric."""
    calendar = calendar_of(days=days)
    found: dict[date, dict[str, Deviation]] = {}
    for series in metric_series(days=days, calendar=calendar):
        judged = judge_days(values=series.logs, sampling_variance=series.sampling_variance)
        for place in np.flatnonzero(~np.isnan(judged.chance)):
            miss = float(judged.miss[place])
            found.setdefault(calendar[place], {})[series.metric] = Deviation(
                metric=series.metric,
                observed=float(np.exp(series.logs[place])),
                expected=float(np.exp(judged.expected[place])),
                low=float(np.exp(judged.low[place])),
                high=float(np.exp(judged.high[place])),
                factor=float(np.exp(miss)),
                oddness=float(judged.oddness[place]),
                chance=float(judged.chance[place]),
                is_odd=float(judged.chance[place]) < chance and _matters(series.metric, miss),
            )
    return found


def _matters(metric: str, miss: float) -> bool:
    """Rows are only odd when they are few; figures in both directions."""
    return -miss >= SMALLEST_LOSS if metric == "facts" else abs(miss) >= SMALLEST_MISS


def _finding(
    *, day: date, odd: list[Deviation], all_of_day: Mapping[str, Deviation], currency: str, campaign_id: str
) -> Finding:
    leading = max(odd, key=lambda one: (one.metric != "facts", abs(one.oddness)))
    kind = FindingKind.COVERAGE_DROP if leading.metric == "facts" else FindingKind.OUTLIER
    cause = likely_cause(
        factors={name: one.factor for name, one in all_of_day.items()}, odd=[one.metric for one in odd]
    )
    others = [metric_in_words(one.metric) for one in odd if one is not leading]
    direction = "far above" if leading.factor > 1 else "far below"
    also = f"; also {', '.join(others)}" if others else ""
    return Finding(
        kind=kind,
        event_date=day,
        campaign_id=campaign_id,
        metric=leading.metric,
        summary=f"{metric_in_words(leading.metric).capitalize()} is {direction} what is usual{also}",
        observed=value_in_words(metric=leading.metric, value=leading.observed, currency=currency),
        expected=expected_in_words(metric=leading.metric, low=leading.low, high=leading.high, currency=currency),
        oddness=round(leading.oddness, 2),
        odds=odds_in_words(chance=leading.chance),
        cause=cause.cause,
        advice=cause.advice,
    )
