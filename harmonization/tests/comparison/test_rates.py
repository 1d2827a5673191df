"""The last known rate counts, never a later one, never one too old, never one to one."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.comparison.rates import SAME, DatedRate, converted, rate_table

FRIDAY = date(2026, 1, 9)


def rate(day, text, *, base="EUR", quote="USD"):
    return DatedRate(day=day, base=base, quote=quote, rate=Decimal(text), source="ECB")


TABLE = rate_table([rate(FRIDAY, "1.25"), rate(FRIDAY, "0.80", quote="GBP"), rate(date(2026, 1, 12), "1.5")])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FRIDAY, ("1.25", FRIDAY)),
        (date(2026, 1, 11), ("1.25", FRIDAY)),
        (date(2026, 1, 12), ("1.5", date(2026, 1, 12))),
        (date(2026, 1, 19), ("1.5", date(2026, 1, 12))),
    ],
)
def test_the_rate_of_the_day_or_the_last_before_it(day, expected):
    found = TABLE.find(base="EUR", quote="USD", on=day)

    assert (str(found.rate), found.day) == expected


@pytest.mark.parametrize("day", [FRIDAY - timedelta(days=1), date(2026, 1, 20), date(2030, 1, 1)])
def test_no_rate_is_better_than_a_later_or_an_old_one(day):
    assert TABLE.find(base="EUR", quote="USD", on=day) is None


def test_an_inverse_and_a_cross_rate_are_made_of_what_is_published():
    assert TABLE.find(base="USD", quote="EUR", on=FRIDAY).rate == Decimal("0.8")
    assert TABLE.find(base="GBP", quote="USD", on=FRIDAY).rate == Decimal("1.5625")


def test_a_cross_rate_is_as_old_as_its_older_part():
    found = TABLE.find(base="GBP", quote="USD", on=date(2026, 1, 12))

    assert (found.rate, found.day) == (Decimal("1.875"), FRIDAY)


def test_a_currency_nobody_quotes_has_no_rate():
    assert TABLE.find(base="JPY", quote="USD", on=FRIDAY) is None


def test_the_same_currency_needs_no_rate():
    assert TABLE.find(base="JPY", quote="JPY", on=FRIDAY) == SAME


@given(amount=st.decimals(-(10**9), 10**9, places=2), text=st.decimals("0.01", 100, places=4))
def test_there_and_back_is_the_same_to_a_ten_thousandth(amount, text):
    table = rate_table([rate(FRIDAY, str(text))])

    there = converted(amount=amount, by=table.find(base="EUR", quote="USD", on=FRIDAY))
    back = converted(amount=there, by=table.find(base="USD", quote="EUR", on=FRIDAY))

    assert abs(back - amount) <= Decimal("0.0001")
