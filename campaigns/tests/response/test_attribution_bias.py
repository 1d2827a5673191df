"""What cells over-credit, around what is believed of their retailer."""

import numpy as np
import pytest

from campaigns.response.attribution_bias import USUAL, CreditedCell, RetailerShare, draw_shares, expected_shares

CELLS = [
    CreditedCell(retailer="amazon", placement="search", revenue=300.0),
    CreditedCell(retailer="amazon", placement="browse", revenue=100.0),
    CreditedCell(retailer="walmart", placement="home", revenue=100.0),
    CreditedCell(retailer="walmart", placement="home", revenue=100.0, view_share=1.0),
]
WEIGHTS = np.array([0.75, 0.25])


def about(mean=0.6, low=0.4, high=0.8, *, is_guess):
    return dict.fromkeys(("amazon", "walmart"), RetailerShare(mean=mean, low=low, high=high, is_guess=is_guess))


def drawn(retailers, count=20_000):
    return draw_shares(cells=CELLS, retailers=retailers, count=count, rng=np.random.default_rng(2))


def test_search_and_views_are_credited_too_much():
    means = expected_shares(cells=CELLS, retailers=about(is_guess=True))

    assert means == pytest.approx([0.6 + USUAL.search[0], 0.6, 0.6, 0.6 + USUAL.views[0]])


def test_a_figure_about_the_retailer_is_the_average_of_its_cells():
    draws = drawn(about(mean=0.5, low=0.45, high=0.55, is_guess=False))

    amazon = draws[:, :2] @ WEIGHTS
    assert amazon.mean() == pytest.approx(0.5, abs=0.002)
    assert np.quantile(amazon, [0.05, 0.95]) == pytest.approx([0.45, 0.55], abs=0.004)
    assert draws[:, 0].mean() < draws[:, 1].mean()


def test_a_guess_keeps_its_width_and_loses_what_the_mix_over_credits():
    amazon = drawn(about(is_guess=True))[:, :2] @ WEIGHTS

    assert amazon.mean() == pytest.approx(0.6 + 0.75 * USUAL.search[0], abs=0.003)
    assert np.quantile(amazon, 0.95) - np.quantile(amazon, 0.05) == pytest.approx(0.4, abs=0.03)


def test_draws_have_the_means_that_the_optimizer_uses():
    for retailers in (about(is_guess=True), about(is_guess=False)):
        assert drawn(retailers).mean(axis=0) == pytest.approx(
            expected_shares(cells=CELLS, retailers=retailers), rel=0.002
        )


def test_retailers_are_drawn_apart_and_cells_of_one_together():
    correlation = np.corrcoef(drawn(about(is_guess=True)).T)

    assert correlation[2, 3] > 0.3
    assert abs(correlation[0, 2]) < 0.05


def test_a_figure_without_width_holds_for_every_cell():
    certain = about(mean=0.5, low=0.5, high=0.5, is_guess=False)

    assert drawn(certain, count=10) == pytest.approx(np.full((10, 4), 0.5))


def test_shares_stay_between_nothing_and_all():
    draws = drawn(about(mean=0.95, low=0.8, high=1.0, is_guess=True))

    assert draws.min() >= 0.0
    assert draws.max() <= 1.0
