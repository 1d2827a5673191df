"""The state of every source on every day: final, provisional, restated, missing, held, anomalous."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import QuerySet

from harmonization.models import Anomaly, DayRollup, DayVersion, HeldDay
from harmonization.monitoring.days import missing_days
from harmonization.selectors.attention import retailer_names

RHYTHM_DAYS = 56
ABOUT_A_DAY = (
    Anomaly.Kind.OUTLIER,
    Anomaly.Kind.REPEATED_DAY,
    Anomaly.Kind.COVERAGE_DROP,
    Anomaly.Kind.CURRENCY_SWITCH,
    Anomaly.Kind.FIELD_LOST,
)


class DayState(StrEnum):
    """What is most worth knowing about a day; the first that holds is shown."""

    HELD = "held"
    ANOMALOUS = "anomalous"
    MISSING = "missing"
    RESTATED = "restated"
    PROVISIONAL = "provisional"
    FINAL = "final"
    PRESENT = "present"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class CalendarDay:
    """One source on one day.

    Attributes:
        versions: how often the day was written; 0 without data.
        is_final: whether the source changes it no more; None where its rule is not known.
    """

    day: date
    state: DayState
    versions: int
    is_final: bool | None


@dataclass(frozen=True, kw_only=True)
class CalendarRow:
    """One source over the period."""

    retailer_id: str
    retailer_name: str
    days: tuple[CalendarDay, ...]


def calendar(*, start: date, end: date, retailer_id: str = "") -> tuple[CalendarRow, ...]:
    """Every source with data, or one, by day from ``start`` to ``end``; five queries however many there are."""
    names = retailer_names()
    wanted = sorted(names) if not retailer_id else [retailer_id] if retailer_id in names else []
    versions = _versions(start=start, end=end)
    held = _keys(HeldDay.objects.filter(state=HeldDay.State.WAITING), start=start, end=end)
    odd = _keys(Anomaly.objects.open().filter(kind__in=ABOUT_A_DAY), start=start, end=end)
    missing = _missing(start=start, end=end)
    days = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    return tuple(
        CalendarRow(
            retailer_id=one,
            retailer_name=names[one],
            days=tuple(_day(key=(one, day), versions=versions, held=held, odd=odd, missing=missing) for day in days),
        )
        for one in wanted
    )


Key = tuple[str, date]
Known = Mapping[Key, tuple[int, bool | None]]


def _day(*, key: Key, versions: Known, held: set[Key], odd: set[Key], missing: set[Key]) -> CalendarDay:
    count, is_final = versions.get(key, (0, None))
    states = (
        (DayState.HELD, key in held),
        (DayState.ANOMALOUS, key in odd),
        (DayState.MISSING, key in missing),
        (DayState.RESTATED, count > 1),
        (DayState.PROVISIONAL, is_final is False),
        (DayState.FINAL, is_final is True),
        (DayState.PRESENT, count > 0),
        (DayState.NONE, True),
    )
    return CalendarDay(
        day=key[1], state=next(state for state, holds in states if holds), versions=count, is_final=is_final
    )


def _versions(*, start: date, end: date) -> dict[Key, tuple[int, bool | None]]:
    rows = DayVersion.objects.filter(event_date__range=(start, end)).order_by("number")
    return {
        (retailer, day): (number, is_final)
        for retailer, day, number, is_final in rows.values_list("retailer_id", "event_date", "number", "is_final")
    }


def _missing(*, start: date, end: date) -> set[Key]:
    """Days without data where the source usually has some, told from the weeks before and the days after."""
    rows = DayRollup.objects.between(start - timedelta(days=RHYTHM_DAYS), end + timedelta(days=RHYTHM_DAYS))
    known: dict[str, list[date]] = {}
    for retailer, day in rows.order_by().values_list("retailer_id", "event_date").distinct():
        known.setdefault(retailer, []).append(day)
    return {
        (retailer, day) for retailer, days in known.items() for day in missing_days(days=days) if start <= day <= end
    }


def _keys(rows: QuerySet[HeldDay] | QuerySet[Anomaly], *, start: date, end: date) -> set[Key]:
    return set(rows.filter(event_date__range=(start, end)).values_list("retailer_id", "event_date"))
