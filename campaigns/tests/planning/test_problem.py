"""Constraints become rules of PROBLEM.json."""

from dataclasses import replace

import pytest

from campaigns.optimization.allocation import allocate
from campaigns.optimization.problem import problem_from_json
from campaigns.planning.problem import build_problem, held_amounts
from campaigns.tests.planning.cast import BELIEFS, cell, four_cells


def build(constraints, cells=None):
    return build_problem(
        constraints={"budget": 10_000.0} | constraints, currency="USD", cells=cells or four_cells(), beliefs=BELIEFS
    )


def rules(constraints, cells=None):
    return build(constraints, cells).document["rules"]


def test_no_placement_above_thirty_percent_caps_each_placement_node():
    found = rules({"caps": [{"level": "placement", "name": None, "share": 0.3}]})

    assert len(found) == 4
    assert found[0] == {
        "kind": "node_cap",
        "name": "cap: Amazon home",
        "path": ["*", "amazon", "home"],
        "value": 0.3,
        "value_kind": "share",
    }


def test_a_floor_in_money_keeps_its_amount():
    (found,) = rules({"floors": [{"level": "retailer", "name": "walmart", "amount": 2_000}]})

    assert (found["kind"], found["value"], found["value_kind"]) == ("node_floor", 2_000, "amount")


def test_each_rule_remembers_the_constraint_it_came_from():
    caps = [{"level": "retailer", "name": "amazon", "share": 0.5}, {"level": "brand", "name": "Lumen", "share": 0.9}]

    built = build({"caps": caps, "roas_floor": 2})

    assert {name: str(key) for name, key in built.sources.items()} == {
        "budget": "budget",
        "cap: Amazon": "caps-0",
        "cap: Lumen": "caps-1",
        "ROAS floor": "roas_floor",
    }


def test_two_caps_on_one_node_get_two_names():
    cap = {"level": "retailer", "name": "amazon", "share": 0.5}

    assert [rule["name"] for rule in rules({"caps": [cap, cap]})] == ["cap: Amazon", "cap: Amazon (2)"]


def test_a_cost_per_order_is_held_through_the_average_order_value():
    # 28 orders and 28 days of 400 revenue per cell: 400 an order; at most 100 an order asks for a ROAS of 4.
    built = build({"cpa_ceiling": 100})

    assert built.document["rules"][0]["value"] == pytest.approx(4.0)
    assert "average value of 400.00" in built.notes[0]


def test_what_cannot_be_applied_is_said_and_not_silently_dropped():
    notes = build({"oos_threshold": 0.2, "target": {"units": 4}, "objective": "units"}).notes

    assert len(notes) == 3
    assert sum("do not say how many units" in note for note in notes) == 2


def sold(units):
    return tuple(replace(one, history=replace(one.history, units=units)) for one in four_cells())


def test_units_are_maximised_where_every_cell_says_how_many_it_sold():
    built = build({"objective": "units"}, cells=sold(100.0))

    assert built.document["objective"] == "units"
    # 28 days of 400 over 100 units.
    assert built.document["cells"][0]["unit_price"] == pytest.approx(112.0)
    assert built.notes == ()


def test_a_target_asks_for_the_least_budget_that_reaches_it():
    built = build({"target": {"incremental_revenue": 4_000.0}})

    assert built.document["target"] == {"incremental_revenue": 4_000.0}
    assert str(built.sources["target"]) == "target"
    answer = allocate(problem=problem_from_json(built.document), method="auto")
    assert answer.status == "optimal"
    assert answer.objective == pytest.approx(4_000.0, rel=1e-6)
    assert answer.budget < 10_000.0


def test_a_target_roas_is_a_floor_and_says_so():
    built = build({"target": {"roas": 3.0}})

    (floor,) = built.document["rules"]
    assert (floor["kind"], floor["value"]) == ("roas_floor", 3.0)
    assert "target" not in built.document
    assert "held as a floor" in built.notes[0]


def test_a_cell_without_a_curve_keeps_its_share_of_the_allocatable_budget():
    cells = (cell(current=3_000.0), cell(path=("onsite", "walmart", "search", "Lumen"), current=1_000.0, fitted=False))

    document = build({"reserve": 0.2}, cells).document

    assert document["cells"][1]["min"] == document["cells"][1]["max"] == pytest.approx(2_000.0)
    assert "min" not in document["cells"][0]


def test_a_held_cell_stays_within_the_caps_and_the_change_limit():
    cells = (cell(current=3_000.0), cell(path=("onsite", "walmart", "search", "Lumen"), current=1_000.0, fitted=False))
    cap = {"level": "retailer", "name": "walmart", "share": 0.1}

    capped = held_amounts(cells=cells, constraints={"budget": 10_000.0, "caps": [cap]})
    limited = held_amounts(cells=cells, constraints={"budget": 10_000.0, "change_limit": 0.2})

    assert capped == {"onsite/walmart/search/Lumen": pytest.approx(1_000.0)}
    assert limited == {"onsite/walmart/search/Lumen": pytest.approx(1_200.0)}


def test_the_document_is_a_problem_the_optimizer_reads():
    everything = {
        "roas_floor": 2.0,
        "reserve": 0.1,
        "change_limit": 0.5,
        "caps": [{"level": "placement", "name": None, "share": 0.4}],
        "floors": [{"level": "retailer", "name": "walmart", "share": 0.1}],
        "fixed": {"Lumen": 5_000},
    }

    problem = problem_from_json(build(everything).document)

    assert len(problem.cells) == 4
    assert len(problem.rules) == 9
