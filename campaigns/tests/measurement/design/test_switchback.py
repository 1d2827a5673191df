"""Switchback schedules and their readout."""

import numpy as np
import pytest

from campaigns.measurement.design.switchback import design_switchback, read_switchback
from campaigns.measurement.panel import InsufficientData, MeasurementRefused


def schedule(*, seed: int = 0):
    return design_switchback(periods=56, block=4, washout=1, rng=np.random.default_rng(seed))


def test_half_of_each_pair_is_on():
    pairs = schedule().is_on.reshape(-1, 8)

    assert (pairs.sum(axis=1) == 4).all()


def test_first_periods_of_a_block_are_not_read():
    assert schedule().counts.reshape(-1, 4).tolist() == [[False, True, True, True]] * 14


def test_effect_is_found_despite_trend_and_carry_over():
    plan = schedule()
    carried = np.where(plan.counts, 0.0, 50.0)
    outcome = 100 + 0.1 * np.arange(56) + 5 * plan.is_on + carried + np.random.default_rng(1).normal(0, 0.5, 56)

    effect, test = read_switchback(schedule=plan, outcome=outcome, confidence=0.99)

    assert test.interval[0] <= 5 <= test.interval[1]
    assert effect == pytest.approx(5, abs=0.5)


def test_false_alarms_are_as_rare_as_promised():
    rng = np.random.default_rng(3)
    alarms = sum(
        read_switchback(schedule=schedule(seed=run), outcome=rng.normal(size=56), confidence=0.9)[1].p_value < 0.1
        for run in range(300)
    )

    assert 0.05 <= alarms / 300 <= 0.15


def test_washout_must_leave_something():
    with pytest.raises(MeasurementRefused, match="washout"):
        design_switchback(periods=56, block=4, washout=4, rng=np.random.default_rng(0))


def test_too_few_blocks_are_not_enough():
    with pytest.raises(InsufficientData, match="28 periods hold 3 pairs"):
        design_switchback(periods=28, block=4, washout=1, rng=np.random.default_rng(0))


def test_incomplete_outcome_is_refused():
    with pytest.raises(MeasurementRefused, match="56"):
        read_switchback(schedule=schedule(), outcome=np.ones(20), confidence=0.9)
