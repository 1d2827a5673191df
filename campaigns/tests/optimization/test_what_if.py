"""Questions answered from tables are what a whole allocation would answer."""

from dataclasses import replace

import numpy as np
import pytest

from campaigns.optimization.allocation import allocate
from campaigns.optimization.problem import problem_from_json
from campaigns.optimization.what_if import NotPrepared, frontier, prepare, solve_again
from campaigns.tests.optimization.problems import cell, problem
from campaigns.tests.optimization.random_problems import random_problem

CAP = {"kind": "node_cap", "name": "cap", "path": ["onsite", "a"], "value": 0.3, "value_kind": "share"}


def drawn(name, *, beta, k):
    rng = np.random.default_rng(len(name))
    draws = [
        {"kind": "michaelis_menten", "beta": beta * rng.uniform(0.5, 1.5), "k": k * rng.uniform(0.5, 2.0)}
        for _ in range(40)
    ]
    return {"id": name, "path": ["onsite", name], "draws": draws}


CELLS = [drawn("a", beta=300.0, k=40.0), drawn("bb", beta=200.0, k=60.0), drawn("ccc", beta=400.0, k=100.0)]


@pytest.mark.parametrize("budget", [10.0, 80.0, 100.0, 130.0, 399.0])
def test_another_budget_is_answered_as_by_a_whole_allocation(budget):
    plan = problem(budget=100.0, cells=CELLS, rules=[CAP])

    answer = solve_again(prepared=prepare(problem=plan), problem=replace(plan, budget=budget))

    whole = allocate(problem=replace(plan, budget=budget), method="auto")
    assert answer.status == "optimal"
    assert answer.objective == pytest.approx(whole.objective, rel=1e-6)
    assert answer.certificate.is_proof
    assert answer.objective <= whole.certificate.bound * (1 + 1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_random_plans_with_every_rule_are_answered_alike(seed):
    plan = problem_from_json(random_problem(seed, cells=12))
    more = replace(plan, budget=1.1 * plan.budget)

    answer, whole = solve_again(prepared=prepare(problem=plan), problem=more), allocate(problem=more, method="auto")

    assert answer.status == whole.status
    if whole.status == "optimal":
        assert answer.objective == pytest.approx(whole.objective, rel=1e-6)


def test_another_value_of_a_rule_is_answered_too():
    plan = problem(budget=100.0, cells=CELLS, rules=[CAP])
    tighter = replace(plan, rules=(replace(plan.rules[0], value=0.1),))

    answer = solve_again(prepared=prepare(problem=plan), problem=tighter)

    assert answer.spend[0] == pytest.approx(10.0)


def test_frontier_rises_and_bends_and_its_slope_is_the_price_of_money():
    plan = problem(budget=100.0, cells=CELLS)
    budgets = np.linspace(50.0, 150.0, 11)

    points = frontier(prepared=prepare(problem=plan), budgets=budgets.tolist())

    outcomes = np.array([point.objective for point in points])
    gains = np.diff(outcomes) / np.diff(budgets)
    prices = np.array([point.price_of_money for point in points])
    assert np.all(gains > 0.0)
    assert np.all(np.diff(gains) < 0.0)
    # Each chord's slope lies between the prices at its ends.
    assert np.all((gains < prices[:-1]) & (gains > prices[1:]))


def test_contradiction_is_an_answer():
    plan = problem(budget=100.0, cells=CELLS, rules=[{"kind": "node_floor", "name": "floor", "value": 90.0}])

    answer = solve_again(prepared=prepare(problem=plan), problem=replace(plan, budget=80.0))

    assert (answer.status, answer.certificate) == ("infeasible", None)


def test_budget_beyond_the_tables_wants_a_new_preparation():
    plan = problem(budget=100.0, cells=CELLS)

    with pytest.raises(NotPrepared):
        solve_again(prepared=prepare(problem=plan), problem=replace(plan, budget=401.0))


def test_least_spends_cannot_be_prepared():
    plan = problem(budget=100.0, cells=[cell("a", beta=1.0, k=1.0)], rules=[{"kind": "min_spend", "value": 5.0}])

    with pytest.raises(NotPrepared):
        prepare(problem=plan)
