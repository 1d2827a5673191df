"""Candidates side by side, and intervals that stay honest although the best of many sets was picked."""

import numpy as np
import pytest

from campaigns.measurement.analysis import analyze
from campaigns.measurement.design.candidates import propose_candidates, screening_periods
from campaigns.measurement.design.markets import History, Wish, screen_markets
from campaigns.measurement.design.pseudo_tests import Rehearsal
from campaigns.measurement.panel import InsufficientData, Panel

UNITS = tuple(f"geo {unit}" for unit in range(20))


def market(*, seed: int, times: int = 74) -> np.ndarray:
    rng = np.random.default_rng(seed)
    season = 1 + 0.1 * np.sin(np.arange(times) * 2 * np.pi / 7)
    return rng.lognormal(6, 0.4, 20)[:, None] * season * rng.normal(1, 0.03, (20, times))


def propose(**changes):
    wish = Wish(sizes=(4, 6), periods=10, **changes)
    return propose_candidates(
        history=History(units=UNITS, outcome=market(seed=1)),
        wish=wish,
        rehearsal=Rehearsal(periods=10, method="tbr", lifts=(), windows=8),
        sets=100,
        shown=3,
        rng=np.random.default_rng(1),
        progress=lambda percent, step: None,
    )


def test_every_size_is_shown_and_the_smallest_detectable_lift_first():
    found = propose()

    assert {len(one.screened.units) for one in found} == {4, 6}
    assert [one.screened.detectable for one in found] == sorted(one.screened.detectable for one in found)
    assert all(0 in [point.lift for point in one.tried.curve] for one in found)


def test_lifts_are_tried_around_what_could_be_seen():
    one = propose()[0]

    assert [point.lift for point in one.tried.curve][3] == pytest.approx(one.screened.detectable, abs=1e-4)


def test_sets_above_the_largest_share_are_refused_with_a_way_out():
    with pytest.raises(InsufficientData, match="smaller sets"):
        propose(largest_share=0.01)


@pytest.mark.parametrize(("times", "periods", "expected"), [(60, 14, 30), (60, 28, 60), (14, 2, 14), (16, 2, 8)])
def test_half_of_the_history_is_kept_for_the_readout_where_it_suffices(times, periods, expected):
    assert screening_periods(times=times, periods=periods) == expected


def test_intervals_of_picked_sets_hold_the_truth_as_often_as_they_say():
    held = [_holds(seed=seed, chosen_on=30) for seed in range(60)]

    assert 0.8 <= np.mean(held) <= 0.98


def _holds(*, seed: int, chosen_on: int) -> bool:
    outcome = market(seed=seed)
    seen = History(units=UNITS, outcome=outcome[:, :chosen_on])
    picked = screen_markets(
        history=seen, wish=Wish(sizes=(4, 6), periods=14), candidates=500, rng=np.random.default_rng(seed)
    )[0].units
    tested = outcome[:, 30:].copy()
    tested[list(picked), 30:] *= 1.12
    panel = Panel(
        units=UNITS,
        times=tuple(str(time) for time in range(44)),
        outcome=tested,
        treated=np.isin(np.arange(20), picked),
        start=30,
    )
    low, high = analyze(panel=panel, method="tbr", confidence=0.9, rng=np.random.default_rng(0)).lift_interval
    return low < 0.12 < high
