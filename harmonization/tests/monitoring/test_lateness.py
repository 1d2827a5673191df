"""When data is due, and when it is late."""

from datetime import date, timedelta

from harmonization.monitoring.lateness import Arrival, lateness, rhythm

START = date(2026, 6, 1)


def weekly(count: int) -> list[Arrival]:
    """Every Monday, the week up to two days before."""
    days = [START + timedelta(weeks=week) for week in range(count)]
    return [Arrival(on=day, last_event_date=day - timedelta(days=2)) for day in days]


def test_rhythm_is_told_from_imports_of_new_days():
    found = rhythm(arrivals=weekly(6), today=START + timedelta(days=36))

    assert (found.interval_days, found.delay_days, found.late_days) == (7, 2, 0)
    assert found.due_on == START + timedelta(weeks=6)


def test_corrections_of_old_days_do_not_change_the_rhythm():
    correction = Arrival(on=START + timedelta(days=24), last_event_date=START)

    assert rhythm(arrivals=[*weekly(6), correction], today=START).interval_days == 7


def test_few_imports_have_no_rhythm():
    found = rhythm(arrivals=weekly(3), today=START + timedelta(days=300))

    assert (found.interval_days, found.due_on, found.late_days) == (None, None, 0)


def test_source_is_late_only_past_its_grace():
    due = START + timedelta(weeks=6)

    assert lateness(arrivals=weekly(6), today=due + timedelta(days=4)) == ()
    (found,) = lateness(arrivals=weekly(6), today=due + timedelta(days=5))
    assert found.summary == "New data is 5 days late"
    assert found.event_date == START + timedelta(weeks=5) - timedelta(days=1)
