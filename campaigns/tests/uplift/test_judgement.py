"""Qini and calibration against known rankings; nothing is claimed where nothing is."""

import numpy as np
import pytest

from campaigns.tests.uplift.trials import known_trial
from campaigns.uplift.judgement import judge
from campaigns.uplift.learners import cross_fitted_effects, cross_fitted_scores

RNG = np.random.default_rng(8)
TRUTH = RNG.choice([-0.1, 0.0, 0.3], 6_000)
SCORES = TRUTH + RNG.normal(0, 0.5, 6_000)


def judged(predicted, scores=SCORES, confidence=0.9):
    return judge(predicted=predicted, scores=scores, confidence=confidence, rng=np.random.default_rng(0))


def test_the_truth_is_calibrated_and_ranks_well():
    found = judged(TRUTH)

    assert found.slope_interval[0] <= 1 <= found.slope_interval[1]
    assert found.qini_interval[0] > 0
    assert found.differs


def test_twice_the_truth_has_half_the_slope_and_the_same_qini():
    assert judged(2 * TRUTH).slope == pytest.approx(judged(TRUTH).slope / 2)
    assert judged(2 * TRUTH).qini == pytest.approx(judged(TRUTH).qini)


def test_the_wrong_way_round_has_a_qini_below_zero_and_no_claim():
    found = judged(-TRUTH)

    assert found.qini_interval[1] < 0
    assert not found.differs


def test_one_prediction_for_all_ranks_nobody():
    found = judged(np.full(6_000, 0.1))

    assert (found.slope, found.p_value, found.differs) == (0.0, 1.0, False)
    assert "Treat at random" in found.claim


def test_the_curve_ends_at_the_average_effect():
    found = judged(TRUTH)

    assert found.curve[0].gained == 0.0
    assert found.curve[-1].gained == pytest.approx(SCORES.mean())
    assert found.curve[-1].at_random == pytest.approx(SCORES.mean())


def test_bins_hold_everybody_once_and_observe_their_own_people():
    found = judged(TRUTH)

    assert sum(one.people for one in found.bins) == 6_000
    assert found.bins[0].predicted == pytest.approx(0.3)
    assert found.bins[0].low <= 0.3 <= found.bins[0].high
    assert sum(one.observed * one.people for one in found.bins) == pytest.approx(SCORES.sum())


def test_intervals_hold_the_truth_as_often_as_they_say():
    held = slopes = 0
    for world in range(300):
        rng = np.random.default_rng(world)
        truth = rng.normal(0.05, 0.1, 800)
        found = judge(
            predicted=truth + rng.normal(0, 0.1, 800), scores=truth + rng.normal(0, 0.6, 800), confidence=0.9, rng=rng
        )
        held += found.average_interval[0] <= 0.05 <= found.average_interval[1]
        slopes += found.slope_interval[0] <= 0.5 <= found.slope_interval[1]

    assert 0.86 <= held / 300 <= 0.94
    assert 0.86 <= slopes / 300 <= 0.94


def test_people_who_do_not_differ_are_seldom_said_to():
    """At 90 % confidence the claim is one-sided at 5 %; 30 trials of everybody alike."""
    claims = 0
    for world in range(30):
        trial, _ = known_trial(count=900, seed=100 + world)
        predicted = cross_fitted_effects(trial=trial, learner="t", seed=world)
        claims += judged(predicted, cross_fitted_scores(trial=trial, seed=world)).differs

    assert claims <= 4


def test_harm_is_called_harm():
    assert "Do not treat" in judged(np.full(6_000, 0.1), SCORES - 0.5).claim
