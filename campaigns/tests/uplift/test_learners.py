"""Learners find known effects, and no person's prediction has seen that person."""

from dataclasses import replace

import numpy as np
import pytest

from campaigns.tests.uplift.trials import known_trial
from campaigns.uplift.learners import LEARNERS, cross_fitted_scores, effects_by_block
from campaigns.uplift.trial import Trial

TRIAL, TRUTH = known_trial(count=4_000, spread=0.12)


@pytest.mark.parametrize("learner", sorted(LEARNERS))
def test_a_learner_ranks_people_by_their_true_effect(learner):
    found = effects_by_block(trial=TRIAL, learner=learner, seed=1)

    assert np.corrcoef(found.effect, TRUTH[found.people])[0, 1] > 0.5
    assert found.effect.mean() == pytest.approx(TRUTH.mean(), abs=0.04)


@pytest.mark.parametrize("learner", sorted(LEARNERS))
def test_the_same_seed_gives_the_same_answer(learner):
    small, _ = known_trial(count=1_200, spread=0.1)

    first, second = (effects_by_block(trial=small, learner=learner, seed=3) for _ in range(2))

    np.testing.assert_array_equal(first.effect, second.effect)
    np.testing.assert_array_equal(first.people, second.people)


def test_three_quarters_are_predicted_each_once_in_blocks_of_one_size():
    found = effects_by_block(trial=TRIAL, learner="t", seed=1)

    assert len(np.unique(found.people)) == len(found.people) == 3_000
    assert set(np.bincount(found.block)) == {500}


def test_a_block_knows_nothing_of_itself_nor_of_later_people():
    """Other outcomes from the fourth block on change no prediction of the blocks up to it."""
    before = effects_by_block(trial=TRIAL, learner="t", seed=1)
    later = before.people[before.block >= 3]
    outcome = TRIAL.outcome.copy()
    outcome[later] = 1 - outcome[later]

    after = effects_by_block(trial=replace(TRIAL, outcome=outcome), learner="t", seed=1)

    up_to = before.block <= 3
    np.testing.assert_array_equal(before.effect[up_to], after.effect[up_to])
    assert not np.allclose(before.effect[~up_to], after.effect[~up_to])


def test_pure_noise_is_not_predicted_out_of_fold():
    """In sample, models of pure noise would correlate with their own targets; out of fold they cannot."""
    rng = np.random.default_rng(5)
    noise = Trial(
        features=rng.normal(size=(2_000, 4)),
        is_treated=rng.random(2_000) < 0.5,
        outcome=rng.normal(size=2_000),
        names=("a", "b", "c", "d"),
    )

    found = effects_by_block(trial=noise, learner="t", seed=0)

    assert abs(np.corrcoef(found.effect, noise.scores[found.people])[0, 1]) < 0.06


def test_modelled_scores_have_the_same_mean_and_less_noise():
    modelled = cross_fitted_scores(trial=TRIAL, seed=0)

    assert modelled.mean() == pytest.approx(TRIAL.scores.mean(), abs=0.01)
    assert modelled.std() < TRIAL.scores.std()
