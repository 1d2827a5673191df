"""Contradicting rules: the smallest set, and the smallest remedy of each, known by hand."""

from dataclasses import replace

import pytest

from campaigns.optimization.allocation import allocate
from campaigns.optimization.infeasibility import explain_conflict
from campaigns.tests.optimization.problems import cell, problem

CELLS = [cell("a", beta=300.0, k=40.0), cell("b", beta=200.0, k=60.0), cell("c", beta=400.0, k=100.0)]


def rule(kind, name, value, path=(), **more):
    return {"kind": kind, "name": name, "value": value, "path": list(path), **more}


def remedies(cells=CELLS, budget=100.0, rules=()):
    found = explain_conflict(problem=problem(budget=budget, cells=cells, rules=rules))
    return {conflict.rule: conflict.relaxed for conflict in found}


def test_rules_that_can_be_kept_have_no_conflict():
    assert remedies(rules=[rule("node_floor", "floor", 30.0, ["onsite", "a"])]) == {}


def test_floors_above_the_budget_name_the_floors_and_the_budget_only():
    rules = [
        rule("node_floor", "floor a", 70.0, ["onsite", "a"]),
        rule("node_floor", "floor b", 50.0, ["onsite", "b"]),
        rule("node_cap", "cap c", 10.0, ["onsite", "c"]),
    ]

    assert remedies(rules=rules) == {"budget": 120.0, "floor a": 50.0, "floor b": 30.0}


def test_floors_that_are_shares_cannot_be_cured_by_more_budget():
    rules = [
        rule("node_floor", "floor a", 0.7, ["onsite", "a"], value_kind="share"),
        rule("node_floor", "floor b", 0.5, ["onsite", "b"], value_kind="share"),
    ]

    assert remedies(rules=rules) == {"budget": None, "floor a": 0.5, "floor b": 0.3}


def test_reserve_is_blamed_with_the_budget_it_holds_back():
    rules = [rule("node_floor", "floor", 95.0, ["onsite", "a"]), rule("reserve", "reserve", 0.1)]

    assert remedies(rules=rules) == {"budget": 105.56, "floor": 90.0, "reserve": 0.05}


def test_roas_floor_above_reach_is_lowered_to_the_best_the_other_rules_allow():
    # a alone, spending the 50 that must be spent: 300/(40 + 50) = 3.3333.
    rules = [rule("roas_floor", "ROAS", 9.0), rule("node_floor", "floor", 50.0)]

    found = remedies(cells=[CELLS[0]], rules=rules)

    # With ROAS 9 asked, nothing can be spent: 300/40 = 7.5 at best.
    assert found == {"ROAS": 3.3333, "floor": 0.0}


def test_change_limit_is_widened_just_enough():
    cells = [cell("a", beta=300.0, k=40.0, current=20.0), cell("b", beta=200.0, k=60.0, current=20.0)]

    found = remedies(cells=cells, rules=[rule("change_limit", "change", 0.2), rule("node_floor", "floor", 60.0)])

    assert found == {"change": 0.5, "floor": 48.0}


def test_stock_threshold_moves_to_the_next_cell_that_helps():
    cells = [
        cell("a", beta=300.0, k=40.0, oos_probability=0.3),
        cell("b", beta=200.0, k=60.0, oos_probability=0.1),
    ]

    found = remedies(cells=cells, rules=[rule("oos_threshold", "stock", 0.05), rule("node_floor", "floor", 60.0)])

    assert found == {"stock": 0.1, "floor": 0.0}


def test_maxima_and_fixed_amounts_are_named_like_rules():
    cells = [cell("a", beta=300.0, k=40.0, cap=10.0), cell("b", beta=200.0, k=60.0, cap=30.0)]

    found = remedies(cells=cells, rules=[rule("fixed", "fixed", 50.0, ["onsite"])])

    assert found == {"fixed": 40.0, "maximum of a": 20.0, "maximum of b": 40.0}


def test_least_spend_above_a_cap_is_found_although_it_is_not_linear():
    rules = [
        rule("min_spend", "least", 40.0),
        rule("node_cap", "cap", 30.0, ["onsite", "a"]),
        rule("node_floor", "floor", 10.0, ["onsite", "a"]),
    ]

    assert remedies(rules=rules) == {"least": 30.0, "cap": 40.0, "floor": 0.0}


def test_remedies_are_said_in_words():
    rules = [rule("node_floor", "floor", 2_600_000.0), rule("reserve", "reserve", 0.1)]

    found = explain_conflict(problem=problem(budget=2_500_000.0, cells=CELLS, rules=rules))

    # Even without any reserve the budget is under the floor, so the reserve is no party to the contradiction.
    assert [conflict.sentence for conflict in found] == [
        "Raise the budget from 2,500,000 USD to 2,888,900 USD.",
        "Lower “floor” from 2,600,000 USD to 2,250,000 USD.",
    ]


@pytest.mark.parametrize("method", ["lp", "convex"])
def test_taking_any_one_remedy_makes_the_problem_solvable(method):
    rules = [
        rule("node_floor", "floor a", 70.0, ["onsite", "a"]),
        rule("node_floor", "floor b", 25.0, ["onsite", "b"]),
        rule("reserve", "reserve", 0.1),
        rule("roas_floor", "ROAS", 2.0),
    ]
    stuck = problem(budget=100.0, cells=CELLS, rules=rules)
    found = allocate(problem=stuck, method=method)

    assert found.status == "infeasible"
    for conflict in found.conflict:
        if conflict.rule == "budget":
            eased = replace(stuck, budget=conflict.relaxed)
        else:
            changed = (replace(r, value=conflict.relaxed) if r.name == conflict.rule else r for r in stuck.rules)
            eased = replace(stuck, rules=tuple(changed))
        assert allocate(problem=eased, method=method).status == "optimal", conflict.sentence
