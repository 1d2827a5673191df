"""Screening of markets, and pseudo-tests in the past."""

import numpy as np
import pytest

from campaigns.measurement.design.markets import History, Wish, screen_markets
from campaigns.measurement.design.pseudo_tests import Rehearsal, run_pseudo_tests
from campaigns.measurement.panel import InsufficientData, MeasurementRefused

WISH = Wish(sizes=(3, 5), periods=10, expected_iroas=2.0)


def history(*, units: int = 20, times: int = 90, noise: float = 0.05, seed: int = 1) -> History:
    rng = np.random.default_rng(seed)
    season = np.sin(np.arange(times) * 2 * np.pi / 7) * 0.2
    size = rng.lognormal(3, 0.4, units)
    outcome = size[:, None] * (1 + season + rng.normal(0, noise, (units, times)))
    return History(units=tuple(f"geo {unit}" for unit in range(units)), outcome=outcome)


def screen(of: History, wish: Wish = WISH, *, seed: int = 0):
    return screen_markets(history=of, wish=wish, candidates=200, rng=np.random.default_rng(seed))


def test_sets_that_see_less_come_first():
    found = screen(history())

    assert len(found) == 200
    assert [one.detectable for one in found] == sorted(one.detectable for one in found)
    assert {len(one.units) for one in found} == {3, 5}


def test_noisy_history_sees_less():
    assert screen(history(noise=0.2))[0].detectable > 2 * screen(history(noise=0.05))[0].detectable


def test_longer_tests_see_smaller_lifts():
    short, long = (screen(history(), Wish(sizes=(5,), periods=periods))[0].detectable for periods in (5, 30))

    assert long < short


def test_investment_is_what_the_detectable_lift_costs():
    of = history()

    best = screen(of)[0]

    a_day = of.outcome[list(best.units)].sum() / of.outcome.shape[1]
    assert best.investment == pytest.approx(best.detectable * a_day * 10 / 2.0)


def test_screen_promises_what_pseudo_tests_find():
    """A lift of twice the detectable one is found nearly always, none is found rarely."""
    of = history(times=200)
    best = screen(of)[0]

    rehearsal = Rehearsal(periods=10, method="tbr", lifts=(2 * best.detectable,), windows=40)
    tried = run_pseudo_tests(history=of, treated=best.units, rehearsal=rehearsal, rng=np.random.default_rng(2))

    assert tried.false_alarms <= 0.3
    assert tried.curve[-1].found >= 0.9
    assert tried.detectable == 2 * best.detectable
    assert tried.curve[-1].mean_estimate == pytest.approx(2 * best.detectable, rel=0.3)


def test_same_seed_screens_the_same_sets():
    assert screen(history(), seed=3) == screen(history(), seed=3)


def test_largest_share_holds():
    assert all(one.share <= 0.2 for one in screen(history(), Wish(sizes=(3, 8), periods=10, largest_share=0.2)))


@pytest.mark.parametrize(("of", "wish"), [(history(times=15), WISH), (history(units=4), Wish(sizes=(3,), periods=10))])
def test_too_little_history_is_not_enough(of, wish):
    with pytest.raises(InsufficientData):
        screen(of, wish)


def test_holes_in_the_history_are_refused():
    outcome = history().outcome
    outcome[2, 3] = np.nan

    with pytest.raises(MeasurementRefused):
        History(units=tuple(map(str, range(20))), outcome=outcome)


def test_pseudo_tests_need_room():
    rehearsal = Rehearsal(periods=10, method="did", lifts=(0.1,))

    with pytest.raises(InsufficientData):
        run_pseudo_tests(history=history(times=30), treated=(0, 1), rehearsal=rehearsal, rng=np.random.default_rng(2))
