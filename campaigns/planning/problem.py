"""Constraints become rules of one problem: which rule came from which constraint, and what could not become one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from campaigns.planning.cells import PlannedCell, incrementality_of
from campaigns.planning.constraint_edits import ConstraintKey
from campaigns.planning.evaluation import Incrementality
from campaigns.planning.nodes import Node, node_called, nodes_of

OBJECTIVES = ("incremental_margin", "incremental_revenue", "revenue", "units", "profit")
DEFAULT_OBJECTIVE = "incremental_margin"


@dataclass(frozen=True, kw_only=True)
class SourcedRule:
    """One rule of the problem and the constraint it came from; None for the ones we add ourselves."""

    document: Mapping[str, Any]
    source: ConstraintKey | None

    @property
    def name(self) -> str:
        return str(self.document["name"])


@dataclass(frozen=True, kw_only=True)
class BuiltProblem:
    """PROBLEM.json with the origin of each rule, and notes on constraints that could not be applied as they stand."""

    document: dict[str, Any]
    sources: Mapping[str, ConstraintKey]
    notes: tuple[str, ...]


@dataclass
class _Rules:
    cells: Sequence[PlannedCell]
    rules: list[SourcedRule] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, kind: str, name: str, value: float, source: str, *, place: int | None = None, **more: Any) -> None:
        document = {"kind": kind, "name": self._unused(name), "path": [], "value": value} | more
        self.rules.append(SourcedRule(document=document, source=ConstraintKey(kind=source, place=place)))

    def _unused(self, name: str) -> str:
        taken = {rule.name for rule in self.rules} | {"budget"}
        candidates = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
        return next(candidate for candidate in candidates if candidate not in taken)


def build_problem(
    *,
    constraints: Mapping[str, Any],
    currency: str,
    cells: Sequence[PlannedCell],
    beliefs: Mapping[str, Incrementality],
) -> BuiltProblem:
    """PROBLEM.json of these constraints over these cells.

    Raises:
        UnknownName: a cap, floor or fixed amount names something that no cell has.
    """
    rules = _Rules(cells=cells)
    _add_limits(rules, constraints)
    _add_fixed(rules, constraints)
    _add_returns(rules, constraints)
    _add_shares(rules, constraints)
    target = _target(constraints=constraints, cells=cells)
    objective = _objective(rules, constraints)
    held = held_amounts(cells=cells, constraints=constraints)
    document = {
        "budget": float(constraints["budget"]),
        "currency": currency,
        "objective": objective,
        "cells": [
            _cell(cell=cell, held=held.get(cell.key), incrementality=float(share))
            for cell, share in zip(cells, incrementality_of(cells=cells, beliefs=beliefs), strict=True)
        ],
        "rules": [dict(rule.document) for rule in rules.rules],
    }
    sources = {rule.name: rule.source for rule in rules.rules if rule.source is not None}
    sources["budget"] = ConstraintKey(kind="budget")
    if target:
        document["target"] = target
        sources["target"] = ConstraintKey(kind="target")
    if constraints.get("risk"):
        document["risk"] = {"worst_share": float(constraints["risk"])}
    return BuiltProblem(document=document, sources=sources, notes=tuple(rules.notes))


def _objective(rules: _Rules, constraints: Mapping[str, Any]) -> str:
    """What is maximised; units only where every cell says how many it sold."""
    asked = str(constraints.get("objective") or DEFAULT_OBJECTIVE)
    unknown = cells_without_units(cells=rules.cells)
    if asked == "units" and unknown:
        rules.notes.append(
            f"Units cannot be maximised: {unknown} of {len(rules.cells)} cells do not say how many units they sold. "
            "Incremental margin is maximised instead."
        )
    return asked if asked in OBJECTIVES and not (asked == "units" and unknown) else DEFAULT_OBJECTIVE


def cells_without_units(*, cells: Sequence[PlannedCell]) -> int:
    """How many cells hold no count of units."""
    return sum(cell.history.unit_price is None for cell in cells)


def _target(*, constraints: Mapping[str, Any], cells: Sequence[PlannedCell]) -> dict[str, float] | None:
    """The outcome to reach with the least budget; a ROAS is a floor instead, and units need their counts."""
    for metric, value in (constraints.get("target") or {}).items():
        is_counted = metric != "units" or not cells_without_units(cells=cells)
        if metric in OBJECTIVES and is_counted:
            return {metric: float(value)}
    return None


def _add_stock(rules: _Rules, threshold: float) -> None:
    """No spend where stock is likelier to run out than that; said which cells it stops, and where nobody knows."""
    risks = [(cell, cell.history.stock_risk) for cell in rules.cells]
    unknown = sum(risk is None for _, risk in risks)
    if unknown == len(risks):
        rules.notes.append("The stock-out threshold is not applied: the data holds no stock levels.")
        return
    rules.add("oos_threshold", "stock-out threshold", threshold, "oos_threshold")
    for cell, risk in risks:
        if risk is not None and risk.probability > threshold:
            rules.notes.append(
                f"No spend on {cell.key}: its items run out during the flight with a probability of "
                f"{risk.probability:.0%}; the stock lasts {risk.cover_days:.0f} days. Known for {risk.known_share:.0%} "
                "of its revenue."
            )
    if unknown:
        rules.notes.append(f"{unknown} of {len(risks)} cells have no stock level, so the threshold leaves them alone.")


def _add_target(rules: _Rules, target: Mapping[str, float]) -> None:
    for metric, value in target.items():
        if metric == "roas":
            rules.add("roas_floor", "target ROAS", float(value), "target")
            rules.notes.append("The target ROAS is held as a floor: the budget is spent as far as it is kept.")
        if metric == "units" and (unknown := cells_without_units(cells=rules.cells)):
            rules.notes.append(
                f"The target is not applied: {unknown} of {len(rules.cells)} cells do not say how many units they sold."
            )


def held_amounts(*, cells: Sequence[PlannedCell], constraints: Mapping[str, Any]) -> dict[str, float]:
    """What cells without a curve keep: their share of past spend times the allocatable budget, within the change limit,
    within every cap that holds for them (in proportion to their part of the capped node), and within the stock rule."""
    total = sum(cell.current for cell in cells)
    budget = float(constraints["budget"])
    allocatable = budget * (1 - (constraints.get("reserve") or 0.0))
    limit = constraints.get("change_limit")
    held = {}
    for cell in cells:
        if cell.is_fitted:
            continue
        amount = allocatable * cell.current / total if total > 0 else 0.0
        if limit is not None:
            amount = min(max(amount, cell.current * (1 - limit)), cell.current * (1 + limit))
        for cap in constraints.get("caps") or ():
            amount = min(amount, _part_of_cap(cap=cap, cell=cell, cells=cells, budget=budget))
        held[cell.key] = min(amount, stock_allows(cell=cell, constraints=constraints))
    return held


def stock_allows(*, cell: PlannedCell, constraints: Mapping[str, Any]) -> float:
    """The most the stock rule lets a cell spend: nothing where running out is likelier than the threshold, else what
    the sellable stock can earn in margin; no limit without a rule or a stock level."""
    threshold, risk = constraints.get("oos_threshold"), cell.history.stock_risk
    if threshold is None or risk is None:
        return float("inf")
    if risk.probability > float(threshold):
        return 0.0
    return float("inf") if risk.stock_value is None else risk.stock_value * cell.history.margin_rate


def _part_of_cap(*, cap: Mapping[str, Any], cell: PlannedCell, cells: Sequence[PlannedCell], budget: float) -> float:
    size = cap["share"] * budget if cap.get("share") is not None else cap["amount"]
    for node in nodes_of(cells=cells, level=cap["level"], name=cap.get("name")):
        if node.holds(cell):
            inside = sum(other.current for other in cells if node.holds(other))
            return float(size) * (cell.current / inside if inside > 0 else 1.0)
    return float("inf")


def _add_limits(rules: _Rules, constraints: Mapping[str, Any]) -> None:
    for source, kind, word in (("caps", "node_cap", "cap"), ("floors", "node_floor", "floor")):
        for place, limit in enumerate(constraints.get(source) or ()):
            for node in nodes_of(cells=rules.cells, level=limit["level"], name=limit.get("name")):
                rules.add(kind, f"{word}: {node.label}", _size(limit), source, place=place, **_where(node, limit))


def _add_fixed(rules: _Rules, constraints: Mapping[str, Any]) -> None:
    for place, (name, amount) in enumerate((constraints.get("fixed") or {}).items()):
        node = node_called(cells=rules.cells, name=name)
        rules.add("fixed", f"fixed: {node.label}", float(amount), "fixed", place=place, path=list(node.path))


def _add_returns(rules: _Rules, constraints: Mapping[str, Any]) -> None:
    if constraints.get("roas_floor"):
        rules.add("roas_floor", "ROAS floor", float(constraints["roas_floor"]), "roas_floor")
    if constraints.get("cpa_ceiling"):
        value = _order_value(cells=rules.cells)
        if value is None:
            rules.notes.append("The ceiling on cost per order is not applied: the data holds no orders.")
            return
        ceiling = float(constraints["cpa_ceiling"])
        rules.add("roas_floor", "cost per order", value / ceiling, "cpa_ceiling")
        rules.notes.append(
            f"Cost per order is held through ROAS: orders are taken at their average value of {value:,.2f}."
        )


def _add_shares(rules: _Rules, constraints: Mapping[str, Any]) -> None:
    if constraints.get("reserve"):
        rules.add("reserve", "experiment reserve", float(constraints["reserve"]), "reserve")
    if constraints.get("change_limit") is not None:
        rules.add("change_limit", "change limit", float(constraints["change_limit"]), "change_limit")
    if constraints.get("oos_threshold") is not None:
        _add_stock(rules, float(constraints["oos_threshold"]))
    if constraints.get("target"):
        _add_target(rules, constraints["target"])


def _size(limit: Mapping[str, Any]) -> float:
    return float(limit["share"] if limit.get("share") is not None else limit["amount"])


def _where(node: Node, limit: Mapping[str, Any]) -> dict[str, Any]:
    return {"path": list(node.path), "value_kind": "share" if limit.get("share") is not None else "amount"}


def _order_value(*, cells: Sequence[PlannedCell]) -> float | None:
    orders = sum(cell.history.orders for cell in cells)
    return sum(cell.history.total_revenue for cell in cells) / orders if orders > 0 else None


def _cell(*, cell: PlannedCell, held: float | None, incrementality: float) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": cell.key,
        "path": list(cell.history.path),
        "current": cell.current,
        "margin_rate": cell.history.margin_rate,
        "incrementality": incrementality,
        "unit_price": cell.history.unit_price,
        "oos_probability": None if cell.history.stock_risk is None else cell.history.stock_risk.probability,
        "stock_value": None if cell.history.stock_risk is None else cell.history.stock_risk.stock_value,
        "draws": [
            {"kind": "michaelis_menten", "beta": float(beta), "k": float(k)}
            for beta, k in zip(cell.beta, cell.k, strict=True)
        ],
    }
    return document if held is None else document | {"min": held, "max": held}
