"""Readouts of pacing tests whose truth is known."""

import numpy as np
import pytest

from campaigns.measurement.design.pacing import design_pacing
from campaigns.measurement.pacing_readout import pacing_readout
from campaigns.measurement.panel import InsufficientData, MeasurementRefused
from campaigns.measurement.readout_json import readout_to_json

BUDGET, SWING = 1_000.0, 0.3


def designed(*, seed=0, periods=56):
    rng = np.random.default_rng(seed)
    return design_pacing(
        outcome=rng.normal(20_000, 500, 120),
        periods=periods,
        daily_budget=BUDGET,
        swing=SWING,
        alpha=0.1,
        power=0.8,
        rng=rng,
    )


def sold(design, *, iroas, seed=0, noise=300.0):
    """Weekly season, noise, and what the money above or below the usual brought."""
    rng = np.random.default_rng([seed, 1])
    days = len(design.is_high)
    season = 2_000 * np.sin(np.arange(days) * 2 * np.pi / 7)
    return 20_000 + season + iroas * (design.spend - BUDGET) + rng.normal(0, noise, days)


def read(design, outcome, *, cost=None):
    return pacing_readout(is_high=design.is_high, planned=design.spend, outcome=outcome, cost=cost, confidence=0.9)


def test_iroas_is_found_and_season_leaves_no_trace():
    design = designed()

    found = read(design, sold(design, iroas=3.0, noise=1.0))

    assert found.iroas == pytest.approx(3.0, abs=0.01)
    assert found.incremental_cost == pytest.approx(2 * SWING * BUDGET * 28)
    assert "around the usual budget" in found.notes[0]


def test_interval_covers_the_truth_and_agrees_with_its_p_value():
    covered = alarms = 0
    for seed in range(300):
        design = designed(seed=seed)
        found = read(design, sold(design, iroas=2.0 * (seed % 2), seed=seed))
        low, high = found.iroas_interval
        covered += low <= 2.0 * (seed % 2) <= high
        alarms += found.p_value < 0.1 and seed % 2 == 0
        assert (found.p_value < 0.1) == (not low <= 0 <= high)

    # 270 of 300 and 15 of 150 are expected; three standard errors either way.
    assert 254 <= covered <= 286
    assert 4 <= alarms <= 26


def test_spend_as_it_was_counts_where_its_cost_is_known():
    design = designed()
    halfway = BUDGET + (design.spend - BUDGET) * 0.8

    found = read(design, sold(design, iroas=3.0, noise=1.0), cost=halfway)

    assert found.iroas == pytest.approx(3.0 / 0.8, abs=0.02)


def test_schedule_that_was_not_followed_is_refused():
    design = designed()

    with pytest.raises(MeasurementRefused, match="did not follow"):
        read(design, sold(design, iroas=3.0), cost=np.full(len(design.is_high), BUDGET))


def test_missing_day_and_flat_outcome_are_refused():
    design = designed()
    outcome = sold(design, iroas=1.0)
    outcome[3] = np.nan

    with pytest.raises(MeasurementRefused):
        read(design, outcome)
    with pytest.raises(MeasurementRefused):
        read(design, outcome[:-1])
    with pytest.raises(InsufficientData):
        read(design, np.full(len(design.is_high), 5.0))


def test_readout_becomes_the_json_of_every_other():
    design = designed()
    days = tuple(str(day) for day in range(len(design.is_high)))

    told = readout_to_json(readout=read(design, sold(design, iroas=3.0)), times=days, start=0)

    assert told["iroas_interval"][0] < 3.0 < told["iroas_interval"][1]
    assert "iROAS" in told["verdict"]
