"""Seeded random problems with every kind of rule and of curve, and a check of a split that knows no solver."""

import numpy as np

from campaigns.optimization.problem import RULE_KINDS, Cell, Problem, Rule

KINDS = ("michaelis_menten", "hill", "exponential", "logistic")
OBJECTIVES = ("incremental_margin", "incremental_revenue", "revenue", "units", "profit")
# Cells of both periods under each retailer make groups that cut across each other; else each retailer has its own.
_CROSSING_EVERY = 4


def every_rule(*, seed: int, unit: float = 1.0, budget: float = 1e6) -> dict[str, object]:
    """PROBLEM.json with each kind of rule at least once, revenue in ``unit`` of money; most can be kept together."""
    rng = np.random.default_rng(seed)
    cells = int(rng.integers(9, 19))
    even, is_crossing = budget / cells, seed % _CROSSING_EVERY == 0
    document = {
        "budget": budget,
        "currency": "USD",
        "objective": OBJECTIVES[seed % len(OBJECTIVES)],
        "cells": [_cell(rng, i, even, unit, is_crossing=is_crossing) for i in range(cells)],
        "rules": _rules(rng, even, unit),
    }
    kinds = {rule["kind"] for rule in document["rules"]}
    if kinds != set(RULE_KINDS):
        raise AssertionError(f"No random problem has {set(RULE_KINDS) - kinds}.")
    return document


def _rules(rng: np.random.Generator, even: float, unit: float) -> list[dict[str, object]]:
    def rule(kind: str, name: str, value: float, *path: str, **more: str) -> dict[str, object]:
        return {"kind": kind, "name": name, "path": list(path), "value": float(value)} | more

    return [
        rule("node_cap", "cap", rng.uniform(0.2, 0.5), "*", "r0", value_kind="share"),
        rule("node_cap", "cap in money", even * rng.uniform(0.5, 3.0), "onsite", "r1", "p1"),
        rule("node_floor", "floor", rng.uniform(0.02, 0.15), "*", "r2", value_kind="share"),
        rule("fixed", "fixed", even * rng.uniform(0.2, 0.8), "onsite", "r1", "p0"),
        rule("roas_floor", "ROAS", unit * rng.uniform(0.3, 2.2)),
        rule("roas_floor", "ROAS of r0", unit * rng.uniform(0.3, 2.2), "*", "r0"),
        rule("reserve", "reserve", rng.uniform(0.0, 0.2)),
        rule("oos_threshold", "stock", rng.uniform(0.7, 0.95)),
        rule("change_limit", "change", rng.uniform(0.4, 2.0), "*", "r2"),
        rule("min_spend", "least", even * rng.uniform(0.2, 0.8), "*", "r0"),
        rule("pacing", "pace", rng.uniform(0.5, 0.9), value_kind="share"),
    ]


def _cell(rng: np.random.Generator, i: int, even: float, unit: float, *, is_crossing: bool) -> dict[str, object]:
    cell: dict[str, object] = {
        "id": f"cell {i}",
        "path": ["onsite", f"r{i % 3}", f"p{(i // 3) % 2}", f"b{i}"],
        "period": f"W{(i // 3 if is_crossing else i % 3) % 2}",
        "current": even * rng.uniform(0.3, 1.5),
        "max": even * rng.uniform(1.5, 4.0),
        "margin_rate": rng.uniform(0.2, 0.6),
        "incrementality": rng.uniform(0.4, 0.8),
        "oos_probability": rng.uniform(0.0, 1.0),
        # In the revenue's own unit the stock would be worth nothing or everything: the cap it sets is money.
        "stock_value": even * rng.uniform(2.0, 20.0),
        "unit_price": rng.uniform(2.0, 40.0),
    }
    if rng.random() < 0.25:
        return cell | {"draws": [_curve(rng, "michaelis_menten", even, unit) for _ in range(20)]}
    return cell | {"curve": _curve(rng, KINDS[rng.integers(4)], even, unit)}


def _curve(rng: np.random.Generator, kind: str, even: float, unit: float) -> dict[str, object]:
    k = even * rng.uniform(0.3, 3.0)
    beta = unit * k * rng.uniform(2.0, 8.0)
    if kind == "hill":
        return {"kind": kind, "beta": beta, "k": k, "s": rng.uniform(0.6, 2.5)}
    if kind == "logistic":
        return {"kind": kind, "beta": beta, "midpoint": k * rng.uniform(0.0, 1.5), "width": k * 0.5}
    return {"kind": kind, "beta": beta, "k": k}


def largest_breach(*, problem: Problem, spend: np.ndarray) -> tuple[float, str]:
    """The worst broken rule and by how much, relative to the budget or to the revenue asked; read from the problem."""
    cells, budget = list(problem.cells), problem.budget
    kept = 1.0 - max((rule.value for rule in problem.rules if rule.kind == "reserve"), default=0.0)
    breaches = [((spend.sum() - kept * budget) / budget, "budget"), (float(-spend.min()) / budget, "below nothing")]
    for cell, amount in zip(cells, spend.tolist(), strict=True):
        breaches.append(((cell.floor - amount) / budget, cell.id))
        breaches.append(((amount - cell.cap) / budget if cell.cap is not None else 0.0, cell.id))
    for rule in problem.rules:
        inside = [place for place, cell in enumerate(cells) if cell.is_under(rule.path)]
        size, total = rule.amount(budget=budget), float(spend[inside].sum())
        if rule.kind in ("node_cap", "fixed"):
            breaches.append(((total - size) / budget, rule.name))
        if rule.kind in ("node_floor", "fixed"):
            breaches.append(((size - total) / budget, rule.name))
        if rule.kind == "roas_floor":
            earned = sum(float(cells[i].curve.value(spend=spend[i : i + 1])[0]) for i in inside)
            breaches.append(((rule.value * total - earned) / (rule.value * total) if total else 0.0, rule.name))
        if rule.kind == "pacing":
            for period in {cells[i].period for i in inside}:
                paced = sum(float(spend[i]) for i in inside if cells[i].period == period)
                breaches.append(((paced - size) / budget, rule.name))
        breaches += [(_cell_breach(rule, cells[i], float(spend[i])) / budget, rule.name) for i in inside]
    return max(breaches)


def _cell_breach(rule: Rule, cell: Cell, amount: float) -> float:
    if rule.kind == "change_limit":
        return abs(amount - cell.current) - rule.value * cell.current
    if rule.kind == "oos_threshold":
        return amount - (0.0 if cell.oos_probability > rule.value else cell.stock_value * cell.margin_rate)
    if rule.kind == "min_spend":
        return min(amount, rule.value - amount)
    return 0.0
