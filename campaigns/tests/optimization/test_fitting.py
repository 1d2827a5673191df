"""Fits on simulated histories whose truth is known."""

import time

import numpy as np
import pytest

from campaigns.optimization.fitting import InsufficientData, fit_response

WEEKDAYS = np.array([0.95, 0.94, 0.95, 0.98, 1.05, 1.10, 1.03])
BETA, K = 5000.0, 1000.0


def history(rng, *, days=182, noise=0.1, k=K, least=0.5, most=1.9):
    """Daily spend that changes week by week, and revenue with weekdays, a yearly wave and noise of mean one."""
    weeks = -(-days // 7)
    levels = least * (most / least) ** rng.random(weeks)
    spend = 1000.0 * np.repeat(levels, 7)[:days] * rng.lognormal(0.0, 0.06, days)
    wave = 1.0 + 0.07 * np.sin(2 * np.pi * np.arange(days) / 365.25 + rng.uniform(0.0, 6.28))
    demand = WEEKDAYS[np.arange(days) % 7] * wave / wave.mean()
    return spend, demand * BETA * spend / (k + spend) * rng.lognormal(-(noise**2) / 2, noise, days)


def test_curve_is_found_again_without_noise():
    rng = np.random.default_rng(1)
    spend = 1000.0 * np.repeat(np.linspace(0.5, 2.0, 13), 7)
    revenue = BETA * spend / (K + spend)

    fitted = fit_response(spend=spend, revenue=revenue, rng=rng)

    assert fitted.beta == pytest.approx(BETA, rel=0.02)
    assert fitted.k == pytest.approx(K, rel=0.03)


@pytest.mark.parametrize("k", [400.0, 1000.0, 2500.0])
def test_ninety_percent_intervals_cover_the_truth_about_ninety_percent_of_the_time(k):
    rng = np.random.default_rng(7)
    covered = {"k": 0, "response": 0}
    worlds = 80

    for _ in range(worlds):
        spend, revenue = history(rng, k=k)
        fitted = fit_response(spend=spend, revenue=revenue, rng=rng, draws=100)
        within_k, within_response = fitted.k_range(), fitted.response_range(spend=1500.0)
        covered["k"] += within_k.low <= k <= within_k.high
        covered["response"] += within_response.low <= BETA * 1500.0 / (k + 1500.0) <= within_response.high

    # Binomial noise of 80 worlds is 0.034; three of it under 0.9, and the upper side is open to caution.
    assert covered["k"] / worlds > 0.80
    assert covered["response"] / worlds > 0.80


def test_intervals_narrow_with_a_longer_history():
    rng = np.random.default_rng(2)
    widths = {}

    for days in (70, 364):
        spend, revenue = history(rng, days=days)
        within = fit_response(spend=spend, revenue=revenue, rng=rng).response_range(spend=1500.0)
        widths[days] = within.high - within.low

    assert widths[364] < 0.7 * widths[70]


def test_weekdays_are_told_apart_from_spend():
    rng = np.random.default_rng(3)
    spend, revenue = history(rng, noise=0.02)

    fitted = fit_response(spend=spend, revenue=revenue, rng=rng)

    assert fitted.weekday == pytest.approx(WEEKDAYS, abs=0.02)


def test_unit_of_money_does_not_matter():
    spend, revenue = history(np.random.default_rng(4))

    plain = fit_response(spend=spend, revenue=revenue, rng=np.random.default_rng(0))
    tiny = fit_response(spend=spend * 1e-6, revenue=revenue * 1e-9, rng=np.random.default_rng(0))

    assert tiny.k == pytest.approx(plain.k * 1e-6, rel=1e-6)
    assert tiny.beta_draws == pytest.approx(plain.beta_draws * 1e-9, rel=1e-4)


def test_same_generator_gives_the_same_fit():
    spend, revenue = history(np.random.default_rng(4))

    one = fit_response(spend=spend, revenue=revenue, rng=np.random.default_rng(9))
    two = fit_response(spend=spend, revenue=revenue, rng=np.random.default_rng(9))

    assert np.array_equal(one.k_draws, two.k_draws)


def test_days_without_spend_are_left_out_and_their_revenue_is_told():
    spend, revenue = history(np.random.default_rng(5))
    spend[::3] = 0.0

    fitted = fit_response(spend=spend, revenue=revenue, rng=np.random.default_rng(0))

    assert fitted.days_used == int((spend > 0).sum())
    assert fitted.k_range().low < K < fitted.k_range().high
    assert "days without spend" in fitted.notes[0]


def test_too_short_a_history_is_refused_and_told_what_would_do():
    spend, revenue = history(np.random.default_rng(6), days=30)

    with pytest.raises(InsufficientData) as refusal:
        fit_response(spend=spend, revenue=revenue, rng=np.random.default_rng(0))

    assert "30 days in 5 weeks" in refusal.value.reason
    assert "6 weeks" in refusal.value.would_suffice


def test_constant_spend_is_refused():
    spend, revenue = history(np.random.default_rng(6), least=1.0, most=1.0001)

    with pytest.raises(InsufficientData, match="Spend hardly varied"):
        fit_response(spend=spend, revenue=revenue, rng=np.random.default_rng(0))


def test_revenue_that_is_mostly_zero_is_refused():
    spend, revenue = history(np.random.default_rng(6))
    revenue[10:] = 0.0

    with pytest.raises(InsufficientData, match="days have revenue"):
        fit_response(spend=spend, revenue=revenue, rng=np.random.default_rng(0))


def test_noise_that_hides_the_curve_is_refused_rather_than_guessed():
    rng = np.random.default_rng(8)
    spend, _ = history(rng, days=63, least=0.85, most=1.2)
    revenue = rng.lognormal(8.0, 1.0, 63)

    with pytest.raises(InsufficientData):
        fit_response(spend=spend, revenue=revenue, rng=rng)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -1.0])
def test_impossible_numbers_are_refused(bad):
    spend, revenue = history(np.random.default_rng(6))
    spend[3] = bad

    with pytest.raises(ValueError, match="Spend holds"):
        fit_response(spend=spend, revenue=revenue, rng=np.random.default_rng(0))


def test_a_cell_is_fitted_fast_enough_for_sixty_in_three_seconds():
    spend, revenue = history(np.random.default_rng(10))
    seconds = []

    for seed in range(10):
        started = time.process_time()
        fit_response(spend=spend, revenue=revenue, rng=np.random.default_rng(seed), draws=200)
        seconds.append(time.process_time() - started)

    # The quickest of ten, so that a busy machine is not taken for slow code.
    assert 60 * min(seconds) < 3.0
