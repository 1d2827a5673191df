"""Seeded random problems that use every rule and every kind of curve."""

import numpy as np

KINDS = ("michaelis_menten", "hill", "exponential", "logistic")


def random_problem(seed, *, cells=12, budget=1e6, revenue_unit=1.0, least_spend=False):
    """PROBLEM.json with shares of a budget, revenue scaled by ``revenue_unit``; most draws are feasible."""
    rng = np.random.default_rng(seed)
    even = budget / cells
    rules = [
        {"kind": "node_cap", "name": "cap", "path": ["*", "r0"], "value": rng.uniform(0.2, 0.5), "value_kind": "share"},
        {
            "kind": "node_cap",
            "name": "cap in money",
            "path": ["onsite", "r1", "p1"],
            "value": even * rng.uniform(0.5, 3),
        },
        {"kind": "node_floor", "name": "floor", "path": ["*", "r2"], "value": 0.1, "value_kind": "share"},
        {"kind": "fixed", "name": "fixed", "path": ["onsite", "r1", "p0"], "value": 0.6 * even},
        {"kind": "roas_floor", "name": "ROAS", "path": [], "value": revenue_unit * rng.uniform(0.5, 2.5)},
        {"kind": "roas_floor", "name": "ROAS r0", "path": ["*", "r0"], "value": revenue_unit * rng.uniform(0.5, 2.5)},
        {"kind": "reserve", "name": "reserve", "value": rng.uniform(0.0, 0.2)},
        {"kind": "oos_threshold", "name": "stock", "value": 0.9},
        {"kind": "change_limit", "name": "change", "path": ["*", "r2"], "value": rng.uniform(0.3, 2.0)},
    ]
    if least_spend:
        rules.append({"kind": "min_spend", "name": "least", "path": ["*", "r0"], "value": 0.5 * even})
    return {
        "budget": budget,
        "currency": "USD",
        "objective": ("incremental_margin", "incremental_revenue", "revenue")[seed % 3],
        "cells": [_cell(rng, i, even, revenue_unit) for i in range(cells)],
        "rules": rules,
    }


def _cell(rng, i, even, revenue_unit):
    document = {
        "id": f"cell {i}",
        "path": ["onsite", f"r{i % 3}", f"p{(i // 3) % 2}", f"b{i}"],
        "current": even * rng.uniform(0.3, 1.5),
        "max": even * rng.uniform(1.5, 4.0),
        "margin_rate": rng.uniform(0.2, 0.6),
        "incrementality": rng.uniform(0.4, 0.8),
        "oos_probability": rng.uniform(0.0, 1.0),
    }
    kind = KINDS[rng.integers(4)]
    if i % 4 == 3:
        return document | {"draws": [_curve(rng, "michaelis_menten", even, revenue_unit) for _ in range(20)]}
    return document | {"curve": _curve(rng, kind, even, revenue_unit)}


def _curve(rng, kind, even, revenue_unit):
    k = even * rng.uniform(0.3, 3.0)
    curve = {"kind": kind, "beta": revenue_unit * k * rng.uniform(2.0, 8.0), "k": k}
    if kind == "hill":
        return curve | {"s": rng.uniform(0.6, 2.5)}
    if kind == "logistic":
        return {"kind": kind, "beta": curve["beta"], "midpoint": k * rng.uniform(0.0, 1.5), "width": k * 0.5}
    return curve
