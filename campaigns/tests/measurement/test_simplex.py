"""Least squares over the simplex against its optimality conditions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.measurement.simplex import simplex_weights


def test_target_inside_the_hull_is_met():
    columns = np.array([[0.0, 4.0], [0.0, 8.0]])

    weights = simplex_weights(columns=columns, target=np.array([1.0, 2.0]))

    assert weights == pytest.approx([0.75, 0.25])


def test_target_outside_the_hull_takes_the_nearest_point():
    weights = simplex_weights(columns=np.array([[0.0, 1.0], [0.0, 0.0]]), target=np.array([5.0, 0.0]))

    assert weights == pytest.approx([0, 1])


def test_intercept_ignores_levels():
    columns = np.array([[100.0, 7.0], [101.0, 7.0], [102.0, 7.0]])

    weights = simplex_weights(columns=columns, target=np.array([1.0, 2.0, 3.0]), has_intercept=True)

    assert weights == pytest.approx([1, 0])


def test_strong_ridge_spreads_evenly():
    columns = np.random.default_rng(1).normal(size=(6, 4))

    weights = simplex_weights(columns=columns, target=columns[:, 0], ridge=1e9)

    assert weights == pytest.approx([0.25] * 4, abs=1e-4)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 12), st.integers(3, 15), st.sampled_from([0.0, 0.3]))
def test_no_other_weights_fit_better(seed, units, periods, ridge):
    """At the optimum every unit with weight has the least gradient (Karush, Kuhn, Tucker)."""
    rng = np.random.default_rng(seed)
    columns, target = rng.normal(size=(periods, units)), rng.normal(size=periods)

    weights = simplex_weights(columns=columns, target=target, ridge=ridge)

    gradient = columns.T @ (columns @ weights - target) + ridge * weights
    assert weights.sum() == pytest.approx(1)
    assert weights.min() >= 0
    assert gradient[weights > 1e-9] == pytest.approx(gradient.min(), abs=1e-6)
