"""Pacing designs: the same total, fair pairs, and the power they promise."""

import numpy as np
import pytest

from campaigns.measurement.design.pacing import design_pacing
from campaigns.measurement.panel import InsufficientData, MeasurementRefused

HISTORY = 1_000 + np.random.default_rng(2).normal(0, 40, 120) + np.tile([0, 20, 30, 10, 60, 90, 50], 18)[:120]


def designed(**more):
    wish = {"outcome": HISTORY, "periods": 28, "daily_budget": 500.0, "swing": 0.4, "alpha": 0.1, "power": 0.8}
    return design_pacing(**wish | {"rng": np.random.default_rng(0)} | more)


def test_the_total_is_the_usual_budget_and_half_of_the_days_are_high():
    found = designed()

    assert found.spend.sum() == pytest.approx(28 * 500)
    assert found.is_high.sum() == 14


def test_each_weekday_is_high_in_one_week_and_low_in_the_other():
    weeks = designed().is_high.reshape(2, 2, 7)

    assert np.all(weeks[:, 0] != weeks[:, 1])


def test_a_larger_swing_and_a_longer_test_see_less():
    usual = designed().detectable_iroas

    assert designed(swing=0.8).detectable_iroas == pytest.approx(usual / 2)
    assert designed(periods=112).detectable_iroas < 0.55 * usual


def test_the_detectable_return_is_found_as_often_as_promised():
    """400 tests with exactly that effect: the promised 80 %."""
    rng, found = np.random.default_rng(9), 0
    for _ in range(400):
        design = designed(rng=rng)
        noise = rng.normal(0, design.pair_error / np.sqrt(2), 28)
        sold = (noise + design.detectable_iroas * design.spend).reshape(-1, 2, 7)
        signs = np.where(design.is_high.reshape(-1, 2, 7)[:, 0], 1, -1)
        differences = (signs * (sold[:, 0] - sold[:, 1])).ravel()
        found += abs(differences.mean()) / (differences.std(ddof=1) / np.sqrt(14)) > 1.7709

    assert found / 400 == pytest.approx(0.8, abs=0.06)


@pytest.mark.parametrize(
    ("wish", "where"),
    [
        ({"outcome": HISTORY[:20]}, "time"),
        ({"outcome": np.full(60, 3.0)}, "outcome"),
        ({"periods": 13}, "periods"),
        ({"daily_budget": 0.0}, "daily budget"),
        ({"swing": 1.5}, "swing"),
        ({"alpha": 0.0}, "alpha"),
    ],
)
def test_what_cannot_be_designed_is_refused_with_its_place(wish, where):
    with pytest.raises((InsufficientData, MeasurementRefused)) as refusal:
        designed(**wish)

    assert refusal.value.where == where
