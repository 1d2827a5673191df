"""Questions to a plan are answered as a plan of that budget would be, and budgets are compared in the same draws."""

import numpy as np
import pytest

from campaigns.planning.proposal import ProposalInputs, propose_split
from campaigns.planning.what_if import allocation_at, frontier, ready_to_ask, split_by_retailer, tornado_bars
from campaigns.tests.planning.cast import BELIEFS, cell, four_cells


def inputs(constraints, cells) -> ProposalInputs:
    return ProposalInputs(
        constraints={"budget": 4_000.0} | constraints,
        currency="USD",
        histories=[each.history for each in cells],
        beliefs=BELIEFS,
        horizon_days=28,
        method="auto",
        seed=1,
        attribution_windows=(14,),
    )


def asked(constraints=None, cells=None):
    cells = cells or four_cells()
    return ready_to_ask(inputs=inputs(constraints or {}, cells), cells=cells)


CUTTING = {
    "caps": [
        {"level": "brand", "name": "Lumen", "share": 0.9},
        {"level": "placement", "name": "search", "share": 0.3},
        {"level": "retailer", "name": "amazon", "share": 0.4},
    ]
}


def test_more_budget_never_brings_less_margin_and_ever_less_per_unit():
    points = frontier(asked=asked({"reserve": 0.1}))

    margins, prices = [point.margin for point in points], [point.price for point in points]
    assert margins == sorted(margins)
    assert prices == sorted(prices, reverse=True)
    assert any(point.budget == pytest.approx(4_000) for point in points)


def test_the_band_holds_the_mean_and_the_wider_holds_the_narrower():
    for point in frontier(asked=asked()):
        low, lower, upper, high = point.band
        assert low <= lower <= point.margin <= upper <= high


@pytest.mark.parametrize("budget", [1_500.0, 4_000.0, 7_000.0])
@pytest.mark.parametrize(
    "constraints", [{}, {"reserve": 0.1, "roas_floor": 3.0}, CUTTING], ids=["free", "floor", "cut"]
)
def test_an_answer_is_what_a_plan_of_that_budget_would_be(budget, constraints):
    cells = (*four_cells(), cell(path=("onsite", "walmart", "video", "Lumen"), current=500.0, fitted=False))

    found = allocation_at(asked=asked(constraints, cells), budget=budget)
    plan = propose_split(
        inputs=inputs(constraints | {"budget": budget}, cells), cells=cells, progress=lambda percent, step: None
    )

    assert found.objective == pytest.approx(plan.result["objective"], rel=1e-6)
    assert found.spend == pytest.approx(plan.result["spend"], abs=0.5)


def test_a_frontier_point_is_the_answer_of_its_budget():
    question = asked({"roas_floor": 3.0, "reserve": 0.05})

    point = frontier(asked=question)[3]
    found = allocation_at(asked=question, budget=point.budget)

    np.testing.assert_allclose(point.spend, list(found.spend.values()), atol=0.5)


def test_rules_that_cut_across_each_other_are_answered_anew():
    question = asked(CUTTING)

    points = frontier(asked=question)

    assert not question.is_tabulated
    assert tornado_bars(asked=question) is None
    assert all(point.is_feasible for point in points)


def test_a_budget_below_what_is_fixed_has_no_split():
    points = frontier(asked=asked({"fixed": {"amazon": 3_000.0}}))

    assert not points[0].is_feasible
    assert points[-1].is_feasible


def test_the_longest_bar_comes_first():
    bars = tornado_bars(asked=asked({"reserve": 0.1}))

    assert [bar.swing for bar in bars] == sorted((bar.swing for bar in bars), reverse=True)
    assert {"budget", "incrementality", "response"} <= {bar.name for bar in bars}


def test_a_split_by_retailer_adds_up():
    cells = four_cells()

    split = split_by_retailer(cells=cells, spend=np.array([1.0, 2.0, 3.0, 4.0]))

    assert split == {"amazon": 3.0, "walmart": 7.0}
