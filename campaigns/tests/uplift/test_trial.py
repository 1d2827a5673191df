"""What a trial must have, and its unbiased scores."""

from dataclasses import replace

import numpy as np
import pytest

from campaigns.tests.uplift.trials import known_trial
from campaigns.uplift.trial import UpliftRefused

TRIAL, TRUTH = known_trial(spread=0.1)


@pytest.mark.parametrize(
    ("changed", "where", "said"),
    [
        ({"is_treated": np.ones(3_000, dtype=bool)}, "treatment", "200 people"),
        ({"is_treated": np.zeros(3_000, dtype=bool)}, "treatment", "treated group"),
        ({"is_treated": np.arange(3_000) < 150}, "treatment", "150 people are in the treated group; 200"),
        ({"outcome": np.ones(3_000)}, "outcome", "never varies|Every outcome is 1"),
        ({"outcome": (np.arange(3_000) < 20).astype(float)}, "outcome", "25 suffice"),
        ({"outcome": np.full(3_000, np.nan)}, "row 1", "no number"),
        ({"features": np.empty((3_000, 0))}, "features", "1 to 200"),
        ({"features": np.full((3_000, 4), np.inf)}, "features", "infinite"),
        ({"features": np.zeros((10, 4))}, "features", "one length"),
        ({"share": 1.0}, "share", "0.5"),
    ],
)
def test_what_cannot_carry_an_answer_is_refused_with_what_would_suffice(changed, where, said):
    with pytest.raises(UpliftRefused, match=said) as refusal:
        replace(TRIAL, **changed)

    assert refusal.value.where == where


def test_scores_average_to_the_difference_of_the_arms():
    treated = TRIAL.is_treated
    difference = TRIAL.outcome[treated].mean() - TRIAL.outcome[~treated].mean()

    assert TRIAL.scores.mean() == pytest.approx(difference)


def test_scores_of_a_group_average_to_its_effect():
    high = TRUTH.mean() < TRUTH

    assert TRIAL.scores[high].mean() == pytest.approx(0.16, abs=0.05)
    assert TRIAL.scores[~high].mean() == pytest.approx(-0.04, abs=0.05)


def test_gaps_in_features_are_allowed():
    gaps = TRIAL.features.copy()
    gaps[::7, 1] = np.nan

    assert replace(TRIAL, features=gaps).is_binary


def test_the_designed_share_is_taken_where_it_is_known():
    assert replace(TRIAL, share=0.5).treated_share == 0.5
    assert TRIAL.treated_share == pytest.approx(0.5, abs=0.03)
