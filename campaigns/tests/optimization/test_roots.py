"""Roots found between two points: smooth functions, jumps, and many at once."""

import numpy as np
import pytest

from campaigns.optimization.roots import bracket_roots


def roots_of(function, *, start, tolerance=1e-13):
    start = np.array(start)
    return bracket_roots(function=function, start=start, tolerance=np.full(start.size, tolerance), reach=700.0)


def test_each_of_many_roots_is_found():
    targets = np.array([1e-200, 1.0, 3.0, 1e200])

    found = roots_of(lambda y: np.log(targets) - y, start=[0.0, 0.0, 0.0, 0.0])

    assert found.above == pytest.approx(np.log(targets))
    assert found.below == pytest.approx(np.log(targets))


def test_jump_is_closed_in_to_the_last_bits_and_split_in_proportion():
    found = roots_of(lambda y: np.where(y < 0.3337, 6.0, -2.0), start=[50.0])

    assert found.above[0] < 0.3337 <= found.below[0]
    assert found.below[0] - found.above[0] < 1e-14
    assert found.share_below[0] == pytest.approx(0.75)


def test_smooth_root_takes_few_evaluations():
    calls = []

    def falling(y):
        calls.append(y)
        return 100.0 * np.exp(-y) - 3.0

    found = roots_of(falling, start=[0.0])

    assert found.above[0] == pytest.approx(np.log(100.0 / 3.0), rel=1e-14)
    assert len(calls) < 25


def test_function_without_a_root_ends_at_the_reach():
    found = roots_of(lambda y: 1.0 + 0.0 * y, start=[0.0])

    assert found.excess[0] == 1.0
    assert found.above[0] == pytest.approx(found.below[0])
