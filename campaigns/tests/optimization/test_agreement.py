"""The methods against each other on random problems with every rule and kind of curve."""

import numpy as np
import pytest

from benchmarks.agreement import compared, judged
from benchmarks.random_problems import every_rule, largest_breach
from campaigns.optimization.allocation import allocate
from campaigns.optimization.problem import problem_from_json
from campaigns.tests.optimization.random_problems import random_problem


def every(document):
    problem = problem_from_json(document)
    return [allocate(problem=problem, method=method) for method in ("auto", "lp", "convex")]


def test_methods_agree_on_thirty_random_problems():
    solved = 0

    for seed in range(30):
        auto, lp, convex = every(random_problem(seed, cells=9))
        assert auto.status == lp.status == convex.status, seed
        if auto.status == "optimal":
            solved += 1
            assert lp.objective == pytest.approx(auto.objective, rel=1e-6), seed
            assert convex.objective == pytest.approx(auto.objective, rel=1e-6), seed
            assert (auto.solved_by, auto.certificate.gap) == ("auto", pytest.approx(0.0, abs=1e-9)), seed
            assert max(lp.certificate.gap, convex.certificate.gap) <= 1e-6, seed
            assert max(lp.certificate.feasibility_residual, convex.certificate.feasibility_residual) <= 1e-7, seed
        else:
            assert auto.conflict == lp.conflict == convex.conflict, seed

    # Most can be solved, so that agreement means something.
    assert solved >= 20


@pytest.mark.parametrize("seed", range(4))
def test_methods_agree_where_cells_get_nothing_or_a_least_spend(seed):
    auto, lp, convex = every(random_problem(seed, least_spend=True))

    assert auto.status == lp.status == convex.status
    if lp.status == "optimal":
        assert lp.objective == pytest.approx(auto.objective, rel=1e-6)
        assert convex.objective == pytest.approx(auto.objective, rel=1e-6)


@pytest.mark.parametrize("revenue_unit", [1e-9, 1e9])
@pytest.mark.parametrize("budget", [1.0, 1e10])
def test_units_of_money_and_revenue_do_not_matter(budget, revenue_unit):
    usual = allocate(problem=problem_from_json(random_problem(2)), method="lp")

    for answer in every(random_problem(2, budget=budget, revenue_unit=revenue_unit)):
        assert answer.status == "optimal"
        assert answer.certificate.gap <= 1e-6
        scale = budget / 1e6
        assert answer.objective == pytest.approx(usual.objective * scale * revenue_unit, rel=1e-6)


def test_methods_agree_on_problems_with_every_kind_of_rule():
    """Eight of the 200 that ``python -m benchmarks.agreement`` solves."""
    compared_ones = [compared(seed=seed) for seed in range(8)]

    assert [finding for _, findings in compared_ones for finding in findings] == []
    assert sum(answers["auto"].status == "optimal" for answers, _ in compared_ones) >= 5


def test_no_success_is_false_in_whatever_unit_revenue_is_counted():
    """Twelve of the 1 000 that ``python -m benchmarks.agreement`` solves."""
    found = [judged(seed=seed) for seed in range(12)]

    assert [finding for _, _, findings in found for finding in findings] == []
    assert min(unit for _, unit, _ in found) < 1e-6 < 1e6 < max(unit for _, unit, _ in found)


def test_broken_rule_would_be_noticed():
    plan = problem_from_json(every_rule(seed=1))
    spend = np.array(list(allocate(problem=plan, method="auto").spend.values()))

    assert largest_breach(problem=plan, spend=spend)[0] <= 1e-7
    assert largest_breach(problem=plan, spend=spend * 1.05)[0] > 1e-3
