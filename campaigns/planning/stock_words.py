"""What stock did to a plan, in words: who gets no money, who gets less, who runs out unheeded, and on which day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from campaigns.planning.cell_figures import CellFigures
from campaigns.planning.history import RunsOut, StockRisk
from campaigns.planning.problem import stock_allows
from tenants.figures import money, percent

STANDINGS = ("stopped", "capped", "watched")
LEAST_CHANCE = 0.1
CLOSE = 1e-6


def stock_used(
    *, figures: Sequence[CellFigures], constraints: Mapping[str, Any], currency: str
) -> list[dict[str, Any]]:
    """One entry per retailer and brand whose stock limits its cells, or may run out: those stopped first.

    ``standing`` is ``stopped``, ``capped`` or ``watched``; ``items`` are those that run out, with days in ISO form.
    """
    groups: dict[tuple[str, str], tuple[StockRisk, list[CellFigures]]] = {}
    for row in figures:
        history = row.cell.history
        if history.stock_risk is not None:
            groups.setdefault((history.path[1], history.path[3]), (history.stock_risk, []))[1].append(row)
    entries = [_entry(risk, rows, constraints=constraints, currency=currency) for risk, rows in groups.values()]
    shown = [entry for entry in entries if entry["standing"] != "watched" or entry["probability"] >= LEAST_CHANCE]
    return sorted(shown, key=lambda entry: (STANDINGS.index(entry["standing"]), -entry["probability"], entry["label"]))


def _entry(
    risk: StockRisk, rows: Sequence[CellFigures], *, constraints: Mapping[str, Any], currency: str
) -> dict[str, Any]:
    history = rows[0].cell.history
    limits = [stock_allows(cell=row.cell, constraints=constraints) for row in rows]
    held = [limit for row, limit in zip(rows, limits, strict=True) if row.proposed >= limit * (1 - CLOSE)]
    standing = "watched" if not held else "stopped" if max(held) <= 0 else "capped"
    label = f"{history.retailer_name} · {history.path[3]}"
    return {
        "label": label,
        "retailer_id": history.path[1],
        "brand": history.path[3],
        "standing": standing,
        "probability": risk.probability,
        "known_share": risk.known_share,
        "items": [_item(one) for one in risk.running_out],
        "sentence": _sentence(standing, label, risk, max(held, default=0.0), constraints, currency),
    }


def _sentence(
    standing: str, label: str, risk: StockRisk, cap: float, constraints: Mapping[str, Any], currency: str
) -> str:
    chance, because = percent(risk.probability, places=0), _because(risk)
    known = "" if risk.known_share >= 1 - CLOSE else f" Known for {percent(risk.known_share, places=0)} of its revenue."
    if standing == "stopped":
        limit = percent(constraints["oos_threshold"], places=0)
        return f"No money for {label} because {because}. Its chance of running out, {chance}, is over {limit}.{known}"
    if standing == "capped":
        earns = f"{money(cap, currency)} a placement is all the margin that its stock can earn"
        return f"{label} is capped because {because}; {earns}.{known}"
    if constraints.get("oos_threshold") is None:
        return f"{label} is not limited, though {because}: the plan has no stock-out threshold.{known}"
    return f"{label} is within the stock-out threshold, though {because}: chance {chance}.{known}"


def _because(risk: StockRisk) -> str:
    if not risk.running_out:
        return "its stock is worth no more"
    return " and ".join(runs_out_in_words(one=one) for one in risk.running_out[:2])


def runs_out_in_words(*, one: RunsOut) -> str:
    """``L1 runs out on 12 Apr 2026 (90%: 8 Apr 2026 to 20 Apr 2026)``."""
    late = "after the plan's end"
    ends = f"90%: {_said(one.low, late)} to {_said(one.high, late)}"
    if one.day is None:
        return f"{one.item} may run out ({percent(one.probability, places=0)}; {ends})"
    return f"{one.item} runs out on {_said(one.day, late)} ({ends})"


def _said(day: date | None, otherwise: str) -> str:
    return f"{day.day} {day:%b %Y}" if day else otherwise


def _item(one: RunsOut) -> dict[str, Any]:
    days = {name: found.isoformat() if (found := getattr(one, name)) else None for name in ("day", "low", "high")}
    return {"item": one.item, "probability": one.probability} | days
