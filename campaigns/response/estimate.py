"""Estimate the response of many cells together: each from its own days, and from its neighbours where those say little.

Two passes. The first fits every cell alone, under wide beliefs; what the others found then becomes each cell's belief
(partial pooling, leaving itself out), and the second fits it anew. A cell that is refused takes no part. The estimates
tell how attributed revenue moved with spend; how much of it ads caused is told by ``attribution_bias``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from campaigns.optimization.curves import Array
from campaigns.response.borrowing import RETURN_DOUBT, USUAL_RETURN, Alone, Borrowed, borrow, saturation_of
from campaigns.response.controls import LEVEL, controls_of
from campaigns.response.curve_grid import Belief, Days, GridFit, days_of, fit_grid
from campaigns.response.draws import CurveDraws, draw_curves, shape_beliefs, shape_weights
from campaigns.response.series import CellSeries, InsufficientData, check_series, check_sufficient

MOST_UNSURE = 0.75


@dataclass(frozen=True, kw_only=True, eq=False)
class CellEstimate:
    """One cell's draws, and all that checking them needs.

    Attributes:
        belief: about the coefficients, from the other cells.
        beliefs: log prior of every shape, from the other cells.
        inflation: how much more a week varies than seven independent days.
        own_share: part of what is known of k that comes from this cell's own days, 0 to 1.
    """

    series: CellSeries
    days: Days
    belief: Belief
    beliefs: Array
    inflation: float
    fit: GridFit
    draws: CurveDraws
    own_share: float


@dataclass(frozen=True, kw_only=True, eq=False)
class RefusedCell:
    """A cell whose history says too little, and what would suffice."""

    series: CellSeries
    refusal: InsufficientData


def estimate_response(
    *,
    cells: Sequence[CellSeries],
    rng: np.random.Generator,
    draws: int = 200,
    progress: Callable[[float], None] = lambda share: None,
) -> tuple[CellEstimate | RefusedCell, ...]:
    """Estimate every cell, in the order given; the same cells and generator give the same estimates.

    Raises ValueError where a series cannot be a history; thin histories are refused cell by cell.
    """
    found: list[CellEstimate | RefusedCell] = []
    alone: list[Alone] = []
    for place, series in enumerate(cells):
        refusal = _examined(series)
        if refusal is None:
            alone.append(_alone(place, series))
        else:
            found.append(RefusedCell(series=series, refusal=refusal))
        progress((place + 1) / (2 * len(cells)))
    if not alone:
        return tuple(found)
    borrowed = borrow(cells=alone, rng=rng)
    for number, cell in enumerate(alone):
        found.insert(cell.place, _together(cell, borrowed, number, rng=rng, draws=draws))
        progress(0.5 + (number + 1) / (2 * len(alone)))
    return tuple(found)


def _examined(series: CellSeries) -> InsufficientData | None:
    check_series(series)
    try:
        check_sufficient(series)
    except InsufficientData as refusal:
        return refusal
    return None


def _alone(place: int, series: CellSeries) -> Alone:
    controls = controls_of(series)
    is_level = np.array(controls.names) == LEVEL
    belief = Belief(
        mean=np.where(is_level, USUAL_RETURN, 0.0), variance=np.where(is_level, RETURN_DOUBT, controls.doubts) ** 2
    )
    days = days_of(series=series, controls=controls)
    return Alone(place=place, series=series, days=days, fit=fit_grid(days=days, belief=belief))


def _together(
    cell: Alone, borrowed: Borrowed, number: int, *, rng: np.random.Generator, draws: int
) -> CellEstimate | RefusedCell:
    log_k = float(borrowed.saturation.mean[number]), float(borrowed.saturation.variance[number])
    beliefs, belief = shape_beliefs(log_k=log_k, decays=borrowed.decays), borrowed.coefficients[number]
    fit = fit_grid(days=cell.days, belief=belief, inflation=borrowed.inflation)
    drawn = draw_curves(days=cell.days, fit=fit, beliefs=beliefs, inflation=borrowed.inflation, draws=draws, rng=rng)
    refusal = _untold(drawn.k / (drawn.k + cell.days.usual))
    if refusal is not None:
        return RefusedCell(series=cell.series, refusal=refusal)
    left = saturation_of(shape_weights(fit=fit, beliefs=beliefs))[1]
    return CellEstimate(
        series=cell.series,
        days=cell.days,
        belief=belief,
        beliefs=beliefs,
        inflation=borrowed.inflation,
        fit=fit,
        draws=drawn,
        own_share=float(np.clip(1.0 - left / log_k[1], 0.0, 1.0)),
    )


def _untold(elasticity: Array) -> InsufficientData | None:
    """Refuse a curve that could be anything: elasticity at usual spend is 1 if straight and 0 if fully saturated."""
    low, high = np.quantile(elasticity, [0.05, 0.95])
    if high - low <= MOST_UNSURE:
        return None
    return InsufficientData(
        "The noise hides the curve: one more unit of spend could bring nothing or as much as the last one.",
        "A longer history, or spend that varies more from week to week, would tell.",
    )
