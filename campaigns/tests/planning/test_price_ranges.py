"""How sure the worth of a rule is: against the price itself, and against draws known by hand."""

from dataclasses import replace

import numpy as np
import pytest

from campaigns.optimization.allocation import allocate
from campaigns.optimization.problem import problem_from_json
from campaigns.planning.cells import incrementality_of, response_of
from campaigns.planning.evaluation import Incrementality
from campaigns.planning.price_ranges import objective_by_draw, price_ranges
from campaigns.planning.problem import build_problem
from campaigns.tests.planning.cast import DRAWS, cell, four_cells

CERTAIN = {name: Incrementality(mean=0.5, low=0.5, high=0.5, source="test") for name in ("amazon", "walmart")}
UNSURE = {name: Incrementality(mean=0.5, low=0.2, high=0.8, source="test") for name in ("amazon", "walmart")}


def ranged(constraints, *, cells=None, beliefs=CERTAIN):
    cells = cells or four_cells()
    built = build_problem(constraints={"currency": "USD"} | constraints, currency="USD", cells=cells, beliefs=beliefs)
    problem = problem_from_json(built.document)
    found = allocate(problem=problem, method="auto")
    response = response_of(cells=cells, beliefs=beliefs, rng=np.random.default_rng(1))
    return found, price_ranges(problem=problem, prices=found.shadow_prices, response=response)


def noisy_cells():
    factors = np.linspace(0.5, 1.5, DRAWS)
    return tuple(replace(one, beta=one.beta * factors) for one in four_cells())


def test_certain_draws_leave_the_price_no_width():
    # Each cell at 2 000 of k 2 000: slope β·k/(k+x)² = 2.5; half incremental, 30 % margin: 0.375 a unit.
    found, ranges = ranged({"budget": 8_000.0})

    price = found.shadow_prices["budget"]
    assert price.value == pytest.approx(0.375)
    assert ranges["budget"].mean == pytest.approx(price.gain, rel=2e-3)
    assert ranges["budget"].high - ranges["budget"].low < 1e-6 * price.gain


def test_the_interval_is_as_wide_as_the_curves_are_unsure():
    # All cells' curves rise and fall together, by 0.5 to 1.5: the 5th and 95th percentile are at 0.55 and 1.45.
    found, ranges = ranged({"budget": 8_000.0}, cells=noisy_cells())

    gain = found.shadow_prices["budget"].gain
    assert ranges["budget"].low == pytest.approx(0.55 * gain, rel=5e-3)
    assert ranges["budget"].high == pytest.approx(1.45 * gain, rel=5e-3)


def test_unsure_incrementality_widens_it():
    _, narrow = ranged({"budget": 8_000.0})
    _, wide = ranged({"budget": 8_000.0}, beliefs=UNSURE)

    assert wide["budget"].high - wide["budget"].low > 100 * (narrow["budget"].high - narrow["budget"].low)


@pytest.mark.parametrize(
    "constraints",
    [
        {"budget": 8_000.0, "reserve": 0.1},
        {"budget": 8_000.0, "caps": [{"level": "retailer", "name": "amazon", "amount": 1_500.0}]},
        {"budget": 8_000.0, "caps": [{"level": "retailer", "name": "amazon", "share": 0.2}]},
        {"budget": 8_000.0, "floors": [{"level": "retailer", "name": "amazon", "amount": 6_000.0}]},
        {"budget": 8_000.0, "roas_floor": 5.5},
    ],
)
def test_the_mean_of_the_draws_agrees_with_the_price(constraints):
    found, ranges = ranged(constraints, cells=noisy_cells())

    assert len(ranges) >= 1
    for name, one in ranges.items():
        assert one.mean == pytest.approx(found.shadow_prices[name].gain, rel=0.05, abs=1e-6)


def test_rules_that_only_bind_together_bring_nothing_alone():
    """Caps that add up to the budget: each is priced, and neither is worth anything by itself."""
    caps = [{"level": "retailer", "name": name, "amount": 4_000.0} for name in ("amazon", "walmart")]
    found, ranges = ranged({"budget": 8_000.0, "caps": caps})

    assert found.shadow_prices
    for one in ranges.values():
        assert one.mean == pytest.approx(0.0, abs=1e-3)


def test_each_objective_is_counted_in_its_own_units():
    cells = (cell(),)
    beliefs = CERTAIN
    response = response_of(cells=cells, beliefs=beliefs, rng=np.random.default_rng(1))
    built = build_problem(constraints={"budget": 2_000.0}, currency="USD", cells=cells, beliefs=beliefs)
    problem = problem_from_json(built.document)
    spend = np.array([2_000.0])

    def counted(objective):
        return objective_by_draw(problem=replace(problem, objective=objective), spend=spend, response=response)[0]

    # 20 000·2 000/4 000 = 10 000 revenue; half of it incremental; 30 % margin; less 2 000 of spend.
    assert counted("revenue") == pytest.approx(10_000)
    assert counted("incremental_revenue") == pytest.approx(5_000)
    assert counted("incremental_margin") == pytest.approx(1_500)
    assert counted("profit") == pytest.approx(-500)


def test_the_optimizer_counts_incrementality_alike():
    assert incrementality_of(cells=four_cells(), beliefs=CERTAIN) == pytest.approx(np.full(4, 0.5))
