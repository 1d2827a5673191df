"""Pace of a flight whose spend is known."""

from datetime import date, timedelta

import pytest

from campaigns.planning.pacing import Flight, pace_of, projected_course, total_pace

START = date(2026, 6, 1)


def flight(*, elapsed=10, days=20) -> Flight:
    return Flight(start=START, end=START + timedelta(days=days - 1), as_of=START + timedelta(days=elapsed - 1))


def spending(*amounts) -> dict[date, float]:
    return {START + timedelta(days=place): amount for place, amount in enumerate(amounts) if amount is not None}


def amazon(daily, *, of=None, planned=2_000.0):
    (row,) = pace_of(
        flight=of or flight(), planned={"amazon": planned}, names={"amazon": "Amazon"}, daily={"amazon": daily}
    )
    return row


def test_even_spend_ends_at_the_plan():
    row = amazon(spending(*[100.0] * 10))

    assert (row.target, row.spent, row.projected, row.status) == (1_000, 1_000, 2_000, "on")
    assert (row.low, row.high) == (2_000, 2_000)


@pytest.mark.parametrize(("daily", "status"), [(88.0, "under"), (92.0, "on"), (108.0, "on"), (112.0, "over")])
def test_off_pace_is_beyond_a_tenth(daily, status):
    assert amazon(spending(*[daily] * 10)).status == status


def test_days_without_data_are_said_and_not_counted_as_days_without_spend():
    row = amazon(spending(100, None, 100, 100, None, 100, 100, 100, 100, 100))

    assert row.missing == (START + timedelta(days=1), START + timedelta(days=4))
    assert row.spent == 800
    assert row.projected == 2_000
    assert row.status == "on"


def test_too_few_days_give_no_projection():
    row = amazon(spending(100, 100), of=flight(elapsed=2))

    assert row.projected is None
    assert row.status == "unknown"


def test_before_the_first_day_there_is_no_pace():
    row = amazon({}, of=flight(elapsed=0))

    assert (row.status, row.target, row.missing) == ("not_started", 0, ())


def test_uneven_days_widen_the_interval_and_spend_is_never_taken_back():
    row = amazon(spending(*[10, 400] * 5))

    assert row.low < row.projected < row.high
    assert row.low >= row.spent


def test_a_finished_flight_ends_where_it_is():
    row = amazon(spending(*[10, 190] * 10), of=flight(elapsed=20))

    assert row.low == row.projected == row.high == row.spent == 2_000


def test_all_retailers_add_up():
    rows = pace_of(
        flight=flight(),
        planned={"amazon": 2_000.0, "walmart": 1_000.0},
        names={},
        daily={"amazon": spending(*[80.0, 120.0] * 5), "walmart": spending(*[20.0, 80.0] * 5)},
    )

    total = total_pace(rows=rows, flight=flight())
    assert total.projected == sum(row.projected for row in rows) == 3_000
    assert total.high - total.projected < sum(row.high - row.projected for row in rows)


def test_a_retailer_without_any_data_leaves_the_total_open():
    rows = pace_of(
        flight=flight(), planned={"amazon": 1.0, "walmart": 1.0}, names={}, daily={"amazon": spending(*[1.0] * 10)}
    )

    assert total_pace(rows=rows, flight=flight()).projected is None


def test_course_leads_from_what_is_spent_to_the_projected_end():
    row, of = amazon(spending(*[80.0, 120.0] * 5)), flight()

    course = projected_course(pace=row, flight=of)

    assert course[0] == (of.as_of, row.spent, row.spent, row.spent)
    assert course[-1] == (of.end, pytest.approx(row.projected), pytest.approx(row.low), pytest.approx(row.high))
    widths = [high - low for _, _, low, high in course]
    assert widths == sorted(widths)
    assert len(course) == 11


def test_course_is_not_drawn_without_a_projection():
    early = flight(elapsed=2)

    assert projected_course(pace=amazon(spending(100, 100), of=early), flight=early) == ()
