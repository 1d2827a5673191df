"""The least budget that reaches a target, against closed forms."""

import pytest

from campaigns.optimization.allocation import allocate
from campaigns.optimization.problem import ProblemError, problem_from_json
from campaigns.tests.optimization.problems import cell

TWINS = [cell("a", beta=300.0, k=40.0), cell("b", beta=300.0, k=40.0)]


def answer(target, *, budget=1000.0, rules=(), cells=TWINS):
    document = {"budget": budget, "currency": "USD", "cells": cells, "rules": list(rules), "target": target}
    return allocate(problem=problem_from_json(document), method="auto")


def test_least_budget_follows_the_closed_form():
    # 2 * 300 * x/(40 + x) = 300 at x = 40 each.
    allocation = answer({"revenue": 300.0})

    assert allocation.status == "optimal"
    assert allocation.budget == pytest.approx(80.0, rel=1e-6)
    assert allocation.spend == pytest.approx({"a": 40.0, "b": 40.0}, rel=1e-6)
    assert allocation.objective >= 300.0
    assert "80 USD is the least budget that reaches attributed revenue of 300" in allocation.notes[0]


def test_rules_that_are_shares_move_with_the_budget_sought():
    # a is held at a quarter of the budget: 300 x/(40 + x) with x = B/4 and 3B/4 add up to 300 at B = 89.3.
    cap = {"kind": "node_cap", "name": "cap", "path": ["onsite", "a"], "value": 0.25, "value_kind": "share"}

    allocation = answer({"revenue": 300.0}, rules=[cap])

    budget = allocation.budget
    assert allocation.spend["a"] == pytest.approx(budget / 4, rel=1e-6)
    brought = sum(300.0 * part * budget / (40.0 + part * budget) for part in (0.25, 0.75))
    assert brought == pytest.approx(300.0, rel=1e-6)


def test_target_out_of_reach_says_what_is_in_reach_and_what_budget_would_do():
    # 80 reach 300; 450 take 120 each.
    allocation = answer({"revenue": 450.0}, budget=80.0)

    assert (allocation.status, allocation.spend) == ("infeasible", {})
    relaxed = {conflict.rule: conflict.relaxed for conflict in allocation.conflict}
    assert relaxed["target"] == pytest.approx(300.0, rel=1e-6)
    assert relaxed["budget"] == pytest.approx(240.0, rel=1e-6)


def test_target_that_no_budget_reaches_says_so():
    allocation = answer({"revenue": 601.0})

    assert [conflict.relaxed for conflict in allocation.conflict][1] is None
    assert "alone is not enough" in allocation.conflict[1].sentence


def test_rules_that_contradict_are_told_before_the_target():
    floor = {"kind": "node_floor", "name": "floor", "value": 2000.0}

    allocation = answer({"revenue": 300.0}, rules=[floor])

    assert {conflict.rule for conflict in allocation.conflict} == {"budget", "floor"}


@pytest.mark.parametrize("target", [{}, {"fame": 3}, {"revenue": 1, "profit": 1}, {"revenue": -1}, {"revenue": 0}, 3])
def test_target_that_makes_no_sense_is_refused(target):
    with pytest.raises(ProblemError) as refusal:
        answer(target)

    assert refusal.value.where.startswith("target")
