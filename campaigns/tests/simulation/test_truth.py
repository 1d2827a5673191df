import datetime as dt

import numpy as np
import pytest
from scipy.optimize import minimize

from campaigns.simulation import WorldError, build_world, plan_margin, true_optimum, true_response


@pytest.fixture
def cells(world):
    return world.cells_at(retailer_ids=("amazon", "walmart"))


def test_response_is_half_of_beta_at_k(world):
    path = world.cells[0].path
    curve = world.truth[path]

    assert float(true_response(world=world, cell=path, spend=curve.k)) == pytest.approx(curve.beta / 2)


def test_response_takes_arrays_and_is_nothing_without_spend(world):
    response = true_response(world=world, cell=world.cells[0].path, spend=np.array([0.0, 10.0, 20.0]))

    assert response[0] == 0
    assert response[1] < response[2] < 2 * response[1]


def test_unknown_cell_is_named(world):
    with pytest.raises(WorldError, match="nowhere"):
        true_response(world=world, cell=("onsite", "nowhere", "search", "Nordmill"), spend=1.0)


def test_optimum_spends_the_budget_and_beats_the_usual_split(world, cells):
    usual = {cell.path: cell.usual_spend for cell in cells}
    budget = sum(usual.values())

    best = true_optimum(world=world, budget=budget, cells=cells)

    assert sum(best.spend.values()) == pytest.approx(budget, rel=1e-9)
    assert best.margin > plan_margin(world=world, spend=usual)


def test_optimum_equals_that_of_another_solver(world, cells):
    some = cells[:6]
    curves = [world.truth[cell.path] for cell in some]
    w, k = np.array([c.margin_rate * c.beta for c in curves]), np.array([c.k for c in curves])
    budget = float(k.sum())

    best = true_optimum(world=world, budget=budget, cells=some)
    peer = minimize(
        lambda x: -np.sum(w * x / (k + x)),
        np.full(6, budget / 6),
        bounds=[(0, budget)] * 6,
        constraints={"type": "eq", "fun": lambda x: x.sum() - budget},
        options={"ftol": 1e-12, "maxiter": 500},
    )

    assert best.margin == pytest.approx(-peer.fun, rel=1e-6)


def test_optimum_keeps_caps(world, cells):
    free = true_optimum(world=world, budget=20_000, cells=cells)
    largest = max(free.spend, key=free.spend.get)

    held = true_optimum(world=world, budget=20_000, cells=cells, caps={largest: free.spend[largest] / 2})

    assert held.spend[largest] == pytest.approx(free.spend[largest] / 2)
    assert held.margin < free.margin
    assert sum(held.spend.values()) == pytest.approx(20_000, rel=1e-9)


def test_caps_smaller_than_the_budget_are_all_filled(world, cells):
    caps = {cell.path: 10.0 for cell in cells}

    best = true_optimum(world=world, budget=20_000, cells=cells, caps=caps)

    assert best.spend == pytest.approx(caps)


@pytest.mark.parametrize("seed", [1, 7, 42])
def test_usual_splits_leave_money_on_the_table(seed):
    world = build_world(seed=seed, start=dt.date(2026, 8, 1), days=90, manufacturer="acme")
    cells = world.cells_at(retailer_ids=("amazon", "walmart"))
    usual = {cell.path: cell.usual_spend for cell in cells}

    best = true_optimum(world=world, budget=sum(usual.values()), cells=cells)

    assert best.margin > 1.02 * plan_margin(world=world, spend=usual)
