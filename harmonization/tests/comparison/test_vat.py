"""Amounts without tax exist only where the tax is known."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.comparison.vat import net_of_vat, vat_label

RATE = Decimal("0.19")


@pytest.mark.parametrize(
    ("included", "rate", "net"),
    [
        (True, RATE, Decimal(100)),
        (False, RATE, Decimal(119)),
        (False, None, Decimal(119)),
        (True, None, None),
        (None, RATE, None),
        (None, None, None),
    ],
)
def test_an_amount_is_net_only_where_the_tax_is_known(included, rate, net):
    assert net_of_vat(amount=Decimal(119), included=included, rate=rate) == net


@given(net=st.decimals(0, 10**9, places=2), rate=st.decimals(0, 1, places=3))
def test_adding_the_tax_again_gives_the_amount(net, rate):
    found = net_of_vat(amount=net * (1 + rate), included=True, rate=rate)

    assert abs(found - net) < Decimal("1e-12")


@pytest.mark.parametrize(
    ("included", "rate", "label"),
    [
        (None, None, "not stated"),
        (True, None, "included"),
        (True, RATE, "included, 19 %"),
        (False, Decimal("0.075"), "not included, 7.5 %"),
    ],
)
def test_a_label_says_what_is_known(included, rate, label):
    assert vat_label(included=included, rate=rate) == label
