"""From histories to planned cells: the response estimated over all cells together, then scaled to the horizon."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from campaigns.planning.cells import PlannedCell, carried_cell, fitted_cell
from campaigns.planning.history import CellHistory
from campaigns.planning.price_margin import revenue_factors
from campaigns.response.estimate import CellEstimate, RefusedCell, estimate_response
from campaigns.response.series import CellSeries

DRAWS = 200

Progress = Callable[[float, str], None]


@dataclass(frozen=True, kw_only=True, eq=False)
class EstimatedCell:
    """A history and what was estimated from it."""

    history: CellHistory
    estimate: CellEstimate | RefusedCell


def estimate_cells(
    *, histories: Sequence[CellHistory], rng: np.random.Generator, progress: Progress
) -> tuple[EstimatedCell, ...]:
    """The response of every cell ever paid for, estimated together; progress goes from 5 to 60 percent."""
    spent = [history for history in histories if history.total_spend > 0]
    said = f"Estimating the response of {len(spent)} cells"
    found = estimate_response(
        cells=[_series(history) for history in spent],
        rng=rng,
        draws=DRAWS,
        progress=lambda share: progress(5 + 55 * share, said),
    )
    return tuple(
        EstimatedCell(history=history, estimate=estimate) for history, estimate in zip(spent, found, strict=True)
    )


def planned_cells(
    *, estimates: Sequence[EstimatedCell], horizon_days: int, rng: np.random.Generator
) -> tuple[PlannedCell, ...]:
    """The estimates over the plan's horizon; a refused cell keeps its past return."""
    return tuple(_cell(one, horizon_days=horizon_days, rng=rng) for one in estimates)


def _series(history: CellHistory) -> CellSeries:
    return CellSeries(
        path=history.path,
        spend=history.spend,
        revenue=np.maximum(history.revenue, 0.0),
        promo=history.promo,
        price=history.price,
        stock=history.stock,
    )


def _cell(one: EstimatedCell, *, horizon_days: int, rng: np.random.Generator) -> PlannedCell:
    estimate = one.estimate
    if isinstance(estimate, RefusedCell):
        reason = str(estimate.refusal)
        return carried_cell(history=one.history, reason=reason, horizon_days=horizon_days, draws=DRAWS, rng=rng)
    factors = revenue_factors(change=one.history.price_change, draws=DRAWS, rng=rng)
    beta = estimate.draws.beta if factors is None else estimate.draws.beta * factors
    return fitted_cell(history=one.history, beta=beta, k=estimate.draws.k, horizon_days=horizon_days)
