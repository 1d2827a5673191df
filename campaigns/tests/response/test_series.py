"""What is too little, what would suffice, and what is no history at all."""

from dataclasses import replace

import numpy as np
import pytest

from campaigns.response.series import InsufficientData, check_series, check_sufficient
from campaigns.tests.response.histories import made


def history(**more):
    return made(np.random.default_rng(6), **more)


def test_too_short_a_history_is_refused_and_told_what_would_do():
    with pytest.raises(InsufficientData) as refusal:
        check_sufficient(history(days=30))

    assert "30 days in 5 weeks" in refusal.value.reason
    assert "6 weeks" in refusal.value.would_suffice


def test_one_observation_is_refused():
    with pytest.raises(InsufficientData, match="Only 1 day in 1 week has spend"):
        check_sufficient(history(days=1))


def test_spend_without_variance_is_refused_and_told_how_far_to_vary_it():
    with pytest.raises(InsufficientData, match=r"1\.00 times its 10th\. Vary it week by week by a factor of 1\.25"):
        check_sufficient(replace(history(), spend=np.full(182, 500.0)))


@pytest.mark.parametrize("power", [1.7, 2.0, 3.0])
def test_a_convex_history_is_refused_instead_of_given_a_curve_that_flattens(power):
    series = history()

    with pytest.raises(InsufficientData) as refusal:
        check_sufficient(replace(series, revenue=0.01 * series.spend**power))

    assert "never flattened" in refusal.value.reason
    assert "until returns fall" in refusal.value.would_suffice


@pytest.mark.parametrize("k", [10.0, 1_000.0, 1e9])
def test_a_curve_that_saturates_or_is_straight_is_not_taken_for_a_convex_one(k):
    check_sufficient(history(k=k))


def test_revenue_that_is_mostly_zero_is_refused():
    series = history()
    series.revenue[10:] = 0.0

    with pytest.raises(InsufficientData, match="Only 10 days have revenue"):
        check_sufficient(series)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -1.0])
@pytest.mark.parametrize("name", ["spend", "revenue", "price"])
def test_impossible_numbers_are_refused_by_name(name, bad):
    series = replace(history(), price=np.ones(182))
    getattr(series, name)[3] = bad

    with pytest.raises(ValueError, match=f"{name.title()} holds a negative or non-finite"):
        check_series(series)


def test_series_of_different_length_are_refused():
    with pytest.raises(ValueError, match="equally long"):
        check_series(replace(history(), revenue=np.ones(3)))
