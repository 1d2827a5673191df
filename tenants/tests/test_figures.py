"""Numbers as people read them."""

from decimal import Decimal

import pytest

from tenants import figures


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        (Decimal("1234.5"), "USD", "$1,235"),
        (Decimal("-1234.4"), "EUR", "-€1,234"),
        (1234, "SEK", "1,234 SEK"),
        (None, "USD", "–"),
    ],
)
def test_money_carries_its_currency(value, currency, text):
    assert figures.money(value, currency) == text


def test_money_to_the_cent_rounds_half_up():
    assert figures.money(Decimal("0.125"), "USD", places=2) == "$0.13"


@pytest.mark.parametrize(
    ("value", "text"),
    [(2_500_000, "$2.5M"), (999_999, "$1M"), (340_400, "$340K"), (12, "$12"), (-1_250, "-$1.25K"), (0, "$0")],
)
def test_compact_money_keeps_three_digits(value, text):
    assert figures.compact_money(value, "USD") == text


def test_fractions_become_percent_and_signed_changes():
    assert figures.percent(0.0123) == "1.2%"
    assert figures.change(0.042) == "+4.2%"
    assert figures.change(-0.5) == "-50.0%"
    assert figures.change(None) == ""
    assert figures.ratio(3.214) == "3.21×"


def test_sparkline_spans_its_box():
    assert figures.sparkline_points([1.0, 3.0]) == "0.0,26.0 100.0,2.0"
    assert figures.sparkline_points([2.0, 2.0]) == "0.0,14.0 100.0,14.0"
    assert figures.sparkline_points([1.0]) == ""
