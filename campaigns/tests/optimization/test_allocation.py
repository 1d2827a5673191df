"""Splits whose answer is known by hand, found by every method."""

import subprocess
import sys

import pytest

from campaigns.optimization.allocation import METHODS, allocate
from campaigns.tests.optimization.problems import cell, problem

EVERY = pytest.mark.parametrize("method", METHODS)


@EVERY
def test_two_equal_cells_share_the_budget_equally(method):
    # Equal concave curves have equal slopes only at equal spend: x = (50, 50).
    twins = problem(budget=100.0, cells=[cell("a", beta=300.0, k=40.0), cell("b", beta=300.0, k=40.0)])

    allocation = allocate(problem=twins, method=method)

    assert allocation.status == "optimal"
    assert allocation.spend == pytest.approx({"a": 50.0, "b": 50.0}, rel=1e-5)
    assert allocation.objective == pytest.approx(2 * 300.0 * 50.0 / 90.0, rel=1e-9)


@EVERY
def test_michaelis_menten_follows_its_closed_form_when_one_cell_is_capped(method):
    # Slope beta k/(k+x)^2 = price gives x = sqrt(beta k / price) - k for the free cells.
    # Free: (beta, k) = (400, 100) and (100, 100), so sqrt(beta k) = 200 and 100. The third is capped at 30 and takes
    # it (slope at 30 is 900*50/80^2 = 7.03). 130 are left: (200 + 100) t - 200 = 130 with t = 1/sqrt(price) = 1.1,
    # so x = (120, 10) and price = 1/1.21 < 7.03.
    cells = [cell("a", beta=400.0, k=100.0), cell("b", beta=100.0, k=100.0), cell("c", beta=900.0, k=50.0, cap=30.0)]

    allocation = allocate(problem=problem(budget=160.0, cells=cells), method=method)

    assert allocation.spend == pytest.approx({"a": 120.0, "b": 10.0, "c": 30.0}, rel=1e-4)
    assert allocation.objective == pytest.approx(400 * 120 / 220 + 100 * 10 / 110 + 900 * 30 / 80, rel=1e-8)


@EVERY
def test_roas_floor_leaves_money_unspent(method):
    # One cell: 600 x / (100 + x) >= 4 x holds exactly up to x = 600/4 - 100 = 50, although 100 are there.
    floor = {"kind": "roas_floor", "name": "ROAS floor", "path": [], "value": 4.0}

    allocation = allocate(
        problem=problem(budget=100.0, cells=[cell("a", beta=600.0, k=100.0)], rules=[floor]), method=method
    )

    assert allocation.spend["a"] == pytest.approx(50.0, rel=1e-6)
    assert allocation.objective == pytest.approx(200.0, rel=1e-6)


def test_unknown_method_is_refused():
    with pytest.raises(ValueError, match="choose auto, lp, convex, bandit"):
        allocate(problem=problem(budget=1.0, cells=[cell("a", beta=1.0, k=1.0)]), method="guess")


@EVERY
def test_zero_budget_buys_nothing(method):
    allocation = allocate(problem=problem(budget=0.0, cells=[cell("a", beta=300.0, k=40.0)]), method=method)

    assert allocation.status == "optimal"
    assert allocation.spend == pytest.approx({"a": 0.0}, abs=1e-9)


@EVERY
def test_budget_above_all_caps_fills_them_and_is_worth_nothing_more(method):
    cells = [cell("a", beta=300.0, k=40.0, cap=10.0), cell("b", beta=300.0, k=40.0, cap=20.0)]

    allocation = allocate(problem=problem(budget=100.0, cells=cells), method=method)

    assert allocation.spend == pytest.approx({"a": 10.0, "b": 20.0})
    assert allocation.binding == ("maximum of a", "maximum of b")


@EVERY
def test_cells_that_are_all_fixed_stay_where_they_are(method):
    cells = [cell("a", beta=300.0, k=40.0, floor=30.0, cap=30.0), cell("b", beta=300.0, k=40.0)]
    fixed = {"kind": "fixed", "name": "fixed", "path": ["onsite", "b"], "value": 45.0}

    allocation = allocate(problem=problem(budget=100.0, cells=cells, rules=[fixed]), method=method)

    assert allocation.status == "optimal"
    assert allocation.spend == pytest.approx({"a": 30.0, "b": 45.0}, rel=1e-7)


@EVERY
def test_profit_stops_spending_where_a_unit_earns_only_itself(method):
    # 300*40/(40+x)^2 = 1 gives x = sqrt(12000) - 40.
    allocation = allocate(
        problem=problem(budget=100.0, cells=[cell("a", beta=300.0, k=40.0)], objective="profit"), method=method
    )

    assert allocation.spend["a"] == pytest.approx(12000**0.5 - 40.0, rel=1e-4)


@pytest.mark.parametrize(("method", "unwanted"), [("lp", "cvxpy"), ("auto", "cvxpy"), ("auto", "pulp")])
def test_method_does_not_wait_for_the_solver_of_another(method, unwanted):
    script = (
        "import sys; from campaigns.optimization.allocation import allocate;"
        "from campaigns.tests.optimization.problems import cell, problem;"
        "allocate(problem=problem(budget=10.0, cells=[cell('a', beta=1.0, k=1.0)]), method=sys.argv[1]);"
        "sys.exit(sys.argv[2] in sys.modules or 'django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", script, method, unwanted], check=False).returncode == 0


@pytest.mark.parametrize("short", [1e-3, 1e-4])
def test_roas_floor_just_under_the_first_slope_is_solved_by_convex_too(short):
    # 600 x/(100 + x) >= r x holds up to x = 600/r - 100, which is next to nothing where r is next to 6.
    floor = {"kind": "roas_floor", "name": "ROAS", "path": [], "value": 6.0 * (1.0 - short)}

    allocation = allocate(
        problem=problem(budget=100.0, cells=[cell("a", beta=600.0, k=100.0)], rules=[floor]), method="convex"
    )

    assert allocation.status == "optimal"
    assert allocation.spend["a"] == pytest.approx(100.0 * short / (1.0 - short), rel=1e-3, abs=1e-6)
