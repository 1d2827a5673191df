"""Bars of the tornado against allocations made by hand, one per shift."""

from dataclasses import replace

import numpy as np
import pytest

from campaigns.optimization.allocation import allocate
from campaigns.optimization.tornado import tornado
from campaigns.tests.optimization.problems import cell, problem

CELLS = [
    cell("a", beta=300.0, k=40.0, margin_rate=0.5, incrementality=0.6),
    cell("b", beta=200.0, k=60.0, margin_rate=0.4, incrementality=0.95),
]
RULES = [
    {"kind": "node_cap", "name": "cap", "path": ["onsite", "a"], "value": 30.0},
    {"kind": "node_cap", "name": "loose", "path": ["onsite", "b"], "value": 99.0},
]
PLAN = problem(budget=100.0, cells=CELLS, rules=RULES)


def outcome(plan):
    return allocate(problem=plan, method="auto").objective


def test_bars_are_what_shifting_each_thing_alone_brings():
    bars = {bar.name: bar for bar in tornado(problem=PLAN)}

    assert bars["budget"].less == pytest.approx(outcome(replace(PLAN, budget=90.0)))
    assert bars["budget"].more == pytest.approx(outcome(replace(PLAN, budget=110.0)))
    higher = replace(PLAN, rules=(replace(PLAN.rules[0], value=33.0), PLAN.rules[1]))
    assert bars["cap"].more == pytest.approx(outcome(higher))
    assert bars["response"].more == pytest.approx(1.1 * outcome(PLAN))
    assert bars["margin rate"].less == pytest.approx(0.9 * outcome(PLAN))


def test_shares_stop_at_one():
    # b's 0.95 can only rise to 1: less than a tenth more in all.
    bars = {bar.name: bar for bar in tornado(problem=PLAN)}

    assert outcome(PLAN) < bars["incrementality"].more < 1.1 * outcome(PLAN)


def test_longest_bar_comes_first_and_a_loose_rule_last():
    bars = tornado(problem=PLAN)

    swings = [bar.swing for bar in bars]
    assert swings == sorted(swings, reverse=True)
    assert (bars[-1].name, bars[-1].swing) == ("loose", pytest.approx(0.0, abs=1e-9))


def test_shift_that_contradicts_another_rule_has_no_outcome():
    floor = {"kind": "node_floor", "name": "floor", "value": 95.0}
    bars = {bar.name: bar for bar in tornado(problem=problem(budget=100.0, cells=CELLS, rules=[*RULES, floor]))}

    assert bars["budget"].less is None
    assert bars["budget"].swing == np.inf
