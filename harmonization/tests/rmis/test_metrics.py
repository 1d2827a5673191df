"""Derived metrics come from sums and are undefined where nothing divides them."""

from decimal import Decimal

import pytest

from harmonization.rmis import metrics


def test_rates_are_fractions_and_money_is_per_unit():
    assert metrics.ctr(clicks=5, impressions=1000) == Decimal("0.005")
    assert metrics.cpc(cost=Decimal("12.50"), clicks=5) == Decimal("2.5")
    assert metrics.cpm(cost=Decimal("12.50"), impressions=1000) == Decimal("12.5")
    assert metrics.roas(revenue=Decimal("50"), cost=Decimal("12.50")) == Decimal(4)
    assert metrics.acos(revenue=Decimal("50"), cost=Decimal("12.50")) == Decimal("0.25")
    assert metrics.cvr(orders=Decimal("0.5"), clicks=5) == Decimal("0.1")


@pytest.mark.parametrize(
    "value",
    [
        metrics.ctr(clicks=5, impressions=0),
        metrics.cpc(cost=Decimal(1), clicks=0),
        metrics.cpm(cost=Decimal(1), impressions=0),
        metrics.roas(revenue=Decimal(1), cost=Decimal(0)),
        metrics.acos(revenue=Decimal(0), cost=Decimal(1)),
        metrics.cvr(orders=Decimal(1), clicks=0),
    ],
)
def test_nothing_is_divided_by_zero(value):
    assert value is None
