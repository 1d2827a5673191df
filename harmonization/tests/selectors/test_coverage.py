"""The coverage calendar: weeks, gaps, several retailers."""

from datetime import date, timedelta

from harmonization.selectors.coverage import coverage
from harmonization.tests.facts import make_fact

MONDAY = date(2026, 6, 1)


def test_gap_between_days_is_found(acme):
    for offset in (0, 1, 4, 5):
        make_fact(event_date=MONDAY + timedelta(days=offset))

    (found,) = coverage(start=MONDAY, end=MONDAY + timedelta(days=6))

    assert found.covered_days == 4
    assert [(gap.start.day, gap.end.day) for gap in found.gaps] == [(3, 4), (7, 7)]


def test_weeks_count_only_days_of_the_period(acme):
    make_fact(event_date=MONDAY)
    make_fact(event_date=MONDAY + timedelta(days=7))

    (found,) = coverage(start=MONDAY, end=MONDAY + timedelta(days=8))

    assert [(week.covered, week.expected) for week in found.weeks] == [(1, 7), (1, 2)]


def test_day_with_several_facts_counts_once(acme):
    make_fact(event_date=MONDAY, sku_id="S1")
    make_fact(event_date=MONDAY, sku_id="S2")
    make_fact(event_date=MONDAY, retailer_id="beta")

    found = coverage(start=MONDAY, end=MONDAY)

    assert [(one.retailer_id, one.covered_days) for one in found] == [("alpha", 1), ("beta", 1)]
