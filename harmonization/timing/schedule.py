"""When a source is due next: every so many minutes, or daily at a local time."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SHORTEST_MINUTES = 15
LONGEST_MINUTES = 7 * 24 * 60


class ScheduleInvalid(Exception):
    """The schedule cannot be kept; ``field`` names what is wrong."""

    def __init__(self, *, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Every ``every_minutes`` or daily at ``daily_at`` in ``timezone`` (IANA name); neither means by hand only."""

    every_minutes: int | None
    daily_at: time | None
    timezone: str


def check_schedule(schedule: Schedule) -> None:
    """Raises ScheduleInvalid."""
    try:
        ZoneInfo(schedule.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        detail = f"“{schedule.timezone}” is not a time zone: use an IANA name such as Europe/Paris."
        raise ScheduleInvalid(field="timezone", detail=detail) from error
    if schedule.every_minutes is not None and schedule.daily_at is not None:
        raise ScheduleInvalid(field="daily_at", detail="Choose an interval or a time of day, not both.")
    minutes = schedule.every_minutes
    if minutes is not None and not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        detail = f"Choose {SHORTEST_MINUTES} to {LONGEST_MINUTES:,} minutes."
        raise ScheduleInvalid(field="every_minutes", detail=detail)


def next_due(*, schedule: Schedule, after: datetime) -> datetime | None:
    """The first due time later than ``after``; None when it runs by hand only.

    A local time that a clock change skips falls on the moment after the gap; one that comes twice counts once, at
    its first coming.
    """
    if schedule.every_minutes is not None:
        return after + timedelta(minutes=schedule.every_minutes)
    if schedule.daily_at is None:
        return None
    zone = ZoneInfo(schedule.timezone)
    day = after.astimezone(zone).date()
    for ahead in range(3):
        due = datetime.combine(day + timedelta(days=ahead), schedule.daily_at, tzinfo=zone).astimezone(UTC)
        if due > after:
            return due
    raise AssertionError("a day has passed within three days")


def in_words(schedule: Schedule) -> str:
    """``every 6 hours``, ``daily at 06:30 (Europe/Paris)``, ``by hand``."""
    minutes = schedule.every_minutes
    if minutes is not None:
        hours = minutes // 60
        every_hours = "every hour" if hours == 1 else f"every {hours} hours"
        return every_hours if minutes % 60 == 0 else f"every {minutes} minutes"
    return f"daily at {schedule.daily_at:%H:%M} ({schedule.timezone})" if schedule.daily_at else "by hand"
