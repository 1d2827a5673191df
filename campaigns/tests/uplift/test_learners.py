"""Learners find known effects, and no person's prediction has seen that person."""

import numpy as np
import pytest

from campaigns.tests.uplift.trials import known_trial
from campaigns.uplift.learners import LEARNERS, cross_fitted_effects, cross_fitted_scores
from campaigns.uplift.trial import Trial

TRIAL, TRUTH = known_trial(count=4_000, spread=0.12)


@pytest.mark.parametrize("learner", sorted(LEARNERS))
def test_a_learner_ranks_people_by_their_true_effect(learner):
    found = cross_fitted_effects(trial=TRIAL, learner=learner, seed=1)

    assert np.corrcoef(found, TRUTH)[0, 1] > 0.5
    assert found.mean() == pytest.approx(TRUTH.mean(), abs=0.04)


@pytest.mark.parametrize("learner", sorted(LEARNERS))
def test_the_same_seed_gives_the_same_answer(learner):
    small, _ = known_trial(count=1_200, spread=0.1)

    first, second = (cross_fitted_effects(trial=small, learner=learner, seed=3) for _ in range(2))

    np.testing.assert_array_equal(first, second)


def test_pure_noise_is_not_predicted_out_of_fold():
    """In sample, models of pure noise would correlate with their own targets; out of fold they cannot."""
    rng = np.random.default_rng(5)
    noise = Trial(
        features=rng.normal(size=(2_000, 4)),
        is_treated=rng.random(2_000) < 0.5,
        outcome=rng.normal(size=2_000),
        names=("a", "b", "c", "d"),
    )

    found = cross_fitted_effects(trial=noise, learner="t", seed=0)

    assert abs(np.corrcoef(found, noise.scores)[0, 1]) < 0.06


def test_modelled_scores_have_the_same_mean_and_less_noise():
    modelled = cross_fitted_scores(trial=TRIAL, seed=0)

    assert modelled.mean() == pytest.approx(TRIAL.scores.mean(), abs=0.01)
    assert modelled.std() < TRIAL.scores.std()
