"""Price and promotion of a brand from its items' sales histories."""

from datetime import date, timedelta

import numpy as np
import pytest

from campaigns.planning.market import MarketRow, market_series, with_market
from campaigns.tests.planning.cast import history

START = date(2026, 3, 2)
END = START + timedelta(days=9)


def row(day, *, item="L1", price=10.0, promoted=0.0, units=1.0):
    return MarketRow(
        day=START + timedelta(days=day),
        retailer_id="amazon",
        brand="Lumen",
        item=item,
        price=price,
        promoted=promoted,
        units=units,
    )


def series_of(rows):
    return market_series(rows=rows, start=START, end=END)["amazon", "lumen"]


def test_a_price_cut_is_seen_on_its_day():
    found = series_of([row(day, price=8.0 if day == 3 else 10.0) for day in range(10)])

    assert found.price == pytest.approx([8 / 9.8 if day == 3 else 10 / 9.8 for day in range(10)])


def test_a_dearer_item_that_sells_more_is_no_rise_in_price():
    cheap = [row(day, item="L1", price=5.0) for day in range(5)]
    dear = [row(day, item="L2", price=50.0, units=9.0) for day in range(10)]

    assert series_of([*cheap, *dear]).price == pytest.approx(np.ones(10))


def test_promotion_counts_items_by_what_they_sell():
    rows = [row(day, item="L1", promoted=float(day == 0), units=3.0) for day in range(10)]
    rows += [row(day, item="L2", units=1.0) for day in range(10)]

    assert series_of(rows).promo == pytest.approx([0.75, *np.zeros(9)])


def test_a_single_day_nobody_tells_takes_the_mean_and_many_make_the_series_unknown():
    known = series_of([row(day, promoted=float(day == 0)) for day in range(9)])
    unknown = series_of([row(day) for day in range(5)])

    assert known.promo[9] == pytest.approx(1 / 9)
    assert unknown.promo is None
    assert unknown.price is None


def test_a_source_without_prices_still_tells_promotions():
    found = series_of([row(day, price=None) for day in range(10)])

    assert found.price is None
    assert found.promo is not None


def test_cells_of_the_brand_at_the_retailer_get_the_series_and_others_none():
    own, other = history(days=10), history(path=("onsite", "walmart", "home", "Lumen"), days=10)
    series = market_series(rows=[row(day) for day in range(10)], start=START, end=END)

    known, unknown = with_market(histories=[own, other], series=series)

    assert known.price == pytest.approx(np.ones(10))
    assert unknown.price is None
