"""S-shaped responses as they are: envelopes above their curves, and splits no grid of splits beats."""

from itertools import product

import numpy as np
import pytest

from campaigns.optimization.allocation import allocate
from campaigns.optimization.curves import Curve
from campaigns.optimization.fields import ProblemError
from campaigns.optimization.intervals import narrowed
from campaigns.optimization.problem import problem_from_json
from campaigns.optimization.responses import gather_responses

HILL = {"kind": "hill", "beta": 100.0, "k": 40.0, "s": 3.0}
LOGISTIC = {"kind": "logistic", "beta": 100.0, "midpoint": 30.0, "width": 6.0}
CONCAVE = {"kind": "michaelis_menten", "beta": 60.0, "k": 20.0}


def document(*curves, budget=100.0, rules=(), **more):
    cells = [{"id": f"c{i}", "path": ["onsite", f"c{i}"], "curve": curve} for i, curve in enumerate(curves)]
    plan = {"budget": budget, "currency": "USD", "objective": "revenue", "cells": cells, "rules": list(rules)}
    return plan | {"s_shapes": "exact"} | more


def solved(*curves, method="auto", **more):
    return allocate(problem=problem_from_json(document(*curves, **more)), method=method)


def revenue(spend, curve):
    if curve["kind"] == "hill":
        power = (spend / curve["k"]) ** curve["s"]
        return curve["beta"] * power / (1.0 + power)
    if curve["kind"] == "logistic":
        low, high = (1.0 / (1.0 + np.exp((curve["midpoint"] - z) / curve["width"])) for z in (0.0, spend))
        return curve["beta"] * (high - low)
    return curve["beta"] * spend / (curve["k"] + spend)


def best_on_grid(curves, *, budget, points=401, floor=0.0):
    """The best of all splits of whole steps, spending all or less, that keep a ROAS floor."""
    steps = np.linspace(0.0, budget, points)
    values = [revenue(steps, curve) for curve in curves]
    best = 0.0
    for chosen in product(range(points), repeat=len(curves) - 1):
        left = points - 1 - sum(chosen)
        if left < 0:
            continue
        earned = sum(value[place] for value, place in zip(values, chosen, strict=False)) + values[-1][: left + 1]
        spent = steps[sum(chosen)] + steps[: left + 1]
        best = max(best, float(np.max(np.where(earned >= floor * spent * (1 - 1e-12), earned, 0.0))))
    return best


def random_curve(rng):
    beta, k = rng.uniform(50, 150), rng.uniform(15, 80)
    kind = rng.integers(3)
    if kind == 0:
        return {"kind": "hill", "beta": beta, "k": k, "s": rng.uniform(1.3, 5.0)}
    if kind == 1:
        return {"kind": "logistic", "beta": beta, "midpoint": k, "width": k * rng.uniform(0.1, 0.5)}
    return {"kind": "michaelis_menten", "beta": beta, "k": k}


@pytest.mark.parametrize("seed", range(12))
def test_no_split_on_a_fine_grid_is_better(seed):
    rng = np.random.default_rng(seed)
    curves = [random_curve(rng) for _ in range(2)] + [HILL]

    found = solved(*curves)

    earned = sum(
        float(revenue(np.array(spend), curve)) for spend, curve in zip(found.spend.values(), curves, strict=True)
    )
    grid = best_on_grid(curves, budget=100.0, points=201)
    assert found.status == "optimal"
    assert found.objective == pytest.approx(earned)
    assert grid <= found.objective * (1 + 1e-9)
    assert found.objective <= grid * 1.01
    assert (found.certificate.gap <= 1e-6, found.certificate.hull_gap) == (True, 0.0)


@pytest.mark.parametrize("seed", range(6))
def test_a_return_floor_holds_on_the_curves_themselves(seed):
    rng = np.random.default_rng(100 + seed)
    curves, floor = [random_curve(rng), LOGISTIC], rng.uniform(0.8, 1.6)

    found = solved(*curves, rules=[{"kind": "roas_floor", "name": "ROAS", "value": floor}])

    earned = sum(
        float(revenue(np.array(spend), curve)) for spend, curve in zip(found.spend.values(), curves, strict=True)
    )
    assert earned >= floor * sum(found.spend.values()) * (1 - 1e-6)
    assert best_on_grid(curves, budget=100.0, points=1001, floor=floor) <= found.objective * (1 + 1e-6)


@pytest.mark.parametrize("method", ["lp", "convex"])
def test_other_methods_find_the_same(method):
    curves = (HILL, LOGISTIC, CONCAVE, HILL | {"beta": 90.0})

    assert solved(*curves, method=method).objective == pytest.approx(solved(*curves).objective, rel=1e-6)


def test_two_equal_steps_that_the_budget_reaches_only_once_are_not_shared():
    # Half the budget each would leave both under the steep part; the hull promises as much as for one alone.
    found = solved(HILL, HILL, budget=50.0)

    assert sorted(found.spend.values()) == pytest.approx([0.0, 50.0], abs=1e-4)
    assert solved(HILL, HILL, budget=50.0, s_shapes="hull").objective > found.objective


def test_budget_below_the_steep_part_is_spent_where_there_is_nothing_better():
    found = solved(HILL, budget=20.0)

    assert found.objective == pytest.approx(100.0 / (1.0 + 2.0**3))


def test_least_spends_are_decided_beside_the_shapes():
    rules = [{"kind": "min_spend", "name": "least", "value": 45.0}]
    curves = (HILL, LOGISTIC, CONCAVE)

    found = solved(*curves, rules=rules)

    steps = np.linspace(0.0, 100.0, 201)
    allowed = steps[(steps == 0.0) | (steps >= 45.0)]
    grid = max(
        sum(float(revenue(np.array(x), curve)) for x, curve in zip(split, curves, strict=True))
        for split in product(allowed, repeat=3)
        if sum(split) <= 100.0
    )
    assert grid <= found.objective * (1 + 1e-9)
    assert all(spend < 1e-4 or spend > 45.0 - 1e-4 for spend in found.spend.values())


def test_draws_and_rising_costs_are_taken_as_they_are():
    draws = [HILL | {"k": k} for k in (20.0, 40.0, 60.0)]
    rising = {"curve": LOGISTIC | {"bid_up": {"spend": 50.0, "exponent": 0.5}}}
    plan = document(CONCAVE, CONCAVE)
    plan["cells"][0] = {"id": "a", "path": ["a"], "draws": draws}
    plan["cells"][1] |= rising

    found = allocate(problem=problem_from_json(plan), method="auto")

    steps = np.linspace(0.0, 100.0, 2001)
    mean = sum(revenue(steps, draw) for draw in draws) / 3
    bought = (100.0 - steps) / np.sqrt(1.0 + (100.0 - steps) / 50.0)
    grid = float(np.max(mean + revenue(bought, LOGISTIC)))
    assert grid <= found.objective * (1 + 1e-9)
    assert found.objective <= grid * (1 + 1e-4)
    assert found.certificate.gap <= 1e-6


@pytest.mark.parametrize("curve", [HILL, LOGISTIC])
@pytest.mark.parametrize(("low", "high"), [(0.0, 100.0), (5.0, 20.0), (10.0, 90.0), (35.0, 60.0), (60.0, 90.0)])
def test_envelopes_are_concave_above_the_curve_and_meet_it_at_both_ends(curve, low, high):
    parameters = {name: np.array([value]) for name, value in curve.items() if name != "kind"}
    responses = gather_responses(curves=[Curve(kind=curve["kind"], parameters=parameters)])

    between = narrowed(responses=responses, cells=np.array([0]), low=np.array([low]), high=np.array([high]))

    spend = np.linspace(low, high, 501)
    envelope, true = between.values(spend=spend[None])[0], revenue(spend, curve)
    assert np.all(envelope >= true - 1e-9)
    assert envelope[[0, -1]] == pytest.approx(true[[0, -1]])
    assert np.all(np.diff(envelope, 2) <= 1e-9)
    rises = np.diff(envelope) / np.diff(spend)
    assert between.slopes(spend=spend[None])[0][:-1] == pytest.approx(rises, rel=0.05, abs=0.02)


def test_search_that_stops_early_falls_back_and_says_how_near_it_came(monkeypatch):
    monkeypatch.setattr("campaigns.optimization.exact_shapes.solve_exactly.__kwdefaults__", {"most_cases": 1})
    curves = [HILL | {"k": 40.0 + i, "beta": 100.0 + i} for i in range(5)]

    found = solved(*curves, budget=77.0)

    assert found.status == "optimal"
    assert "from proof" in found.notes[0]
    assert found.certificate.hull_gap > 0.0


@pytest.mark.parametrize(
    ("more", "method"),
    [({"s_shapes": "maybe"}, "auto"), ({}, "bandit"), ({"risk": {"worst_share": 0.5}}, "auto")],
)
def test_what_does_not_go_together_is_refused(more, method):
    with pytest.raises(ProblemError):
        solved(HILL, method=method, **more)
