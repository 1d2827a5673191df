"""Errors of readouts: their causes one by one, and coverage over simulated tests."""

import numpy as np
import pytest

from campaigns.measurement.analysis import analyze
from campaigns.measurement.time_based_regression import control_reliability, group_regression
from campaigns.tests.measurement.worlds import panel, random_world


def market(*, controls: int, noise: float, moved: float, seed: int = 0):
    """Geos that follow one market, which moves by ``moved`` when the test begins; nothing else happens."""
    rng = np.random.default_rng(seed)
    factor = rng.normal(0, 0.1, 60)
    factor[46:] += moved
    outcome = 10 * (1 + factor + rng.normal(0, noise, (controls + 4, 60)))
    treated = np.arange(controls + 4) < 4
    return panel(outcome=outcome, treated=treated, start=46)


def test_controls_without_noise_of_their_own_are_reliable():
    assert control_reliability(panel=market(controls=20, noise=1e-6, moved=0.5)) == pytest.approx(1.0, abs=1e-6)


def test_reliability_is_the_market_s_share_of_the_variance():
    found = [control_reliability(panel=market(controls=4, noise=0.1, moved=0.0, seed=seed)) for seed in range(60)]

    assert np.mean(found) == pytest.approx(0.1**2 / (0.1**2 + 0.1**2 / 4), abs=0.06)


def test_a_market_that_moves_does_not_pass_for_an_effect():
    """Attenuation would show 20 % of the market's move as an effect."""
    found = [group_regression(panel=market(controls=4, noise=0.1, moved=0.6, seed=seed)) for seed in range(60)]

    expected = 4 * 10 * 1.6
    assert all(one.is_corrected for one in found)
    assert np.mean([one.predicted[46:].mean() for one in found]) == pytest.approx(expected, rel=0.03)


def test_a_market_that_stays_leaves_the_regression_as_published():
    assert not group_regression(panel=market(controls=40, noise=0.02, moved=0.0)).is_corrected


@pytest.mark.parametrize("method", ["did", "tbr"])
def test_coverage_and_false_alarms_over_simulated_tests(method):
    """1 500 worlds: two standard errors are 1.6 points of coverage and, over the half without effect, 2.2 of alarms."""
    rng = np.random.default_rng(11)
    covered = alarms = agreed = 0
    for world in range(1_500):
        test, truth = random_world(rng=rng, effect=0.05 * (world % 2))
        found = analyze(panel=test, method=method, confidence=0.9, rng=rng)
        low, high = found.att_interval
        covered += low <= truth <= high
        alarms += truth == 0 and found.p_value < 0.1
        agreed += (found.p_value < 0.1) == (not low <= 0 <= high)

    assert 0.875 <= covered / 1_500 <= 0.925
    assert 0.075 <= alarms / 750 <= 0.125
    assert agreed == 1_500


def test_placebos_are_measured_like_for_like():
    """Over 60 worlds the synthetic control's error is not smaller than its interval says."""
    rng = np.random.default_rng(4)
    ratios = []
    for _ in range(60):
        test, truth = random_world(rng=rng)
        found = analyze(panel=test, method="sc", confidence=0.9, rng=rng)
        ratios.append((found.att - truth) / found.test.standard_error)

    assert 0.75 < np.std(ratios) < 1.25
