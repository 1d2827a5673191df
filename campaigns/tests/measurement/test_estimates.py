"""Methods on panels whose effect is known, and on published cases."""

import csv
from pathlib import Path

import numpy as np
import pytest

from campaigns.measurement.analysis import METHODS, analyze
from campaigns.measurement.panel import InsufficientData, MeasurementRefused, Panel, panel_of_rows
from campaigns.measurement.time_based_regression import group_regression
from campaigns.tests.measurement.worlds import panel, random_world, steady_panel

CASES = Path(__file__).parents[4] / "shared" / "cases" / "decisions"
needs_cases = pytest.mark.skipif(not CASES.exists(), reason="the published cases are not here")
PANEL_METHODS = [method for method in METHODS if method != "trimmed_match"]


def read(of: Panel, method: str, *, confidence: float = 0.9):
    return analyze(panel=of, method=method, confidence=confidence, rng=np.random.default_rng(3))


@pytest.mark.parametrize("method", ["did", "sdid", "ascm", "sc", "tbr"])
def test_known_effect_is_found(method):
    world, truth = random_world(rng=np.random.default_rng(11), effect=0.5)

    readout = read(world, method, confidence=0.99)

    assert readout.att == pytest.approx(truth, rel=0.15)
    assert readout.att_interval[0] <= truth <= readout.att_interval[1]
    assert readout.p_value < 0.01
    assert "rose" in readout.verdict


def test_time_series_finds_the_effect():
    world, truth = random_world(rng=np.random.default_rng(12), effect=0.5)

    readout = read(world, "bsts")

    assert readout.att_interval[0] <= truth <= readout.att_interval[1]
    assert readout.p_value < 0.01


def test_difference_in_differences_by_hand():
    outcome = np.array([[1.0, 1, 1, 6], [2, 2, 2, 3], [3, 3, 3, 5], [4, 4, 4, 7]])

    readout = read(panel(outcome=outcome, treated=np.array([True, False, False, False]), start=3), "did")

    assert readout.att == pytest.approx(5 - (1 + 2 + 3) / 3)
    assert readout.test.standard_error == pytest.approx(np.sqrt(1 + 1 / 3))
    assert "Not conclusive" in readout.verdict


@pytest.mark.parametrize("method", PANEL_METHODS)
@pytest.mark.parametrize("factor", [1e-6, 1e6])
def test_unit_of_the_outcome_does_not_matter(method, factor):
    world, _ = random_world(rng=np.random.default_rng(4), effect=0.1)
    scaled = panel(outcome=world.outcome * factor, treated=world.treated, start=world.start)

    one, other = read(world, method), read(scaled, method)

    assert other.att == pytest.approx(one.att * factor, rel=1e-5)
    assert other.p_value == pytest.approx(one.p_value, abs=1e-5)


@pytest.mark.parametrize("method", ["did", "tbr", "sdid"])
def test_p_value_and_interval_agree(method):
    rng = np.random.default_rng(21)
    for _ in range(40):
        world, _ = random_world(rng=rng, effect=float(rng.choice([0.0, 0.05])))

        readout = read(world, method)

        low, high = readout.att_interval
        assert (readout.p_value < 0.1) == (not low <= 0 <= high)


def test_intervals_cover_and_false_alarms_are_rare():
    """300 worlds: the 90 % interval covers within what chance allows (benchmarks/experiments.py runs 1 000)."""
    rng = np.random.default_rng(5)
    covered, alarms = 0, 0
    for _ in range(300):
        world, truth = random_world(rng=rng)
        readout = read(world, "did")
        covered += readout.att_interval[0] <= truth <= readout.att_interval[1]
        alarms += readout.p_value < 0.1

    assert 0.85 <= covered / 300 <= 0.95
    assert 0.05 <= alarms / 300 <= 0.15


def test_poor_fit_is_said():
    outcome = np.random.default_rng(2).normal(10, 1, (8, 20))
    outcome[0] += 100
    odd = panel(outcome=outcome, treated=np.arange(8) == 0, start=15)

    assert any("did not follow" in note for note in read(odd, "sc").notes)


@pytest.mark.parametrize("method", ["sc", "sdid", "ascm"])
def test_too_few_controls_are_not_enough(method):
    outcome = np.random.default_rng(2).normal(10, 1, (4, 20))

    with pytest.raises(InsufficientData, match="Too few controls"):
        read(panel(outcome=outcome, treated=np.arange(4) < 2, start=15), method)


def test_figures_that_never_vary_carry_no_answer():
    flat = panel(outcome=np.ones((6, 10)), treated=np.arange(6) < 2, start=6)

    for method in PANEL_METHODS:
        with pytest.raises(InsufficientData):
            read(flat, method)


@pytest.mark.parametrize("confidence", [0.0, 1.0, 90, float("nan")])
def test_confidence_is_a_share(confidence):
    with pytest.raises(MeasurementRefused, match="confidence"):
        read(steady_panel(), "did", confidence=confidence)


def test_unknown_method_is_refused():
    with pytest.raises(MeasurementRefused, match="not known"):
        read(steady_panel(), "guess")


@needs_cases
@pytest.mark.parametrize(
    ("method", "value", "tolerance"), [("did", -27.349, 0.01), ("sdid", -15.604, 0.05), ("sc", -19.6, 0.25)]
)
def test_proposition_99(method, value, tolerance):
    with (CASES / "prop99_sdid" / "california_prop99_long.csv").open() as lines:
        rows = [(row["state"], row["year"], float(row["packs_per_capita"]), None) for row in csv.DictReader(lines)]
    california = panel_of_rows(rows=rows, times=sorted({row[1] for row in rows}), treated=["California"], start="1989")

    assert read(california, method).att == pytest.approx(value, abs=tolerance)


@needs_cases
def test_sales_and_cost_by_time_based_regression():
    folder = CASES / "tbr_salesandcost"
    with (folder / "geoassignment.csv").open() as lines:
        treated = [row["geo"] for row in csv.DictReader(lines) if row["geo.group"] == "2"]
    with (folder / "salesandcost.csv").open() as lines:
        rows = [
            (row["geo"], row["date"], float(row["sales"]), float(row["cost"]))
            for row in csv.DictReader(lines)
            if row["date"] <= "2015-03-15"
        ]
    times = sorted({row[1] for row in rows})
    geos = panel_of_rows(rows=rows, times=times, treated=treated, start="2015-02-16", absent_is_zero=True)

    readout = read(geos, "tbr")

    assert group_regression(panel=geos).slope == pytest.approx(0.9997001, abs=1e-6)
    assert readout.iroas == pytest.approx(2.946742, abs=1e-5)
    assert readout.incremental == pytest.approx(147337.122, abs=0.01)
    assert readout.incremental_cost == pytest.approx(50_000, abs=1e-6)
    assert readout.lift == pytest.approx(0.173998, abs=1e-4)
    assert readout.interval == pytest.approx((2.79135, 3.102936), abs=0.002)
    assert read(geos, "tbr", confidence=0.8).interval[0] == pytest.approx(2.826194, abs=1e-5)
