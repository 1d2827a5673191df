"""The two methods against each other on random problems with every rule and kind of curve."""

import pytest

from campaigns.optimization.allocation import allocate
from campaigns.optimization.problem import problem_from_json
from campaigns.tests.optimization.random_problems import random_problem


def both(document):
    problem = problem_from_json(document)
    return allocate(problem=problem, method="lp"), allocate(problem=problem, method="convex")


def test_methods_agree_on_fifty_random_problems():
    solved = 0

    for seed in range(50):
        lp, convex = both(random_problem(seed, cells=9))
        assert lp.status == convex.status, seed
        if lp.status == "optimal":
            solved += 1
            assert lp.objective == pytest.approx(convex.objective, rel=1e-6), seed
            assert max(lp.certificate.gap, convex.certificate.gap) <= 1e-6, seed
            assert max(lp.certificate.feasibility_residual, convex.certificate.feasibility_residual) <= 1e-7, seed
        else:
            assert lp.conflict == convex.conflict, seed

    # Most can be solved, so that agreement means something.
    assert solved >= 35


@pytest.mark.parametrize("seed", range(4))
def test_methods_agree_where_cells_get_nothing_or_a_least_spend(seed):
    lp, convex = both(random_problem(seed, least_spend=True))

    assert lp.status == convex.status
    if lp.status == "optimal":
        assert lp.objective == pytest.approx(convex.objective, rel=1e-6)


@pytest.mark.parametrize("revenue_unit", [1e-9, 1e9])
@pytest.mark.parametrize("budget", [1.0, 1e10])
def test_units_of_money_and_revenue_do_not_matter(budget, revenue_unit):
    usual = allocate(problem=problem_from_json(random_problem(2)), method="lp")

    for answer in both(random_problem(2, budget=budget, revenue_unit=revenue_unit)):
        assert answer.status == "optimal"
        assert answer.certificate.gap <= 1e-6
        scale = budget / 1e6
        assert answer.objective == pytest.approx(usual.objective * scale * revenue_unit, rel=1e-6)
