"""Estimates on simulated histories whose truth is known."""

import time
from dataclasses import replace

import numpy as np
import pytest

from campaigns.response.estimate import CellEstimate, RefusedCell, estimate_response
from campaigns.tests.response.histories import BETA, WEEKDAYS, K, family, made


def alone(series, seed=0, draws=200):
    return estimate_response(cells=[series], rng=np.random.default_rng(seed), draws=draws)[0]


def revenue_at(estimate, spend):
    return estimate.draws.beta * spend / (estimate.draws.k + spend)


def test_a_curve_is_found_again_without_noise():
    found = alone(made(np.random.default_rng(1), noise=0.001, days=91))

    assert np.median(found.draws.k) == pytest.approx(K, rel=0.1)
    assert revenue_at(found, 1000.0).mean() == pytest.approx(BETA / 2, rel=0.01)


@pytest.mark.parametrize("days", [91, 182])
def test_eighty_percent_intervals_cover_about_eighty_percent(days):
    rng = np.random.default_rng(7)
    covered, count = np.zeros(2), 0

    for _ in range(8):
        cells, ks = family(rng, count=12, days=days)
        for estimate, k in zip(estimate_response(cells=cells, rng=rng), ks, strict=True):
            for place, spend in enumerate((1000.0, 1700.0)):
                low, high = np.quantile(revenue_at(estimate, spend), [0.1, 0.9])
                covered[place] += low <= BETA * spend / (k + spend) <= high
            count += 1

    # Binomial noise of 96 cells is 0.04; cells of one market share its error. Two and a half of it to either side.
    assert np.all((covered / count > 0.70) & (covered / count < 0.92))


def test_neighbours_narrow_what_a_noisy_cell_cannot_tell():
    rng = np.random.default_rng(11)
    cells, _ = family(rng, count=12, noise=0.05)
    noisy = made(rng, path=("onsite", "retailer 0", "search", "new"), days=91, noise=0.45, least=0.8, most=1.2)

    with_others = estimate_response(cells=[*cells, noisy], rng=np.random.default_rng(0))[-1]

    assert isinstance(with_others, CellEstimate)
    assert np.std(np.log(with_others.draws.k)) < 0.9
    assert with_others.own_share < 0.6


def test_carried_over_spend_is_recognised():
    rng = np.random.default_rng(2)
    late, _ = family(rng, count=8, days=182, noise=0.03, decay=0.6, most=3.0)
    prompt, _ = family(rng, count=8, days=182, noise=0.03, most=3.0)

    decays = [
        np.mean([one.draws.decay.mean() for one in estimate_response(cells=cells, rng=np.random.default_rng(0))])
        for cells in (late, prompt)
    ]

    assert decays[0] == pytest.approx(0.6, abs=0.1)
    assert decays[1] < 0.1


def test_promotion_and_price_are_not_taken_for_the_ads():
    """Spend rises whenever items are on promotion and cheap: what does not know that takes their lift for the ads'."""
    rng = np.random.default_rng(4)
    promo = (np.repeat(rng.random(26) < 0.4, 7)).astype(float)
    price = np.where(promo > 0, 0.8, 1.0) * rng.lognormal(0.0, 0.03, 182)
    cells = [
        made(rng, path=("onsite", "amazon", "search", f"{number}"), promo=promo, price=price, chase=1 + promo)
        for number in range(6)
    ]
    blind = [replace(cell, promo=None, price=None) for cell in cells]

    def lift(series):
        found = estimate_response(cells=series, rng=np.random.default_rng(0))
        return np.mean([revenue_at(one, 2000.0).mean() / revenue_at(one, 700.0).mean() for one in found])

    truth = (2000.0 / (K + 2000.0)) / (700.0 / (K + 700.0))
    assert lift(cells) == pytest.approx(truth, rel=0.06)
    assert lift(blind) > 1.3 * truth


def test_weekdays_are_told_apart_from_spend():
    found = alone(made(np.random.default_rng(3), noise=0.02))

    names = found.days.controls.names
    effects = [found.draws.coefficients[:, names.index(f"weekday {day}")].mean() for day in range(1, 7)]
    logs = np.log(WEEKDAYS) - np.log(WEEKDAYS).mean()
    assert effects == pytest.approx(logs[1:], abs=0.02)


def test_intervals_narrow_with_a_longer_history():
    rng = np.random.default_rng(2)
    widths = [np.std(np.log(alone(made(rng, days=days)).draws.k)) for days in (70, 364)]

    assert widths[1] < 0.7 * widths[0]


def test_unit_of_money_does_not_matter():
    series = made(np.random.default_rng(4))
    tiny = replace(series, spend=series.spend * 1e-6, revenue=series.revenue * 1e-6)

    assert alone(tiny).draws.k == pytest.approx(alone(series).draws.k * 1e-6, rel=1e-6)
    assert alone(tiny).draws.beta == pytest.approx(alone(series).draws.beta * 1e-6, rel=1e-6)


def test_the_same_generator_gives_the_same_estimate():
    series = made(np.random.default_rng(4))

    assert np.array_equal(alone(series, seed=9).draws.k, alone(series, seed=9).draws.k)


def test_days_without_revenue_are_no_trouble():
    rng = np.random.default_rng(5)
    series = made(rng)
    sparse = replace(series, revenue=rng.poisson(series.revenue / 2000.0) * 2000.0)

    assert revenue_at(alone(sparse), 1000.0).mean() == pytest.approx(BETA / 2, rel=0.1)


def test_a_refused_cell_does_not_trouble_the_others():
    cells, _ = family(np.random.default_rng(6), count=4)
    flat = replace(cells[1], spend=np.full(91, 1000.0))

    found = estimate_response(cells=[cells[0], flat, *cells[2:]], rng=np.random.default_rng(0))

    assert [isinstance(one, RefusedCell) for one in found] == [False, True, False, False]
    assert found[2].series is cells[2]


def test_noise_that_hides_the_curve_is_refused_rather_than_guessed():
    rng = np.random.default_rng(8)
    series = made(rng, days=63, least=0.85, most=1.2)

    found = alone(replace(series, revenue=rng.lognormal(8.0, 1.0, 63)))

    assert isinstance(found, RefusedCell)
    assert "noise hides the curve" in found.refusal.reason
    assert "longer history" in found.refusal.would_suffice


def test_progress_is_told_to_the_end():
    told = []
    cells, _ = family(np.random.default_rng(6), count=3)

    estimate_response(cells=cells, rng=np.random.default_rng(0), progress=told.append)

    assert told == sorted(told)
    assert told[-1] == 1.0


def test_sixty_cells_take_less_than_two_seconds():
    cells, _ = family(np.random.default_rng(10), count=60)
    seconds = []

    for seed in range(3):
        started = time.process_time()
        estimate_response(cells=cells, rng=np.random.default_rng(seed))
        seconds.append(time.process_time() - started)

    # The quickest of three, so that a busy machine is not taken for slow code.
    assert min(seconds) < 2.0
