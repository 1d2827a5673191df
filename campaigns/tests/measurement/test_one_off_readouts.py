"""Readouts of switchbacks and holdouts, and what a test could have seen."""

import numpy as np
import pytest
from scipy import stats

from campaigns.measurement.design.switchback import design_switchback
from campaigns.measurement.hindsight import look_back
from campaigns.measurement.holdout_readout import Arm, holdout_readout
from campaigns.measurement.panel import InsufficientData, MeasurementRefused
from campaigns.measurement.switchback_readout import switchback_readout


def test_switchback_finds_the_effect_put_in_and_its_return():
    schedule = design_switchback(periods=56, block=7, washout=1, rng=np.random.default_rng(1))
    outcome = 100 + 20.0 * schedule.is_on + np.random.default_rng(2).normal(0, 1, 56)

    readout = switchback_readout(schedule=schedule, outcome=outcome, cost=10.0 * schedule.is_on, confidence=0.9)

    assert readout.att == pytest.approx(20, abs=1)
    assert readout.iroas == pytest.approx(2, abs=0.1)
    assert readout.incremental == pytest.approx(28 * readout.att)
    assert readout.notes


def test_holdout_is_the_normal_test_of_two_shares():
    readout = holdout_readout(
        exposed=Arm(people=9000, conversions=450), held_out=Arm(people=1000, conversions=40), cost=None, confidence=0.9
    )

    error = np.sqrt(0.05 * 0.95 / 9000 + 0.04 * 0.96 / 1000)
    assert readout.p_value == pytest.approx(2 * stats.norm.sf(0.01 / error))
    assert readout.lift == pytest.approx(0.25)
    assert (readout.att_interval[0] > 0) == (readout.p_value < 0.1)


@pytest.mark.parametrize(("people", "conversions", "kind"), [(10, 11, MeasurementRefused), (100, 3, InsufficientData)])
def test_counts_that_carry_no_answer_are_refused(people, conversions, kind):
    with pytest.raises(kind) as refusal:
        Arm(people=people, conversions=conversions)

    assert refusal.value.where == "conversions"


def test_hindsight_gives_the_power_asked_for_at_the_lift_it_says_was_detectable():
    readout = holdout_readout(
        exposed=Arm(people=9000, conversions=450), held_out=Arm(people=1000, conversions=40), cost=None, confidence=0.9
    )
    first = look_back(readout=readout, power=0.8, planned_lift=None)

    again = look_back(readout=readout, power=0.8, planned_lift=first.detectable_lift)

    assert again.power_for_planned == pytest.approx(0.8, abs=0.001)
    assert first.power_for_planned is None
