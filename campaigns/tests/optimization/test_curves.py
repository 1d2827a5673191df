"""Response curves: values known by hand, slopes against differences, hulls above their curves."""

import numpy as np
import pytest

from campaigns.optimization.curves import KINDS, Curve
from campaigns.optimization.responses import gather_responses


def curve(kind, **parameters):
    return Curve(kind=kind, parameters={name: np.atleast_1d(np.array(value)) for name, value in parameters.items()})


CURVES = [
    curve("michaelis_menten", beta=300.0, k=40.0),
    curve("exponential", beta=300.0, k=40.0),
    curve("hill", beta=300.0, k=40.0, s=0.7),
    curve("hill", beta=300.0, k=40.0, s=2.0),
    curve("logistic", beta=300.0, midpoint=30.0, width=10.0),
    curve("logistic", beta=300.0, midpoint=0.0, width=10.0),
    curve("michaelis_menten", beta=[100.0, 500.0], k=[5.0, 80.0]),
]
EACH = pytest.mark.parametrize("one", CURVES, ids=lambda one: f"{one.kind}-{one.draws_count}-{one.columns[-1][0]:g}")


def test_michaelis_menten_brings_half_of_beta_at_k():
    assert CURVES[0].value(spend=np.array(40.0)) == pytest.approx(150.0)


def test_exponential_brings_all_but_one_e_th_at_k():
    assert CURVES[1].value(spend=np.array(40.0)) == pytest.approx(300.0 * (1.0 - np.exp(-1.0)))


def test_hull_of_a_hill_curve_with_slope_two_touches_it_at_k():
    # f(x)/x = f'(x) at x = k (s-1)^(1/s), which is k for s = 2; there f = beta/2, so the line rises beta/(2k) = 3.75.
    hill = CURVES[3]

    assert hill.hull_until == pytest.approx(40.0)
    assert hill.slope(spend=np.array([0.0, 20.0])) == pytest.approx([3.75, 3.75])


def test_mean_of_draws_is_the_mean_of_their_curves():
    both = CURVES[6].value(spend=np.array(20.0))

    assert both == pytest.approx((100.0 * 20 / 25 + 500.0 * 20 / 100) / 2)


@EACH
def test_nothing_is_earned_for_nothing(one):
    assert one.value(spend=np.array(0.0)) == 0.0


@EACH
def test_curves_rise_and_returns_diminish(one):
    spend = np.linspace(0.0, 400.0, 2001)
    gains = np.diff(one.value(spend=spend))

    assert np.all(gains >= -1e-9)
    assert np.all(np.diff(gains) <= 1e-9)


@EACH
def test_slopes_agree_with_differences(one):
    spend, step = np.array([3.0, 55.0, 170.0]), 1e-4
    difference = (one.value(spend=spend + step) - one.value(spend=spend - step)) / (2 * step)

    assert one.slope(spend=spend) == pytest.approx(difference, rel=1e-5, abs=1e-8)


@EACH
def test_hull_never_lies_under_its_curve(one):
    spend = np.linspace(0.0, 400.0, 801)
    plain = KINDS[one.kind].value(spend[:, None], *one.columns).mean(axis=1)

    assert np.all(one.value(spend=spend) >= plain - 1e-9)


def test_gathered_responses_give_what_each_curve_gives():
    together = gather_responses(curves=CURVES)
    spend = np.linspace(1.0, 60.0, len(CURVES))
    points = np.tile(np.array([2.0, 50.0, 90.0]), (len(CURVES), 1))

    assert together.values(spend=spend) == pytest.approx(
        [one.value(spend=np.array(x)) for one, x in zip(CURVES, spend, strict=True)]
    )
    assert together.slopes(spend=points)[4] == pytest.approx(CURVES[4].slope(spend=points[4]))


def test_best_spend_follows_the_closed_form():
    # beta k/(k+x)^2 = price gives x = sqrt(beta k/price) - k, within the limits.
    together = gather_responses(curves=[CURVES[0], CURVES[0], CURVES[0]])
    price = np.array([3.0, 0.3, 30.0])

    best = together.best_spend(weight=np.ones(3), price=price, lower=np.zeros(3), upper=np.full(3, 100.0))

    assert best == pytest.approx([np.sqrt(300.0 * 40.0 / 3.0) - 40.0, 100.0, 0.0])
