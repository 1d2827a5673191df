"""Money stays exact."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.rmis.money import from_micros, to_cents, to_micros


@given(micros=st.integers(min_value=-(10**18), max_value=10**18))
def test_micros_go_there_and_back(micros):
    assert to_micros(from_micros(micros)) == micros


def test_a_million_micros_are_one_unit():
    assert from_micros(1_234_567) == Decimal("1.234567")


def test_an_amount_finer_than_a_micro_is_refused():
    with pytest.raises(ValueError, match="finer than a millionth"):
        to_micros(Decimal("0.0000001"))


@pytest.mark.parametrize(("amount", "cents"), [("1.005", "1.00"), ("1.015", "1.02"), ("-2.675", "-2.68")])
def test_cents_are_rounded_half_to_even(amount, cents):
    assert to_cents(Decimal(amount)) == Decimal(cents)
