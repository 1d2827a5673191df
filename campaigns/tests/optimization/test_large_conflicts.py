"""Contradictions among very many cells: the same answer as the programmes for few, and known by hand for many."""

import time

import numpy as np
import pytest

from campaigns.optimization.allocation import allocate
from campaigns.optimization.infeasibility import MOST_CELLS, explain_conflict
from campaigns.optimization.large_conflicts import MAXIMA, MINIMA, explain_large_conflict
from campaigns.optimization.problem import problem_from_json
from campaigns.tests.optimization.problems import cell, problem
from campaigns.tests.optimization.test_infeasibility import CELLS, rule

CASES = {
    "floors above the budget": (
        {},
        [
            rule("node_floor", "floor a", 70.0, ["onsite", "a"]),
            rule("node_floor", "floor b", 50.0, ["onsite", "b"]),
            rule("node_cap", "cap c", 10.0, ["onsite", "c"]),
        ],
    ),
    "shares": (
        {},
        [
            rule("node_floor", "floor a", 0.7, ["onsite", "a"], value_kind="share"),
            rule("node_floor", "floor b", 0.5, ["onsite", "b"], value_kind="share"),
        ],
    ),
    "a fixed amount over a cap": (
        {},
        [rule("fixed", "fixed", 50.0, ["onsite", "a"]), rule("node_cap", "cap", 30.0, ["onsite"])],
    ),
    "nothing": ({}, [rule("node_floor", "floor", 30.0, ["onsite", "a"])]),
    "return out of reach": ({}, [rule("roas_floor", "ROAS", 9.0), rule("node_floor", "floor", 50.0)]),
}


@pytest.mark.parametrize("case", CASES)
def test_few_cells_get_the_answer_of_the_programmes(case):
    _, rules = CASES[case]
    plan = problem(budget=100.0, cells=CELLS, rules=rules)

    large, small = explain_large_conflict(problem=plan), explain_conflict(problem=plan)

    assert {one.rule: one.relaxed for one in large} == {
        one.rule: None if one.relaxed is None else pytest.approx(one.relaxed, rel=2e-4, abs=1e-4) for one in small
    }
    assert {one.sentence.split(" from ")[0] for one in large} == {one.sentence.split(" from ")[0] for one in small}


def many(count, **more):
    return [
        cell(f"c{i}", beta=300.0, k=40.0, cap=2.0, path=["onsite", f"r{i % 7}", f"c{i}"], **more) for i in range(count)
    ]


def test_floor_above_all_caps_is_found_among_ten_thousand_cells():
    # 10 000 caps of 2 sum to 20 000; the floor asks for 30 000 of a budget of 50 000.
    plan = problem(budget=50_000.0, cells=many(10_000), rules=[rule("node_floor", "floor", 30_000.0)])
    started = time.process_time()

    found = allocate(problem=plan, method="auto")

    assert found.status == "infeasible"
    assert {one.rule: one.relaxed for one in found.conflict} == {"floor": 20_000.0, MAXIMA: 30_000.0}
    assert time.process_time() - started < 30.0


def test_minima_above_the_budget_are_one_party():
    cells = [one | {"min": 1.0} for one in many(2_000)]
    plan = problem(budget=1_500.0, cells=cells, rules=[rule("node_cap", "cap", 1_400.0, ["*", "r1"])])

    found = explain_conflict(problem=plan)

    assert {one.rule: one.relaxed for one in found} == {"budget": 2_000.0, MINIMA: 1_500.0}


def test_taking_a_remedy_of_a_large_problem_makes_it_solvable():
    rules = [
        rule("roas_floor", "ROAS", 7.4),
        rule("node_floor", "floor", 800.0, ["*", "r0"]),
        rule("change_limit", "change", 0.1, ["*", "r1"]),
    ]
    document = {"budget": 5_000.0, "currency": "USD", "cells": many(3_000, current=1.0), "rules": rules}
    found = allocate(problem=problem_from_json(document), method="auto")

    assert found.status == "infeasible"
    for conflict in found.conflict:
        if conflict.relaxed is None or conflict.kind in ("budget", "minimum", "maximum"):
            continue
        eased = [one | {"value": conflict.relaxed} if one["name"] == conflict.rule else one for one in rules]
        assert allocate(problem=problem_from_json(document | {"rules": eased}), method="auto").status == "optimal"
    assert any(conflict.relaxed is not None for conflict in found.conflict)


def test_rules_that_cut_across_each_other_are_judged_too():
    cells = [
        cell(f"c{i}", beta=300.0, k=40.0, cap=2.0, path=["onsite", f"r{i % 2}", f"p{i // 2 % 2}", f"c{i}"])
        for i in range(MOST_CELLS + 100)
    ]
    rules = [
        rule("node_cap", "cap r0", 10.0, ["*", "r0"]),
        rule("node_cap", "cap p0", 20.0, ["*", "*", "p0"]),
        rule("node_floor", "floor p0 r0", 12.0, ["onsite", "r0", "p0"]),
    ]

    found = explain_conflict(problem=problem(budget=500.0, cells=cells, rules=rules))

    assert {one.rule: one.relaxed for one in found} == {"cap r0": 12.0, "floor p0 r0": 10.0}


def test_largest_problem_is_explained_within_memory_and_patience():
    rng = np.random.default_rng(0)
    cells = [one | {"min": 0.5} for one in many(100_000)]
    plan = problem(
        budget=40_000.0,
        cells=cells,
        rules=[rule("node_cap", f"cap r{i}", float(rng.uniform(1e4, 2e4)), ["*", f"r{i}"]) for i in range(7)],
    )
    started = time.process_time()

    found = explain_conflict(problem=plan)

    assert {one.rule: one.relaxed for one in found} == {"budget": 50_000.0, MINIMA: 40_000.0}
    assert time.process_time() - started < 60.0
