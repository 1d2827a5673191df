"""Missing days, repeated days, currencies: by hand."""

from dataclasses import replace
from datetime import date, timedelta

from harmonization.monitoring.days import currency_switches, gaps, missing_days, repeated_days
from harmonization.monitoring.finding import DaySums

MONDAY = date(2026, 6, 1)


def at(number: int) -> date:
    return MONDAY + timedelta(days=number)


def day(number: int, **changes) -> DaySums:
    values = {
        "day": at(number),
        "currency": "USD",
        "facts": 20,
        "odd_facts": 14,
        "impressions": 1000.0 + number,
        "clicks": 50.0,
        "cost": 25.0,
        "revenue": 100.0,
        "orders": 4.0,
    }
    return DaySums(**(values | changes))


def test_stretch_of_missing_days_is_one_finding():
    (found,) = gaps(days=[at(number) for number in range(40) if number not in {20, 21}])

    assert found.event_date == at(20)
    assert found.summary.startswith("2 days are missing, 2026-06-21 to 2026-06-22")


def test_weekly_source_is_not_missing_the_days_between():
    assert missing_days(days=[at(7 * week) for week in range(10)]) == ()


def test_weekly_source_that_skips_a_week_has_a_gap():
    assert missing_days(days=[at(7 * week) for week in range(10) if week != 6]) == (at(42),)


def test_few_days_say_nothing_of_a_rhythm():
    assert missing_days(days=[at(0), at(1), at(4)]) == ()


def test_single_day_has_no_gap():
    assert gaps(days=[MONDAY]) == ()


def test_copied_day_names_its_original():
    (found,) = repeated_days(days=[day(0), day(1), replace(day(1), day=at(2))])

    assert (found.event_date, "2026-06-02" in found.cause) == (at(2), True)


def test_days_without_delivery_may_be_alike():
    assert repeated_days(days=[day(number, impressions=0.0, cost=0.0) for number in range(5)]) == ()


def test_source_that_always_rounds_to_even_counts_is_not_repeated():
    assert repeated_days(days=[day(number, odd_facts=0) for number in range(5)]) == ()


def test_currency_switch_is_told_once_with_both_codes():
    days = [day(number, currency="USD" if number < 20 else "EUR") for number in range(30)]

    (found,) = currency_switches(days=days)

    assert (found.event_date, found.observed, found.expected) == (at(20), "EUR", "USD")


def test_two_currencies_all_along_are_no_switch():
    days = [one for number in range(30) for one in (day(number), day(number, currency="EUR", cost=3.0 + number % 2))]

    assert currency_switches(days=days) == ()
