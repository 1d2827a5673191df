"""Forecasts against futures that are known."""

import numpy as np
import pytest

from campaigns.forecasting.forecast import forecast_demand
from campaigns.forecasting.history import DemandHistory, ForecastRefused
from campaigns.forecasting.methods import estimate_factors, seasonal_naive
from campaigns.tests.forecasting.markets import WEEKDAYS, demand


def forecast(history: DemandHistory, horizon: int = 28, promo=None):
    return forecast_demand(history=history, horizon=horizon, rng=np.random.default_rng(0), promo=promo)


def test_baseline_repeats_the_last_week():
    history = DemandHistory(units=np.tile(np.arange(7.0), 4), weekday=2)

    found = seasonal_naive(history=history, horizon=10, promo=np.zeros(10, dtype=bool))

    assert found.tolist() == [0, 1, 2, 3, 4, 5, 6, 0, 1, 2]


def test_weekdays_and_promotions_are_found():
    factors = estimate_factors(history=demand(days=364))

    assert factors.weekday == pytest.approx(WEEKDAYS / WEEKDAYS.mean(), abs=0.08)
    assert factors.promo == pytest.approx(1.8, abs=0.2)


def test_intervals_cover_and_the_baseline_is_beaten():
    """40 items: about 90 % of the days to come lie inside, and errors are smaller than last week's same day."""
    inside, skill = [], []
    for seed in range(40):
        whole = demand(days=208, level=5 + seed, seed=seed)
        found = forecast(whole.until(180), promo=whole.promo[180:])
        inside.append(np.mean((whole.units[180:] >= found.low) & (whole.units[180:] <= found.high)))
        skill.append(found.skill)

    assert 0.82 <= np.mean(inside) <= 0.97
    assert np.mean(skill) > 0.15


def test_planned_promotion_lifts_its_day():
    promo = np.zeros(14, dtype=bool)
    promo[3] = True

    plain, lifted = forecast(demand(), 14), forecast(demand(), 14, promo)

    assert lifted.mean[3] == pytest.approx(plain.mean[3] * 1.8, rel=0.15)
    assert lifted.mean[4] == pytest.approx(plain.mean[4])


def test_sold_out_days_do_not_pull_the_forecast_down():
    whole = demand(days=140)
    empty = np.zeros(140, dtype=bool)
    empty[100:125] = True
    units = np.where(empty, 0.0, whole.units)
    masked = DemandHistory(units=units, weekday=0, promo=whole.promo, is_censored=empty)
    blind = DemandHistory(units=units, weekday=0, promo=whole.promo)

    truth, known, fooled = (forecast(each, 14).mean.mean() for each in (whole, masked, blind))

    assert known == pytest.approx(truth, rel=0.1)
    assert fooled < known
    assert any("25 sold-out days" in note for note in forecast(masked, 14).notes)


def test_baseline_is_used_where_nothing_beats_it():
    pattern = np.tile([3.0, 90, 7, 55, 21, 80, 0], 12)

    found = forecast(DemandHistory(units=pattern, weekday=0), 14)

    assert found.mean == pytest.approx(pattern[:14], abs=1.0)
    assert found.skill >= 0


def test_same_seed_gives_the_same_futures():
    assert (forecast(demand()).paths == forecast(demand()).paths).all()


def test_forecast_is_never_below_zero():
    found = forecast(demand(level=0.3), 14)

    assert found.low.min() >= 0
    assert found.mean.min() >= 0


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"units": np.ones(10)}, "units"),
        ({"units": np.full(60, -1.0)}, "units"),
        ({"units": np.full(60, np.nan)}, "units"),
        ({"units": np.ones(60), "promo": np.zeros(3, dtype=bool)}, "promo"),
        ({"units": np.ones(60), "is_censored": np.ones(60, dtype=bool)}, "units"),
    ],
)
def test_histories_that_cannot_carry_a_forecast_are_refused(change, where):
    with pytest.raises(ForecastRefused) as refused:
        DemandHistory(weekday=0, **change)

    assert refused.value.where == where


@pytest.mark.parametrize("horizon", [0, 150])
def test_horizon_must_fit_the_history(horizon):
    with pytest.raises(ForecastRefused):
        forecast(demand(days=100), horizon)
