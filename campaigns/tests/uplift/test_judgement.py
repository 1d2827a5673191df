"""Qini and calibration against known rankings; nothing is claimed where nothing is."""

import numpy as np
import pytest

from campaigns.tests.uplift.trials import known_trial
from campaigns.uplift.judgement import judge
from campaigns.uplift.learners import cross_fitted_scores, effects_by_block
from campaigns.uplift.trial import Predicted

RNG = np.random.default_rng(8)
TRUTH = RNG.choice([-0.1, 0.0, 0.3], 6_000)
SCORES = TRUTH + RNG.normal(0, 0.5, 6_000)


def one_block(effect):
    """Everybody predicted by one model made elsewhere."""
    count = len(effect)
    return Predicted(people=np.arange(count), block=np.zeros(count, dtype=np.int64), effect=effect)


def judged(effect, scores=SCORES, confidence=0.9):
    predicted = effect if isinstance(effect, Predicted) else one_block(effect)
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
            predicted=one_block(truth + rng.normal(0, 0.1, 800)),
            scores=truth + rng.normal(0, 0.6, 800),
            confidence=0.9,
            rng=rng,
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
        predicted = effects_by_block(trial=trial, learner="t", seed=world)
        claims += judged(predicted, cross_fitted_scores(trial=trial, seed=world)).differs

    assert claims <= 4


def test_blocks_of_different_models_are_not_compared_with_each_other():
    """A model that says more for all of its block says nothing about who in the block gains more."""
    block = np.arange(6_000) % 3
    predicted = Predicted(people=np.arange(6_000), block=block, effect=TRUTH + 5.0 * block)

    found = judged(predicted)

    assert found.bins[0].predicted - found.bins[-1].predicted == pytest.approx(0.4, abs=0.01)
    assert found.slope == pytest.approx(judged(TRUTH).slope, rel=0.05)
    assert found.qini == pytest.approx(judged(TRUTH).qini, rel=0.05)


def test_people_only_learnt_from_count_for_the_average_alone():
    later = np.arange(2_000, 6_000)
    predicted = Predicted(people=later, block=np.zeros(4_000, dtype=np.int64), effect=TRUTH[2_000:])

    found = judged(predicted)

    assert found.average == pytest.approx(SCORES.mean())
    assert sum(one.people for one in found.bins) == 4_000
    assert found.curve[-1].gained == pytest.approx(SCORES[2_000:].mean())


def test_the_claim_and_the_interval_of_the_slope_never_contradict_each_other():
    for world in range(40):
        rng = np.random.default_rng(world)
        block = np.repeat(np.arange(4), 100)
        found = judged(Predicted(people=np.arange(400), block=block, effect=rng.normal(size=400)), rng.normal(size=400))

        assert found.differs == (found.slope_interval[0] > 0)


def test_harm_is_called_harm():
    assert "Do not treat" in judged(np.full(6_000, 0.1), SCORES - 0.5).claim
