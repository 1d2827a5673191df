"""Certificates: they hold for the true answer, and catch every kind of wrong one."""

from dataclasses import replace

import numpy as np
import pytest

from campaigns.optimization import lp
from campaigns.optimization.allocation import allocate
from campaigns.optimization.certificate import certify, dual_bound, feasibility_residual, require_proof
from campaigns.optimization.model import build_model
from campaigns.optimization.results import allocation_to_json
from campaigns.optimization.solution import NotConverged, Solution
from campaigns.tests.optimization.problems import cell, problem

TWINS = [cell("a", beta=300.0, k=40.0), cell("b", beta=300.0, k=40.0)]
PRICE = 300.0 * 40.0 / 90.0**2


def certificate_of(spend, price=PRICE, cells=TWINS, rules=()):
    model = build_model(problem=problem(budget=100.0, cells=cells, rules=rules))
    roas_prices = np.zeros(len(model.roas_rows))
    return certify(
        model=model, solution=Solution(spend=np.array(spend), row_prices=np.array([price]), roas_prices=roas_prices)
    )


def test_true_answer_with_its_true_price_has_no_gap():
    certificate = certificate_of([50.0, 50.0])

    assert certificate.gap < 1e-14
    assert certificate.marginal_mismatch < 1e-14
    assert certificate.feasibility_residual == 0.0
    assert certificate.is_proof


def test_initial_guess_is_not_taken_for_an_optimum():
    # By hand: 300*60/100 + 300*40/80 = 330 against 333.33.
    certificate = certificate_of([60.0, 40.0])

    assert certificate.gap == pytest.approx(1.0 - 330.0 / (600.0 * 50.0 / 90.0), rel=1e-6)
    assert certificate.marginal_mismatch > 0.1
    with pytest.raises(NotConverged):
        require_proof(certificate)


def test_wrong_prices_loosen_the_bound_but_never_break_it():
    best = 600.0 * 50.0 / 90.0

    for price in (0.0, 0.5, 1.0, 3.0, 10.0):
        certificate = certificate_of([50.0, 50.0], price=price)
        assert certificate.bound >= best - 1e-9


def test_overspending_is_measured_against_the_budget():
    certificate = certificate_of([50.0, 60.0])

    assert certificate.feasibility_residual == pytest.approx(0.1)
    assert not certificate.is_proof


def test_missed_roas_floor_is_measured_against_what_it_asks():
    floor = {"kind": "roas_floor", "name": "ROAS", "path": [], "value": 4.0}

    certificate = certificate_of([50.0, 50.0], rules=[floor])

    assert certificate.feasibility_residual == pytest.approx((400.0 - 600.0 * 50.0 / 90.0) / 400.0)


def test_no_feasible_split_found_at_random_beats_the_bound():
    rng = np.random.default_rng(0)
    cells = [cell(f"c{i}", beta=rng.uniform(100, 400), k=rng.uniform(10, 80), cap=40.0) for i in range(6)]
    floor = {"kind": "roas_floor", "name": "ROAS", "path": [], "value": 4.0}
    model = build_model(problem=problem(budget=100.0, cells=cells, rules=[floor]))
    bound = dual_bound(model=model, solution=lp.solve(model=model))

    splits = rng.dirichlet(np.full(6, 2.0), size=2000) * rng.uniform(20.0, 100.0, size=(2000, 1))
    feasible = [split for split in splits if feasibility_residual(model=model, spend=split) == 0.0]
    assert len(feasible) > 200
    assert max(model.objective(spend=split) for split in feasible) <= bound


def test_method_that_stops_at_its_initial_guess_is_refused(monkeypatch):
    def lazy(*, model):
        proper = lp_solve(model=model)
        return replace(proper, spend=np.array([60.0, 40.0]))

    lp_solve = lp.solve
    monkeypatch.setattr(lp, "solve", lazy)
    allocation = allocate(problem=problem(budget=100.0, cells=TWINS), method="lp")

    assert allocation.status == "not_converged"
    assert allocation.spend == {}
    assert allocation_to_json(allocation=allocation)["certificate"]["gap"] > 1e-3
