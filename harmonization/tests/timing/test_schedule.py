"""When a source is due next, over clock changes too."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.timing.schedule import Schedule, ScheduleInvalid, check_schedule, in_words, next_due

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def daily(at: time, zone: str = "UTC") -> Schedule:
    return Schedule(every_minutes=None, daily_at=at, timezone=zone)


def every(minutes: int | None) -> Schedule:
    return Schedule(every_minutes=minutes, daily_at=None, timezone="UTC")


def test_interval_counts_from_now():
    assert next_due(schedule=every(90), after=NOON) == NOON + timedelta(minutes=90)


def test_without_interval_and_time_it_is_never_due():
    assert next_due(schedule=every(None), after=NOON) is None


def test_daily_is_today_when_the_time_is_still_to_come_and_tomorrow_after_it():
    assert next_due(schedule=daily(time(12, 1)), after=NOON) == NOON + timedelta(minutes=1)
    assert next_due(schedule=daily(time(12, 0)), after=NOON) == NOON + timedelta(days=1)


def test_time_of_day_is_local():
    assert next_due(schedule=daily(time(6, 30), "Asia/Tokyo"), after=NOON) == datetime(2026, 6, 1, 21, 30, tzinfo=UTC)


def test_time_that_the_spring_change_skips_comes_an_hour_later_by_the_clock():
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)

    due = next_due(schedule=daily(time(2, 30), "Europe/Paris"), after=before)

    assert due == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_time_that_the_autumn_change_repeats_comes_once():
    schedule, first = daily(time(2, 30), "Europe/Paris"), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    assert next_due(schedule=schedule, after=first - timedelta(hours=1)) == first
    assert next_due(schedule=schedule, after=first) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@given(
    at=st.times().map(lambda one: one.replace(tzinfo=None, second=0, microsecond=0)),
    zone=st.sampled_from(["UTC", "Europe/Paris", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Apia"]),
    after=st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC)),
)
def test_daily_is_later_and_within_a_day_and_a_clock_change(at, zone, after):
    due = next_due(schedule=daily(at, zone), after=after)

    assert after < due <= after + timedelta(hours=26)


@pytest.mark.parametrize(
    ("schedule", "field"),
    [
        (every(14), "every_minutes"),
        (every(10_081), "every_minutes"),
        (Schedule(every_minutes=60, daily_at=time(1), timezone="UTC"), "daily_at"),
        (daily(time(1), "Mars/Base"), "timezone"),
        (daily(time(1), "../etc/passwd"), "timezone"),
    ],
)
def test_schedule_that_cannot_be_kept_is_refused(schedule, field):
    with pytest.raises(ScheduleInvalid) as refusal:
        check_schedule(schedule)

    assert refusal.value.field == field


def test_schedule_in_words():
    schedules = [every(60), every(360), every(45), daily(time(6, 30), "Europe/Paris"), every(None)]

    assert [in_words(one) for one in schedules] == [
        "every hour",
        "every 6 hours",
        "every 45 minutes",
        "daily at 06:30 (Europe/Paris)",
        "by hand",
    ]
