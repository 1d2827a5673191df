"""Shares inside floors, caps and change limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.bandits.decisions import BanditRefused
from campaigns.bandits.guardrails import project_shares, within_change


def project(wanted, low, high):
    return project_shares(wanted=np.array(wanted), low=np.array(low), high=np.array(high))


def test_shares_that_fit_stay():
    assert project([0.2, 0.3, 0.5], [0.0] * 3, [1.0] * 3) == pytest.approx([0.2, 0.3, 0.5])


def test_cap_gives_the_rest_to_the_others_equally():
    assert project([0.9, 0.1, 0.0], [0.0] * 3, [0.5, 1, 1]) == pytest.approx([0.5, 0.3, 0.2])


def test_floor_takes_from_the_others_equally():
    assert project([0.6, 0.4, 0.0], [0, 0, 0.2], [1.0] * 3) == pytest.approx([0.5, 0.3, 0.2])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 12))
def test_projection_is_feasible_and_nearest(seed, arms):
    rng = np.random.default_rng(seed)
    wanted, low = rng.dirichlet(np.ones(arms)), rng.uniform(0, 0.9 / arms, arms)
    high = np.maximum(low, rng.uniform(0.5 / arms, 1, arms)) + 0.6 / arms

    shares = project_shares(wanted=wanted, low=low, high=high)

    assert shares.sum() == pytest.approx(1)
    assert np.all((shares >= low - 1e-12) & (shares <= high + 1e-12))
    other = low + (1 - low.sum()) * (high - low) / (high - low).sum()
    assert np.linalg.norm(shares - wanted) <= np.linalg.norm(other - wanted) + 1e-9


def test_no_share_moves_too_far():
    current = np.array([0.5, 0.5, 0.0])

    low, high = within_change(current=current, change=0.2, low=np.zeros(3), high=np.ones(3))

    assert low.tolist() == pytest.approx([0.4, 0.4, 0])
    assert high.tolist() == pytest.approx([0.6, 0.6, 0.2 / 3])


@pytest.mark.parametrize(
    ("low", "high"), [([0.6, 0.6], [1, 1]), ([0, 0], [0.4, 0.4]), ([0.5, 0], [0.4, 1]), ([-0.1, 0], [1, 1])]
)
def test_guardrails_that_cannot_hold_are_refused(low, high):
    with pytest.raises(BanditRefused):
        project([0.5, 0.5], low, high)
