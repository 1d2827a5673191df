import itertools

import numpy as np
import pytest
from scipy.optimize import curve_fit

from campaigns.simulation.observing import observe
from campaigns.simulation.retailers import RETAILERS


def by_cell_day(observed, values, days):
    shape = (days, len(observed.cells))
    return np.bincount(observed.day * shape[1] + observed.cell, weights=values, minlength=shape[0] * shape[1]).reshape(
        shape
    )


@pytest.mark.parametrize("retailer_id", list(RETAILERS))
def test_what_a_retailer_credits_is_what_ads_caused_over_incrementality(world, retailer_id):
    observed = observe(world=world, retailer_id=retailer_id)
    sales = observed.windows[observed.retailer.headline_days]

    share = observed.incremental.sum() / (sales.cents.sum() / 100)

    assert share == pytest.approx(world.truth[observed.cells[0].path].incrementality, rel=0.02)


@pytest.mark.parametrize("retailer_id", list(RETAILERS))
def test_counts_keep_their_order(world, retailer_id):
    observed = observe(world=world, retailer_id=retailer_id)

    assert (observed.clicks <= observed.impressions).all()
    assert (observed.cost_cents[observed.clicks == 0] == 0).all()
    for sales in observed.windows.values():
        assert (sales.orders <= sales.units).all()
        assert (sales.same_orders <= sales.orders).all()
        assert (sales.new_cents <= sales.cents).all()
        assert (sales.new_orders <= sales.orders).all()
        assert (sales.new_units <= sales.units).all()


def test_longer_windows_hold_at_least_as_much(world):
    observed = observe(world=world, retailer_id="amazon")
    windows = [observed.windows[days] for days in (1, 3, 7, 14, 30)]

    for shorter, longer in itertools.pairwise(windows):
        for figure in ("same_cents", "halo_cents", "orders", "units", "new_cents", "new_orders"):
            assert (getattr(shorter, figure) <= getattr(longer, figure)).all()


def test_sold_out_items_spend_nothing(world):
    observed = observe(world=world, retailer_id="walmart")
    sold_out = observed.stock == 0

    assert 0.005 < sold_out.mean() < 0.05
    assert observed.cost_cents[sold_out].sum() == 0
    assert observed.incremental[sold_out].sum() == 0


@pytest.mark.parametrize("retailer_id", list(RETAILERS))
def test_weekly_spend_of_each_cell_varies_by_two_or_more(world, retailer_id):
    observed = observe(world=world, retailer_id=retailer_id)
    daily = by_cell_day(observed, observed.cost_cents / 100, 90)

    weekly = daily[:84].reshape(12, 7, -1).sum(axis=1)

    assert (weekly.max(axis=0) / weekly.min(axis=0)).min() >= 2


def test_an_item_takes_a_row_a_day_at_alpha_and_two_at_amazon(world):
    alpha, amazon = (observe(world=world, retailer_id=name) for name in ("alpha", "amazon"))

    keys = list(zip(amazon.day, amazon.sku, amazon.placement, strict=True))

    assert len(alpha.day) == 90 * 100
    assert len(keys) == len(set(keys)) == 90 * len(amazon.skus) * 2


@pytest.mark.parametrize("retailer_id", list(RETAILERS))
def test_every_cell_shows_items_on_every_day(world, retailer_id):
    observed = observe(world=world, retailer_id=retailer_id)

    assert (by_cell_day(observed, np.ones(len(observed.day)), 90) > 0).all()


def test_true_curves_can_be_found_from_what_is_observed(world):
    observed = observe(world=world, retailer_id="amazon")
    spend = by_cell_day(observed, observed.cost_cents / 100, 90)
    revenue = by_cell_day(observed, observed.windows[14].cents / 100, 90)
    errors = []
    for place, cell in enumerate(observed.cells):
        curve = world.truth[cell.path]
        x, y = spend[:, place], revenue[:, place]
        (beta, k), _ = curve_fit(lambda x, beta, k: beta * x / (k + x), x, y, p0=(2 * y.max(), x.mean()), maxfev=20_000)
        fitted = beta * cell.usual_spend / (k + cell.usual_spend)
        true = curve.beta / curve.incrementality * cell.usual_spend / (curve.k + cell.usual_spend)
        errors.append(abs(fitted / true - 1))

    assert max(errors) < 0.12
    assert np.median(errors) < 0.04
