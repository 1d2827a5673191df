"""Which days of data each retailer has: the coverage calendar and its gaps."""

from dataclasses import dataclass
from datetime import date, timedelta

from harmonization.models import DayRollup
from harmonization.selectors.facts import Period


@dataclass(frozen=True, kw_only=True)
class WeekCoverage:
    """Days with data in one week, of the days of that week that lie in the period asked for."""

    monday: date
    covered: int
    expected: int


@dataclass(frozen=True, kw_only=True)
class RetailerCoverage:
    """One retailer's days with data in a period, and the stretches without."""

    retailer_id: str
    retailer_name: str
    covered_days: int
    weeks: tuple[WeekCoverage, ...]
    gaps: tuple[Period, ...]


def coverage(*, start: date, end: date) -> tuple[RetailerCoverage, ...]:
    """The coverage of each retailer that has data in the period, in order of id."""
    names: dict[str, str] = {}
    days: dict[str, set[date]] = {}
    rows = DayRollup.objects.between(start, end)
    for retailer_id, name, day in (
        rows.order_by("retailer_id", "event_date").values_list("retailer_id", "retailer_name", "event_date").distinct()
    ):
        names[retailer_id] = name
        days.setdefault(retailer_id, set()).add(day)
    calendar = [start + timedelta(days=offset) for offset in range((end - start).days + 1)]
    return tuple(
        RetailerCoverage(
            retailer_id=retailer_id,
            retailer_name=names[retailer_id],
            covered_days=len(covered),
            weeks=_weeks(calendar=calendar, covered=covered),
            gaps=_gaps(calendar=calendar, covered=covered),
        )
        for retailer_id, covered in days.items()
    )


def _weeks(*, calendar: list[date], covered: set[date]) -> tuple[WeekCoverage, ...]:
    counts: dict[date, list[int]] = {}
    for day in calendar:
        count = counts.setdefault(day - timedelta(days=day.weekday()), [0, 0])
        count[0] += day in covered
        count[1] += 1
    return tuple(WeekCoverage(monday=monday, covered=seen, expected=days) for monday, (seen, days) in counts.items())


def _gaps(*, calendar: list[date], covered: set[date]) -> tuple[Period, ...]:
    gaps: list[Period] = []
    for day in calendar:
        if day in covered:
            continue
        if gaps and gaps[-1].end == day - timedelta(days=1):
            gaps[-1] = Period(start=gaps[-1].start, end=day)
        else:
            gaps.append(Period(start=day, end=day))
    return tuple(gaps)
