"""Outcomes over draws."""

import numpy as np
import pytest

from campaigns.planning.cells import carried_cell, fitted_cell, response_of
from campaigns.planning.evaluation import Incrementality, outcome_of
from campaigns.planning.scenarios import compare_splits, headline, node_table, scenario_table, waterfall
from campaigns.tests.planning.cast import BELIEFS, cell, four_cells, history


def certain(value):
    return {name: Incrementality(mean=value, low=value, high=value, source="test") for name in BELIEFS}


def response(cells, beliefs=None):
    return response_of(cells=cells, beliefs=beliefs or certain(0.5), rng=np.random.default_rng(1))


def test_outcome_of_one_known_curve():
    # 20 000·2 000/(2 000+2 000) = 10 000 revenue; half of it incremental; 30 % margin.
    found = outcome_of(spend=np.array([2_000.0]), response=response([cell()]))

    assert found.total("revenue")[0] == pytest.approx(10_000)
    assert found.total("incremental_revenue")[0] == pytest.approx(5_000)
    assert found.total("incremental_margin")[0] == pytest.approx(1_500)


def test_a_daily_curve_scales_to_the_horizon():
    # A day of 100 brings 1 000·100/(300+100) = 250; 14 such days bring 14 times that.
    found = fitted_cell(history=history(), beta=np.array([1_000.0]), k=np.array([300.0]), horizon_days=14)

    assert found.current == pytest.approx(1_400)
    assert found.beta[0] * 1_400 / (found.k[0] + 1_400) == pytest.approx(14 * 250)


def test_a_cell_on_air_every_other_day_is_scaled_to_the_days_on_air():
    spent = history(days=28)
    spent.spend[::2] = 0.0

    found = fitted_cell(history=spent, beta=np.array([1_000.0]), k=np.array([300.0]), horizon_days=28)

    assert found.current == pytest.approx(1_400)
    assert found.beta[0] == pytest.approx(14_000)


def test_a_carried_cell_keeps_its_past_return():
    found = carried_cell(history=history(), reason="thin", horizon_days=28, draws=20, rng=np.random.default_rng(3))

    revenue = found.beta * found.current / (found.k + found.current)
    assert revenue == pytest.approx(np.full(20, 28 * 400.0), rel=2e-3)
    assert not found.is_fitted


def test_the_same_split_spends_as_much_as_the_proposal():
    cells = four_cells()

    found = compare_splits(cells=cells, spend=np.array([0.0, 8_000.0, 0.0, 0.0]), response=response(cells))

    assert found.same_split.spend == pytest.approx(np.full(4, 2_000.0))
    assert found.current.spend.sum() == pytest.approx(4_000)
    # One cell alone saturates: the even split of equal curves is better.
    assert (found.gain < 0).all()


def test_headline_says_how_probable_the_floor_and_the_gain_are():
    cells = four_cells()
    scenarios = compare_splits(cells=cells, spend=np.full(4, 500.0), response=response(cells))

    # 4 · 20 000·500/2 500 = 16 000 attributed revenue of 2 000 spend: ROAS 8 in every draw.
    assert headline(scenarios=scenarios, roas_floor=7.9)["floor_probability"] == 1.0
    assert headline(scenarios=scenarios, roas_floor=8.1)["floor_probability"] == 0.0
    assert headline(scenarios=scenarios, roas_floor=None)["floor_probability"] is None


def test_the_waterfall_adds_up():
    cells = four_cells()
    scenarios = compare_splits(cells=cells, spend=np.array([100.0, 4_000, 900, 2_000]), response=response(cells))

    steps = waterfall(scenarios=scenarios, cells=cells)

    changes = sum(step["value"] for step in steps if step["kind"] == "change")
    assert steps[0]["value"] + changes == pytest.approx(steps[-1]["value"])
    assert all(step["low"] - 1e-6 <= step["value"] <= step["high"] + 1e-6 for step in steps)


def test_the_next_unit_of_money_is_told_by_draw():
    cells = four_cells()

    slopes = response(cells).marginal_revenue(np.array([0.0, 2_000.0, 500.0, 0.0]))

    # beta k / (k + x)^2 with beta 20 000 and k 2 000, the same in every draw of these cells.
    assert slopes.shape == (50, 4)
    assert slopes[0] == pytest.approx([10.0, 2.5, 6.4, 10.0])


def test_nodes_and_scenarios_agree_on_the_total():
    cells = four_cells()
    scenarios = compare_splits(cells=cells, spend=np.array([100.0, 4_000, 900, 2_000]), response=response(cells))

    retailers = node_table(scenarios=scenarios, cells=cells, depth=1)
    placements = node_table(scenarios=scenarios, cells=cells, depth=2)
    proposed = scenario_table(scenarios=scenarios, roas_floor=None)[2]

    assert [len(retailers), len(placements)] == [2, 4]
    assert sum(row["proposed"] for row in retailers) == pytest.approx(proposed["spend"])
    assert sum(row["incremental_margin"]["mean"] for row in placements) == pytest.approx(
        proposed["incremental_margin"]["mean"]
    )
