"""Weeks held out, and what a history cannot tell."""

from dataclasses import replace

import numpy as np
import pytest

from campaigns.response.estimate import estimate_response
from campaigns.response.held_out import held_out_weeks
from campaigns.response.identifiability import moved_together, warnings_of
from campaigns.tests.response.histories import family, made


def estimated(cells):
    return estimate_response(cells=cells, rng=np.random.default_rng(0))


def test_weeks_held_out_are_covered_about_as_often_as_claimed():
    cells, _ = family(np.random.default_rng(3), count=15)

    weeks = [held_out_weeks(estimate=one, rng=np.random.default_rng(1)) for one in estimated(cells)]

    count = sum(one.week.size for one in weeks)
    assert count == 15 * 13
    # Binomial noise of 195 weeks is 0.03.
    assert sum(one.covered for one in weeks) / count == pytest.approx(0.8, abs=0.09)
    assert np.mean([one.explained for one in weeks]) > 0.7


def test_a_week_is_forecast_without_itself():
    """A week that was a tenth of itself is missed by far: it cannot have helped to forecast itself."""
    series = made(np.random.default_rng(4), days=91, noise=0.03)
    odd = series.revenue.copy()
    odd[35:42] *= 0.1

    weeks = held_out_weeks(estimate=estimated([replace(series, revenue=odd)])[0], rng=np.random.default_rng(1))

    assert weeks.expected[5] > 5 * weeks.actual[5]
    assert weeks.actual[5] == pytest.approx(odd[35:42].sum())


def test_forecasts_are_the_same_for_the_same_generator():
    found = estimated([made(np.random.default_rng(4), days=91)])[0]

    one, two = (held_out_weeks(estimate=found, rng=np.random.default_rng(5)) for _ in range(2))

    assert np.array_equal(one.low, two.low)


def test_a_healthy_history_has_no_warning():
    cells, _ = family(np.random.default_rng(6), count=4, noise=0.05)

    assert [warnings_of(one) for one in estimated(cells)] == [()] * 4


def test_spend_that_only_followed_promotions_is_told():
    rng = np.random.default_rng(7)
    promo = np.repeat(rng.random(13) < 0.5, 7).astype(float)
    followed = made(rng, days=91, least=1.0, most=1.01, promo=promo, chase=1 + promo)

    found = estimated([followed])[0]

    assert moved_together(found) > 0.9
    assert any("went with weekdays, season, promotion" in sentence for sentence in warnings_of(found))


def test_a_cell_that_lives_on_its_neighbours_is_told():
    cells, _ = family(np.random.default_rng(11), count=12, noise=0.05)
    noisy = made(
        np.random.default_rng(1),
        path=("onsite", "retailer 0", "search", "new"),
        days=91,
        noise=0.45,
        least=0.8,
        most=1.2,
    )

    found = estimated([*cells, noisy])[-1]

    assert any("comes from other cells" in sentence for sentence in warnings_of(found))


def test_revenue_on_days_without_spend_is_told():
    series = made(np.random.default_rng(5))
    series.spend[::3] = 0.0

    assert any("days without spend" in sentence for sentence in warnings_of(estimated([series])[0]))


def test_spend_that_is_felt_later_is_told():
    late, _ = family(np.random.default_rng(2), count=6, days=182, noise=0.03, decay=0.6, most=3.0)

    assert any("felt a day later" in sentence for sentence in warnings_of(estimated(late)[0]))
