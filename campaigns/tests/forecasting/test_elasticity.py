"""Elasticity where the truth is −2 and price follows demand."""

import numpy as np
import pytest

from campaigns.forecasting.elasticity import estimate_elasticity
from campaigns.forecasting.history import ForecastRefused

ITEM, PERIOD = np.repeat(np.arange(40), 52), np.tile(np.arange(52), 40)


def market(*, answers_demand: float, seed: int = 1):
    """Units, price and cost; price rises with demand by ``answers_demand``."""
    rng = np.random.default_rng(seed)
    cost = np.exp(rng.normal(0, 0.1, len(ITEM)) + 0.3 * (ITEM % 5))
    shock = rng.normal(0, 0.3, len(ITEM)) + 0.2 * np.sin(PERIOD)
    price = cost * np.exp(answers_demand * shock)
    units = np.exp(3 + ITEM / 20 - 2.0 * np.log(price) + shock)
    return units, price, cost


def estimate(units, price, cost=None):
    return estimate_elasticity(item=ITEM, period=PERIOD, units=units, price=price, instrument=cost)


def test_fixed_effects_are_right_where_price_is_free():
    units, price, _ = market(answers_demand=0.0)

    found = estimate(units, price)

    assert found.interval[0] <= -2 <= found.interval[1]
    assert abs(found.naive - -2) > abs(found.value - -2)


def test_instrument_is_right_where_price_follows_demand():
    units, price, cost = market(answers_demand=0.3)

    found, wrong = estimate(units, price, cost), estimate(units, price)

    assert found.interval[0] <= -2 <= found.interval[1]
    assert found.first_stage_f > 100
    assert wrong.interval[0] > -1.5
    assert any("instrument" in note for note in wrong.notes)


def test_intervals_cover_as_promised():
    covered = 0
    for seed in range(60):
        units, price, cost = market(answers_demand=0.3, seed=seed)
        low, high = estimate(units, price, cost).interval
        covered += low <= -2 <= high

    assert 47 <= covered <= 60


def test_weak_instrument_is_said():
    units, price, _ = market(answers_demand=0.3)
    noise = np.exp(np.random.default_rng(5).normal(0, 0.1, len(ITEM)))

    found = estimate(units, price, noise)

    assert found.first_stage_f < 10
    assert any("weak" in note for note in found.notes)


def test_rows_without_units_are_counted():
    units, price, _ = market(answers_demand=0.0)

    found = estimate(np.where(np.arange(len(units)) % 50 == 0, 0.0, units), price)

    assert any(note.startswith("42 rows") for note in found.notes)


def test_prices_that_never_move_teach_nothing():
    units, _, _ = market(answers_demand=0.0)

    with pytest.raises(ForecastRefused, match="hardly vary"):
        estimate(units, np.exp(ITEM / 10.0))


def test_few_items_are_not_enough():
    units, price, _ = market(answers_demand=0.0)

    with pytest.raises(ForecastRefused, match="Too little"):
        estimate_elasticity(item=ITEM[:104], period=PERIOD[:104], units=units[:104], price=price[:104])
