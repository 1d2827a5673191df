"""Exploring splits: within the rules, in proportion to the chance of being best, logged, and repeatable."""

import json

import numpy as np
import pytest

from benchmarks.random_problems import every_rule, largest_breach
from campaigns.optimization.allocation import allocate
from campaigns.optimization.model import build_model
from campaigns.optimization.problem import problem_from_json
from campaigns.optimization.projection import project
from campaigns.optimization.results import allocation_to_json
from campaigns.tests.optimization.problems import cell, problem


def drawn(name, betas, *, k=1_000.0, **more):
    draws = [{"kind": "michaelis_menten", "beta": beta, "k": k} for beta in betas]
    return {"id": name, "path": ["onsite", name], "draws": draws, **more}


def spends(allocation):
    return np.array(list(allocation.spend.values()))


def test_money_goes_where_a_draw_says_it_is_best():
    # Nearly straight curves: whoever earns more takes all of a batch. a wins 12 of 16 draws, all of which are batches.
    cells = [drawn("a", [3_000.0] * 12 + [1_000.0] * 4, k=1e6), drawn("b", [2_000.0] * 16, k=1e6)]

    allocation = allocate(problem=problem(budget=100.0, cells=cells), method="bandit")

    assert allocation.status == "explored"
    # 98 % by chance, 2 % evenly.
    assert allocation.spend == pytest.approx({"a": 98.0 * 0.75 + 1.0, "b": 98.0 * 0.25 + 1.0}, rel=1e-3)
    assert allocation.exploration.propensities["a"] == pytest.approx(allocation.spend["a"] / 100.0)
    assert len(allocation.exploration.draws) == 16


def test_what_exploring_gives_up_is_the_gap_to_the_best_split():
    rng = np.random.default_rng(3)
    cells = [drawn(f"c{i}", rng.lognormal(6.0, 0.5, 40).tolist(), k=40.0) for i in range(6)]
    plan = problem(budget=100.0, cells=cells)

    bandit, auto = (allocate(problem=plan, method=method) for method in ("bandit", "auto"))

    given_up = 1.0 - bandit.objective / auto.objective
    assert 0.0 < given_up < 0.2
    assert bandit.certificate.gap == pytest.approx(given_up, rel=1e-3)
    assert bandit.certificate.bound == pytest.approx(auto.objective, rel=1e-9)
    assert "gives up at most" in bandit.notes[0]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_kind_of_rule_is_kept(seed):
    plan = problem_from_json(every_rule(seed=seed))

    bandit, auto = (allocate(problem=plan, method=method) for method in ("bandit", "auto"))

    assert bandit.has_split == (auto.status == "optimal")
    if bandit.has_split:
        assert largest_breach(problem=plan, spend=spends(bandit))[0] <= 1e-7
        assert bandit.objective <= auto.certificate.bound * (1 + 1e-9)


def test_same_seed_gives_the_same_split_and_another_seed_another():
    cells = [drawn(f"c{i}", np.random.default_rng(i).lognormal(6.0, 0.8, 60).tolist()) for i in range(3)]
    plan = problem(budget=100.0, cells=cells)

    one, again, other = (allocate(problem=plan, method="bandit", seed=seed) for seed in (1, 1, 2))

    assert one == again
    assert one.spend != other.spend


def test_roas_floor_of_the_mean_holds_although_single_draws_break_it():
    cells = [drawn("a", [100.0, 900.0], k=40.0), drawn("b", [800.0, 100.0], k=40.0)]
    plan = problem(budget=200.0, cells=cells, rules=[{"kind": "roas_floor", "value": 5.0}])

    allocation = allocate(problem=plan, method="bandit")

    assert largest_breach(problem=plan, spend=spends(allocation))[0] <= 1e-7
    assert allocation.spend["a"] > 0.0 < allocation.spend["b"]


def test_without_draws_there_is_nothing_to_explore():
    plan = problem(budget=100.0, cells=[cell("a", beta=300.0, k=40.0), cell("b", beta=200.0, k=60.0)])

    bandit = allocate(problem=plan, method="bandit")

    assert (bandit.status, bandit.exploration) == ("optimal", None)
    assert "nothing to explore" in bandit.notes[0]


def test_draws_that_do_not_belong_together_are_refused():
    plan = problem(budget=100.0, cells=[drawn("a", [1.0, 2.0]), drawn("b", [1.0, 2.0, 3.0])])

    allocation = allocate(problem=plan, method="bandit")

    assert (allocation.status, allocation.spend) == ("not_converged", {})
    assert "same number" in allocation.notes[0]


def test_log_is_printed_as_json():
    plan = problem(budget=100.0, cells=[drawn("a", [300.0, 200.0]), drawn("b", [250.0, 260.0])])

    said = json.loads(json.dumps(allocation_to_json(allocation=allocate(problem=plan, method="bandit", seed=5))))

    assert said["exploration"]["seed"] == 5
    assert sum(said["exploration"]["propensities"].values()) == pytest.approx(1.0)


def test_projection_is_the_nearest_point():
    rules = [
        {"kind": "node_cap", "name": "cap", "path": ["onsite", "a"], "value": 20.0},
        {"kind": "node_floor", "name": "floor", "path": ["onsite", "c"], "value": 30.0},
    ]
    plan = problem(budget=90.0, cells=[cell(name, beta=1.0, k=1.0, cap=80.0) for name in "abc"], rules=rules)

    nearest = project(
        model=build_model(problem=plan), wished=np.array([50.0, 60.0, 0.0]), kept=np.array([0.0, 0.0, 30.0])
    )

    # a is cut to 20, c lifted to 30; then b alone gives the 20 above the budget.
    assert nearest == pytest.approx([20.0, 40.0, 30.0], abs=1e-6)
