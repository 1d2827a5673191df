"""What is shown of each cell: spend, expected outcome, the curve to draw, the rules that limit it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from campaigns.planning.cells import PlannedCell, active_days
from campaigns.planning.evaluation import Array, Outcome, ResponseDraws, interval_of
from campaigns.planning.scenarios import Scenarios

CURVE_POINTS = 25
REACH = 1.25
ROUNDING = 1e-6


@dataclass(frozen=True, kw_only=True)
class CellFigures:
    """One row of the allocation; money per horizon. ``curve`` is None for a cell that could not be fitted."""

    cell: PlannedCell
    proposed: float
    expected: Mapping[str, Any]
    marginal_roas: float
    curve: Mapping[str, Any] | None
    limited_by: tuple[str, ...]
    is_beyond_history: bool


def cell_figures(
    *,
    cells: Sequence[PlannedCell],
    scenarios: Scenarios,
    response: ResponseDraws,
    limits: Mapping[str, Sequence[str]],
    horizon_days: int,
) -> tuple[CellFigures, ...]:
    """Figures of every cell, largest proposed spend first. ``limits`` are names of binding rules by cell key."""
    marginal = response.marginal_revenue(scenarios.proposed.spend)
    rows = [
        CellFigures(
            cell=cell,
            proposed=float(scenarios.proposed.spend[place]),
            expected={
                "current": _expected(outcome=scenarios.current, place=place),
                "proposed": _expected(outcome=scenarios.proposed, place=place)
                | {"marginal_roas": interval_of(marginal[:, place]).as_json()},
            },
            marginal_roas=float(marginal[:, place].mean()),
            curve=_curve(cell=cell, response=response, place=place, proposed=float(scenarios.proposed.spend[place]))
            if cell.is_fitted
            else None,
            limited_by=tuple(limits.get(cell.key, ())),
            is_beyond_history=cell.is_fitted
            and _is_beyond(cell=cell, proposed=float(scenarios.proposed.spend[place]), horizon_days=horizon_days),
        )
        for place, cell in enumerate(cells)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.proposed, row.cell.key)))


def _is_beyond(*, cell: PlannedCell, proposed: float, horizon_days: int) -> bool:
    days = active_days(history=cell.history, horizon_days=horizon_days)
    return proposed > float(cell.history.spend.max()) * days * (1 + ROUNDING)


def _expected(*, outcome: Outcome, place: int) -> dict[str, dict[str, float]]:
    return {
        name: interval_of(getattr(outcome, name)[:, place]).as_json()
        for name in ("revenue", "incremental_revenue", "incremental_margin")
    }


def _curve(*, cell: PlannedCell, response: ResponseDraws, place: int, proposed: float) -> dict[str, Any]:
    """Parameters with intervals, and incremental revenue over spend for the chart."""
    reach = max(cell.current, proposed, 1.0) * REACH
    spend = np.linspace(0.0, reach, CURVE_POINTS)
    draws = _incremental(response=response, place=place, spend=spend)
    points = np.array([cell.current, proposed])
    at = _incremental(response=response, place=place, spend=points).mean(axis=0)
    low, high = np.percentile(draws, [5.0, 95.0], axis=0)
    return {
        "beta": interval_of(cell.beta).as_json(),
        "k": interval_of(cell.k).as_json(),
        "x": _rounded(spend),
        "mean": _rounded(draws.mean(axis=0)),
        "low": _rounded(low),
        "high": _rounded(high),
        "current": {"x": round(cell.current, 2), "y": round(float(at[0]), 2)},
        "proposed": {"x": round(proposed, 2), "y": round(float(at[1]), 2)},
    }


def _incremental(*, response: ResponseDraws, place: int, spend: Array) -> Array:
    beta, k = response.beta[:, place, None], response.k[:, place, None]
    incremental: Array = beta * spend / (k + spend) * response.incrementality[:, place, None]
    return incremental


def _rounded(values: Array) -> list[float]:
    return [round(float(value), 2) for value in values]
