"""A plan's stored explanation as tables: scenarios, the allocation tree, what it rests on."""

from collections.abc import Iterable
from typing import Any

from campaigns.models import Plan, PlanCell
from campaigns.planning.constraint_words import node_name
from campaigns.views.chance_cells import chance_cell
from tenants.figures import change, compact_money, money, percent, ratio

MONEY_ROWS = (
    ("incremental_margin", "Incremental margin", "Margin that the ads cause, before their cost."),
    ("margin_after_spend", "Margin after ad cost", "Incremental margin less the spend."),
    ("incremental_revenue", "Incremental revenue", "Revenue that the ads cause: attributed revenue × incrementality."),
    ("revenue", "Attributed revenue", "Revenue that the retailers report for the ads."),
)
RATIO_ROWS = (
    ("iroas", "Incremental ROAS", "Incremental revenue per unit of spend."),
    ("roas", "ROAS", "Attributed revenue per unit of spend."),
)


def scenario_table(*, plan: Plan) -> dict[str, Any]:
    """The three splits side by side, one measure a row."""
    scenarios = plan.shown["scenarios"]
    rows = [_row("Spend", [{"value": money(entry["spend"], plan.currency)} for entry in scenarios])]
    rows += [_row(label, [_interval(entry[key], plan.currency) for entry in scenarios]) for key, label, _ in MONEY_ROWS]
    rows += [_row(label, [_ratio_interval(entry[key]) for entry in scenarios]) for key, label, _ in RATIO_ROWS]
    if plan.shown["headline"]["roas_floor"]:
        floor = ratio(plan.shown["headline"]["roas_floor"], places=1)
        chances = [chance_cell(figures=entry, name="floor_probability") for entry in scenarios]
        rows.append(_row(f"Probability that ROAS ≥ {floor}", chances))
    better = [chance_cell(figures=entry, name="beats_same_split") for entry in scenarios]
    rows.append(_row("Probability of beating the same split", better))
    return {
        "caption": f"Scenarios over {plan.horizon_days} days, {plan.currency}; ranges are 90% intervals",
        "columns": [{"label": "Measure"}, *({"label": entry["name"], "numeric": True} for entry in scenarios)],
        "rows": rows,
    }


def allocation_tree(*, plan: Plan, cells: Iterable[PlanCell]) -> list[dict[str, Any]]:
    """Rows of the drill-down: retailer, its placements, their brands; each row knows its parent."""
    by_placement: dict[tuple[str, str], list[PlanCell]] = {}
    for cell in cells:
        by_placement.setdefault((cell.retailer_id, cell.placement), []).append(cell)
    tree: list[dict[str, Any]] = []
    for number, retailer in enumerate(_largest_first(plan.shown["retailers"]), start=1):
        key = f"r{number}"
        inside = [row for row in plan.shown["placements"] if row["path"][0] == retailer["path"][0]]
        tree.append(_node_row(plan, retailer, label=retailer["name"], key=key, parent="", level=1))
        for place, placement in enumerate(_largest_first(inside), start=1):
            own = f"{key}p{place}"
            label = node_name(name=placement["path"][1], names={})
            tree.append(_node_row(plan, placement, label=label, key=own, parent=key, level=2))
            leaves = by_placement.get((placement["path"][0], placement["path"][1]), [])
            tree += [_cell_row(plan, cell, parent=own) for cell in leaves]
    return tree


def incrementality_table(*, plan: Plan) -> dict[str, Any]:
    rows = plan.shown["incrementality"]
    return {
        "caption": "Incrementality assumed per retailer",
        "columns": [
            {"label": "Retailer"},
            {"label": "Share of attributed revenue caused by ads", "numeric": True},
            {"label": "Source"},
            {"label": "What would change it"},
        ],
        "rows": [
            {
                "label": row["name"],
                "cells": [
                    {
                        "value": percent(row["mean"], places=0),
                        "low": percent(row["low"], places=0),
                        "high": percent(row["high"], places=0),
                        "numeric": True,
                    },
                    {"value": row["source"]},
                    {"value": row["would_change"]},
                ],
            }
            for row in rows
        ],
    }


def margin_table(*, plan: Plan) -> dict[str, Any]:
    rows = plan.shown["margins"]
    return {
        "caption": "Margin rates used",
        "columns": [
            {"label": "Cell"},
            {"label": "Margin rate", "numeric": True},
            {"label": "Revenue with a known margin", "numeric": True},
        ],
        "rows": [
            {
                "label": row["label"],
                "cells": [
                    {"value": percent(row["margin_rate"]), "numeric": True},
                    {
                        "value": "none: default used" if row["is_default"] else percent(row["known_share"], places=0),
                        "numeric": True,
                        "tone": "warn" if row["is_default"] else "",
                    },
                ],
            }
            for row in rows
        ],
    }


def _node_row(plan: Plan, node: dict[str, Any], *, label: str, key: str, parent: str, level: int) -> dict[str, Any]:
    return _tree_row(
        plan,
        current=node["current"],
        proposed=node["proposed"],
        margin=node["incremental_margin"],
    ) | {"label": label, "key": key, "parent": parent, "level": level, "has_children": True}


def _cell_row(plan: Plan, cell: PlanCell, *, parent: str) -> dict[str, Any]:
    figures = _tree_row(
        plan,
        current=float(cell.current_spend),
        proposed=float(cell.proposed_spend),
        margin=cell.expected["proposed"]["incremental_margin"],
    )
    held = cell.status == PlanCell.Status.INSUFFICIENT
    return figures | {
        "label": cell.brand,
        "key": f"c{cell.position}",
        "parent": parent,
        "level": 3,
        "has_children": False,
        "marginal": None if held else _marginal(cell),
        "why": cell.limited_by or _why(plan, cell),
        "held": cell.reason if held else "",
    }


def _marginal(cell: PlanCell) -> dict[str, str]:
    """Attributed revenue of one more unit of money, with its interval; plans of before have none."""
    found = cell.expected["proposed"].get("marginal_roas")
    return _ratio_interval(found) if found else {"value": ratio(cell.marginal_roas)}


def _why(plan: Plan, cell: PlanCell) -> str:
    """What settles a cell's spend where no rule does."""
    if plan.solved.get("status") == "explored":
        return "Tried as far as its curve may be the best"
    if plan.solved.get("risk"):
        return "Weighed against the others in the worst outcomes"
    if cell.proposed_spend > 0:
        return "Its last unit of money earns what the others' do"
    return "Its first unit of money would earn less than the others' last"


def _tree_row(plan: Plan, *, current: float, proposed: float, margin: dict[str, float]) -> dict[str, Any]:
    relative = (proposed - current) / current if current > 0 else None
    return {
        "current": money(current, plan.currency),
        "proposed": money(proposed, plan.currency),
        "change": _change(relative) or ("new" if proposed > 0 else "–"),
        "margin": compact_money(margin["mean"], plan.currency),
        "margin_low": compact_money(margin["low"], plan.currency),
        "margin_high": compact_money(margin["high"], plan.currency),
    }


def _change(relative: float | None) -> str:
    text = change(relative, places=0)
    return "0%" if text in {"-0%", "+0%"} else text


def _largest_first(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(nodes, key=lambda node: (-node["proposed"], node["path"]))


def _row(label: str, cells: list[dict[str, Any]]) -> dict[str, Any]:
    return {"label": label, "cells": [cell | {"numeric": True} for cell in cells]}


def _interval(values: dict[str, float], currency: str) -> dict[str, str]:
    return {name: compact_money(values[key], currency) for name, key in _ENDS}


def _ratio_interval(values: dict[str, float] | None) -> dict[str, str]:
    return {name: ratio(values[key]) for name, key in _ENDS} if values else {"value": "–"}


_ENDS = (("value", "mean"), ("low", "low"), ("high", "high"))
