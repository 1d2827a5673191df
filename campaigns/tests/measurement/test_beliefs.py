"""Belief and result weighed by precision, against figures worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.measurement.beliefs import Belief, combine, measured, result_weight
from campaigns.measurement.panel import MeasurementRefused

PRIOR = Belief(mean=0.6, low=0.4, high=0.8)


def test_equal_precision_gives_the_middle_and_a_range_narrower_by_root_two():
    after = combine(prior=PRIOR, result=Belief(mean=0.4, low=0.2, high=0.6))

    assert after.mean == pytest.approx(0.5)
    assert after.high - after.low == pytest.approx(0.4 / math.sqrt(2))


def test_a_result_twice_as_precise_weighs_four_times():
    result = Belief(mean=0.3, low=0.2, high=0.4)

    assert result_weight(prior=PRIOR, result=result) == pytest.approx(0.8)
    assert combine(prior=PRIOR, result=result).mean == pytest.approx(0.36)


def test_an_interval_of_another_confidence_is_brought_to_90_percent():
    result = measured(value=0.5, interval=(0.5 - 1.959964, 0.5 + 1.959964), confidence=0.95)

    assert result.spread == pytest.approx(1.0)
    assert result.high - result.mean == pytest.approx(1.644854)


def test_shares_stay_within_0_and_1():
    after = combine(prior=PRIOR, result=Belief(mean=3.0, low=2.95, high=3.05))

    assert after == Belief(mean=1.0, low=1.0, high=1.0)


@given(st.floats(-1, 2), st.floats(0.01, 2))
def test_the_answer_lies_between_and_is_never_wider_than_the_prior(value, width):
    result = Belief(mean=value, low=value - width, high=value + width)

    after = combine(prior=PRIOR, result=result, bounds=(-10, 10))

    assert min(PRIOR.mean, value) - 1e-9 <= after.mean <= max(PRIOR.mean, value) + 1e-9
    assert after.high - after.low <= 0.4 + 1e-9


@pytest.mark.parametrize("interval", [(0.5, 0.5), (-math.inf, math.inf), (math.nan, 1.0)])
def test_an_interval_without_finite_width_is_refused(interval):
    with pytest.raises(MeasurementRefused, match="no width"):
        measured(value=0.5, interval=interval, confidence=0.9)


def test_a_prior_without_doubt_is_refused():
    with pytest.raises(MeasurementRefused, match="no doubt"):
        combine(prior=Belief(mean=0.6, low=0.6, high=0.6), result=PRIOR)
