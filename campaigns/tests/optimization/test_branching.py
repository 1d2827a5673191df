"""Least spends decided by branch and bound, against trying every combination."""

from itertools import product

import numpy as np
import pytest

from campaigns.optimization.allocation import allocate
from campaigns.tests.optimization.problems import cell, problem


def least(value, path=()):
    return {"kind": "min_spend", "name": "least", "value": value, "path": list(path)}


@pytest.mark.parametrize("method", ["lp", "convex"])
def test_money_goes_to_one_cell_when_it_does_not_reach_for_two(method):
    twins = [cell("a", beta=300.0, k=40.0), cell("b", beta=290.0, k=40.0)]

    allocation = allocate(problem=problem(budget=100.0, cells=twins, rules=[least(60.0)]), method=method)

    assert allocation.status == "optimal"
    assert allocation.spend == pytest.approx({"a": 100.0, "b": 0.0}, abs=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_answer_is_the_best_of_all_combinations(seed):
    rng = np.random.default_rng(seed)
    cells = [cell(f"c{i}", beta=rng.uniform(100, 400), k=rng.uniform(10, 80)) for i in range(5)]
    best = 0.0

    for chosen in product([True, False], repeat=5):
        limited = [c | ({"min": 30.0} if on else {"max": 0.0}) for c, on in zip(cells, chosen, strict=True)]
        tried = allocate(problem=problem(budget=100.0, cells=limited), method="lp") if sum(chosen) <= 3 else None
        if tried is not None and tried.status == "optimal":
            best = max(best, tried.objective)

    found = allocate(problem=problem(budget=100.0, cells=cells, rules=[least(30.0)]), method="lp")
    assert found.objective == pytest.approx(best, rel=1e-6)
    assert all(spend < 1e-6 or spend > 30.0 - 1e-6 for spend in found.spend.values())
    assert found.certificate.gap <= 1e-6


def test_cell_with_a_floor_is_raised_to_its_least_spend():
    cells = [cell("a", beta=10.0, k=40.0, floor=5.0), cell("b", beta=300.0, k=40.0)]

    allocation = allocate(problem=problem(budget=100.0, cells=cells, rules=[least(20.0, ["onsite", "a"])]), method="lp")

    assert allocation.spend["a"] == pytest.approx(20.0)


def test_cell_whose_maximum_is_under_its_least_spend_gets_nothing():
    cells = [cell("a", beta=900.0, k=40.0, cap=10.0), cell("b", beta=300.0, k=40.0)]

    allocation = allocate(problem=problem(budget=100.0, cells=cells, rules=[least(20.0)]), method="lp")

    assert allocation.spend == pytest.approx({"a": 0.0, "b": 100.0}, abs=1e-6)
