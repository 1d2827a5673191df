"""The methods against each other on random problems with every rule and kind of curve."""

import pytest

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
