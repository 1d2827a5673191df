"""Join rates."""

from decimal import Decimal

from harmonization.crosswalk.join_rate import ReportedItem, join_rates


def _item(retailer: str, spend: str, *, joined: bool, currency: str = "USD", rows: int = 1) -> ReportedItem:
    return ReportedItem(
        retailer_id=retailer,
        retailer_name=retailer.title(),
        currency=currency,
        rows=rows,
        spend=Decimal(spend),
        is_joined=joined,
    )


def test_rates_are_by_items_rows_and_spend():
    items = [_item("alpha", "75", joined=True, rows=3), _item("alpha", "25", joined=False, rows=7)]

    (rate,) = join_rates(items=items)

    assert (rate.by_items, rate.by_rows, rate.by_spend) == (Decimal("0.5"), Decimal("0.3"), Decimal("0.75"))


def test_currencies_are_never_added_up():
    items = [_item("alpha", "1", joined=True), _item("alpha", "1", joined=True, currency="EUR")]

    assert len(join_rates(items=items)) == 2


def test_the_most_unjoined_spend_comes_first():
    items = [_item("alpha", "1", joined=False), _item("beta", "9", joined=False), _item("gamma", "99", joined=True)]

    assert [rate.retailer_id for rate in join_rates(items=items)] == ["beta", "alpha", "gamma"]


def test_a_share_of_nothing_is_none():
    (rate,) = join_rates(items=[_item("alpha", "0", joined=False)])

    assert rate.by_spend is None
