"""How far a plan's curves can be trusted: fit, coverage of weeks held out, what the history cannot tell, by cell."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from campaigns.optimization.curves import Array
from campaigns.planning.cells import PlannedCell, response_of
from campaigns.planning.evaluation import Incrementality
from campaigns.planning.explanation import cell_label
from campaigns.response.controls import LEVEL, WEEKDAYS
from campaigns.response.estimate import CellEstimate, RefusedCell
from campaigns.response.held_out import SHARE, held_out_weeks
from campaigns.response.identifiability import warnings_of

MARKET = ("promotion", "price", "stock")
# Weeks held out may be covered this much more or less often than claimed, and three standard errors where they are few.
TOLERANCE = 0.1


def model_health(
    *,
    estimates: Sequence[CellEstimate | RefusedCell],
    cells: Sequence[PlannedCell],
    beliefs: Mapping[str, Incrementality],
    seed: int,
) -> dict[str, Any]:
    """Health of all cells together and of each, as JSON; ``estimates`` and ``cells`` are in one order."""
    rng = np.random.default_rng([seed, 2])
    response = response_of(cells=cells, beliefs=beliefs, rng=rng)
    current = np.array([cell.current for cell in cells])
    caused = response.revenue(current) * response.incrementality / np.maximum(current, 1e-12)
    rows = [
        _refused(cell, estimate) if isinstance(estimate, RefusedCell) else _estimated(cell, estimate, draws, rng)
        for cell, estimate, draws in zip(cells, estimates, caused.T, strict=True)
    ]
    told = [one for one in estimates if isinstance(one, CellEstimate)]
    return {
        "share": SHARE,
        "days": int(estimates[0].series.spend.size),
        "held_out": _together(rows),
        "controls": _controls(told),
        "unknown": [name for name in MARKET if not any(name in one.days.controls.names for one in told)],
        "cells": rows,
    }


def _estimated(cell: PlannedCell, estimate: CellEstimate, iroas: Array, rng: np.random.Generator) -> dict[str, Any]:
    weeks = held_out_weeks(estimate=estimate, rng=rng)
    draws = estimate.draws
    return _named(cell) | {
        "state": "estimated",
        "held_out": {
            "weeks": int(weeks.week.size),
            "covered": weeks.covered,
            "error": weeks.error,
            "explained": weeks.explained,
        },
        "iroas": _middle(iroas),
        "elasticity": _middle(draws.k / (draws.k + estimate.days.usual)),
        "carry_over": _middle(draws.decay),
        "own_share": estimate.own_share,
        "warnings": list(warnings_of(estimate)),
    }


def _refused(cell: PlannedCell, estimate: RefusedCell) -> dict[str, Any]:
    reason, enough = estimate.refusal.reason, estimate.refusal.would_suffice
    return _named(cell) | {"state": "insufficient", "warnings": [reason], "would_suffice": enough}


def _named(cell: PlannedCell) -> dict[str, Any]:
    history = cell.history
    return {
        "key": cell.key,
        "name": cell_label(cell),
        "retailer_id": history.path[1],
        "days_with_spend": int((history.spend > 0).sum()),
        "attributed_roas": history.total_revenue / history.total_spend,
    }


def _together(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Of all weeks of all cells; None where no cell could be estimated."""
    found = [row["held_out"] for row in rows if row["state"] == "estimated"]
    weeks = sum(one["weeks"] for one in found)
    if weeks == 0:
        return None
    share = sum(one["covered"] for one in found) / weeks
    return {
        "weeks": weeks,
        "cells": len(found),
        "covered": share,
        "error": float(np.mean([one["error"] for one in found])),
        "explained": float(np.median([one["explained"] for one in found])),
        "verdict": _verdict(share, weeks),
    }


def _verdict(share: float, weeks: int) -> str:
    tolerance = max(TOLERANCE, 3.0 * np.sqrt(SHARE * (1 - SHARE) / weeks))
    if share < SHARE - tolerance:
        return "too_sure"
    return "too_unsure" if share > SHARE + tolerance else "as_claimed"


def _controls(estimates: Sequence[CellEstimate]) -> list[dict[str, Any]]:
    """What was told apart from spend, and how much it moved revenue: the middle cell's standard deviation of it."""
    found: dict[str, list[float]] = {}
    for estimate in estimates:
        controls, mean = estimate.days.controls, estimate.draws.coefficients.mean(axis=0)
        for name in dict.fromkeys(_group(name) for name in controls.names if name != LEVEL):
            places = [place for place, own in enumerate(controls.names) if _group(own) == name]
            found.setdefault(name, []).append(float(np.std(controls.columns[:, places] @ mean[places])))
    return [{"name": name, "cells": len(moves), "moves": float(np.median(moves))} for name, moves in found.items()]


def _group(name: str) -> str:
    if name in WEEKDAYS:
        return "weekday"
    return "season" if name in ("trend", "bend", "year sine", "year cosine") else name


def _middle(draws: Array) -> dict[str, float]:
    low, high = np.quantile(draws, [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return {"mean": float(draws.mean()), "low": float(low), "high": float(high)}
