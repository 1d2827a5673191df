"""Stock, pacing, units, carry-over and rising cost: each against a figure known by hand."""

import numpy as np
import pytest

from campaigns.optimization.allocation import METHODS, allocate
from campaigns.optimization.carry_over import arrived_shares
from campaigns.optimization.curves import CostRise, Curve
from campaigns.optimization.problem import ProblemError
from campaigns.tests.optimization.problems import cell, problem

EVERY = pytest.mark.parametrize("method", METHODS)
STOCK = {"kind": "oos_threshold", "name": "stock", "value": 0.2}


def test_nothing_is_spent_where_stock_is_likely_to_run_out():
    cells = [
        cell("a", beta=900.0, k=40.0, oos_probability=0.3),
        cell("b", beta=100.0, k=40.0, oos_probability=0.2),
        cell("c", beta=100.0, k=40.0),
    ]

    allocation = allocate(problem=problem(budget=100.0, cells=cells, rules=[STOCK]), method="auto")

    assert allocation.spend == pytest.approx({"a": 0.0, "b": 50.0, "c": 50.0})
    assert "stock" in allocation.binding


@EVERY
def test_spend_is_held_within_the_margin_of_what_can_be_sold(method):
    # 100 of stock at a margin of 30% can earn no more than 30 of spend.
    cells = [cell("a", beta=900.0, k=40.0, stock_value=100.0, margin_rate=0.3), cell("b", beta=100.0, k=40.0)]

    allocation = allocate(problem=problem(budget=100.0, cells=cells, rules=[STOCK]), method=method)

    assert allocation.spend == pytest.approx({"a": 30.0, "b": 70.0}, rel=1e-6)


def test_stock_that_cannot_carry_a_floor_is_a_conflict():
    cells = [cell("a", beta=900.0, k=40.0, stock_value=100.0, margin_rate=0.3)]
    floor = {"kind": "node_floor", "name": "floor", "value": 40.0}

    allocation = allocate(problem=problem(budget=100.0, cells=cells, rules=[STOCK, floor]), method="auto")

    assert allocation.status == "infeasible"
    assert {conflict.rule: conflict.relaxed for conflict in allocation.conflict} == {"stock": None, "floor": 30.0}


@EVERY
def test_pacing_holds_each_period_under_its_share(method):
    cells = [cell(f"{name} {week}", beta=beta, k=40.0, path=["onsite", name], period=week)
             for name, beta in (("a", 100.0), ("b", 100.0)) for week in ("W1", "W2")]  # fmt: skip
    cells[0]["curve"]["beta"] = cells[2]["curve"]["beta"] = 900.0
    pacing = {"kind": "pacing", "name": "pacing", "value": 0.6, "value_kind": "share"}

    allocation = allocate(problem=problem(budget=100.0, cells=cells, rules=[pacing]), method=method)

    assert allocation.spend == pytest.approx({"a W1": 30.0, "b W1": 30.0, "a W2": 20.0, "b W2": 20.0}, rel=1e-4)
    assert "pacing (W1)" in allocation.binding


def test_pacing_of_one_period_leaves_the_others_alone():
    cells = [cell("a", beta=900.0, k=40.0, period="W1"), cell("b", beta=100.0, k=40.0, period="W2")]
    pacing = {"kind": "pacing", "name": "pacing", "value": 10.0, "period": "W1"}

    allocation = allocate(problem=problem(budget=100.0, cells=cells, rules=[pacing]), method="auto")

    assert allocation.spend == pytest.approx({"a": 10.0, "b": 90.0})


@pytest.mark.parametrize(
    ("own", "rule"),
    [
        ("", {"kind": "pacing", "value": 1.0}),
        ("W1", {"kind": "pacing", "value": 1.0, "period": "W2"}),
        ("W1", {"kind": "node_cap", "value": 1.0, "period": "W1"}),
    ],
)
def test_period_that_nobody_has_is_refused(own, rule):
    with pytest.raises(ProblemError) as refusal:
        problem(budget=1.0, cells=[cell("a", beta=1.0, k=1.0, period=own)], rules=[rule])

    assert refusal.value.where == "rules[0].period"


def test_units_are_revenue_over_the_price_of_one():
    # Per unit of money a brings 900/9 = 100 units at most and b 400/2 = 200: the cheap product wins units, not revenue.
    cells = [cell("a", beta=900.0, k=40.0, unit_price=9.0), cell("b", beta=400.0, k=40.0, unit_price=2.0)]

    units = allocate(problem=problem(budget=50.0, cells=cells, objective="units"), method="auto")
    revenue = allocate(problem=problem(budget=50.0, cells=cells, objective="revenue"), method="auto")

    assert units.spend["b"] > 25.0 > revenue.spend["b"]
    assert units.objective == pytest.approx(
        sum(beta / price * units.spend[name] / (40.0 + units.spend[name]) for name, beta, price in
            (("a", 900.0, 9.0), ("b", 400.0, 2.0)))
    )  # fmt: skip
    assert "USD more" not in units.shadow_prices["budget"].meaning


def test_units_without_a_price_are_refused_by_name():
    cells = [cell("a", beta=1.0, k=1.0, unit_price=2.0), cell("b", beta=1.0, k=1.0)]

    with pytest.raises(ProblemError) as refusal:
        problem(budget=1.0, cells=cells, objective="units")

    assert refusal.value.where == "cells[1].unit_price"


def test_geometric_carry_over_arrives_as_a_running_sum():
    shares = arrived_shares(kind="geometric", decay=0.5, periods=3, lags=0)

    # Weights 1/2, 1/4, 1/8, ... of each period's spend: sums 1/2, 3/4, 7/8.
    assert shares.tolist() == [0.5, 0.75, 0.875]


def test_binomial_carry_over_ends_after_its_lags():
    shares = arrived_shares(kind="binomial", decay=0.5, periods=4, lags=1)

    # (1 - l/2)^(1/0.5 - 1) = 1, 1/2 of 3/2 in all.
    assert shares == pytest.approx([2 / 3, 1.0, 1.0, 1.0])


@EVERY
def test_curve_with_carry_over_is_the_mean_over_the_periods(method):
    adstock = {"kind": "geometric", "decay": 0.5, "periods": 2}
    one = cell("a", beta=300.0, k=40.0) | {
        "curve": {"kind": "michaelis_menten", "beta": 300.0, "k": 40.0, "adstock": adstock}
    }

    allocation = allocate(problem=problem(budget=50.0, cells=[one]), method=method)

    felt = np.array([25.0, 37.5])
    assert allocation.objective == pytest.approx(float(np.mean(300.0 * felt / (40.0 + felt))))


def test_rising_cost_is_a_curve_of_what_the_money_buys():
    parameters = {"beta": np.array([300.0]), "k": np.array([40.0])}
    curve = Curve(kind="michaelis_menten", parameters=parameters, rise=CostRise(spend=60.0, exponent=0.5))

    # At 180 the cost has doubled, (1 + 180/60)^0.5 = 2, so 180 buys 90: 300 * 90/130.
    assert curve.value(spend=np.array(180.0)) == pytest.approx(300.0 * 90.0 / 130.0)
    step = 1e-4
    difference = (curve.value(spend=np.array(180.0 + step)) - curve.value(spend=np.array(180.0 - step))) / (2 * step)
    assert curve.slope(spend=np.array(180.0)) == pytest.approx(float(difference), rel=1e-7)


@EVERY
def test_cells_whose_cost_rises_get_less(method):
    rising = {"kind": "hill", "beta": 300.0, "k": 40.0, "s": 1.5, "bid_up": {"spend": 30.0, "exponent": 0.6}}
    cells = [cell("a", beta=1.0, k=1.0) | {"curve": rising}, cell("b", beta=300.0, k=40.0)]

    allocation = allocate(problem=problem(budget=200.0, cells=cells), method=method)

    assert allocation.status == "optimal"
    slopes = allocation.marginal_revenue
    assert slopes["a"] == pytest.approx(slopes["b"], rel=1e-3)
    assert allocation.objective == pytest.approx(
        allocate(problem=problem(budget=200.0, cells=cells), method="auto").objective, rel=1e-6
    )


@pytest.mark.parametrize(
    ("curve", "where"),
    [
        ({"adstock": {"decay": 1.0, "periods": 3}}, "cells[0].curve.adstock.decay"),
        ({"adstock": {"decay": 0.5, "periods": 2.5}}, "cells[0].curve.adstock.periods"),
        ({"adstock": {"decay": 0.5}}, "cells[0].curve.adstock.periods"),
        ({"bid_up": {"spend": 0, "exponent": 0.5}}, "cells[0].curve.bid_up.spend"),
        ({"bid_up": {"spend": 10, "exponent": 1.5}}, "cells[0].curve.bid_up.exponent"),
    ],
)
def test_carry_over_and_rising_cost_out_of_range_are_refused(curve, where):
    one = cell("a", beta=1.0, k=1.0)
    one["curve"] |= curve

    with pytest.raises(ProblemError) as refusal:
        problem(budget=1.0, cells=[one])

    assert refusal.value.where == where
