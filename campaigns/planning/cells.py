"""The cells of a plan: history, response over the horizon in many draws, and what is fixed for want of data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from campaigns.planning.evaluation import Array, Incrementality, ResponseDraws
from campaigns.planning.history import CellHistory
from campaigns.response.attribution_bias import CreditedCell, draw_shares, expected_shares

# A carried cell keeps its past return at any spend: k so far out that the curve is straight to 0.1 %.
STRAIGHT = 1000.0


@dataclass(frozen=True, kw_only=True)
class PlannedCell:
    """One cell over the plan's horizon.

    Attributes:
        current: spend of the history, scaled to the horizon; money.
        beta, k: draws of the curve ``beta·x/(k+x)`` over the horizon, shape (n_draws,).
        is_fitted: False when history is too thin: the cell then keeps its share of the money and its past return.
        reason: why it could not be fitted, in words.
    """

    history: CellHistory
    current: float
    beta: Array
    k: Array
    is_fitted: bool
    reason: str = ""

    @property
    def key(self) -> str:
        return self.history.key


def fitted_cell(*, history: CellHistory, beta: Array, k: Array, horizon_days: int) -> PlannedCell:
    """A cell whose daily curve was fitted on the days that had spend.

    Spread evenly, H days of the daily curve βx/(k+x) bring Hβ·X/(Hk+X) for the horizon's spend X: both scale with H,
    the days on which the cell is on air. It stays on air for the same share of days as in the history.
    """
    days = active_days(history=history, horizon_days=horizon_days)
    return PlannedCell(
        history=history,
        current=_scaled_spend(history=history, horizon_days=horizon_days),
        beta=beta * days,
        k=k * days,
        is_fitted=True,
    )


def active_days(*, history: CellHistory, horizon_days: int) -> float:
    """Days of the horizon with spend, at the history's share of such days."""
    return horizon_days * float((history.spend > 0).mean())


def carried_cell(
    *, history: CellHistory, reason: str, horizon_days: int, draws: int, rng: np.random.Generator
) -> PlannedCell:
    """A cell too thin to fit: its past return on spend, with the spread of resampled days as its uncertainty."""
    current = _scaled_spend(history=history, horizon_days=horizon_days)
    days = history.spend.size
    picked = rng.integers(0, days, size=(draws, days))
    spend, revenue = history.spend[picked].sum(axis=1), history.revenue[picked].sum(axis=1)
    past = history.total_revenue / history.total_spend if history.total_spend > 0 else 0.0
    returns = np.where(spend > 0, revenue / np.where(spend > 0, spend, 1.0), past)
    k = np.full(draws, STRAIGHT * max(current, 1.0))
    return PlannedCell(history=history, current=current, beta=returns * k, k=k, is_fitted=False, reason=reason)


def response_of(
    *, cells: Sequence[PlannedCell], beliefs: Mapping[str, Incrementality], rng: np.random.Generator
) -> ResponseDraws:
    """All cells' draws side by side, with draws of incrementality: cells differ around their retailer's figure."""
    return ResponseDraws(
        beta=np.column_stack([cell.beta for cell in cells]),
        k=np.column_stack([cell.k for cell in cells]),
        incrementality=draw_shares(cells=_credited(cells), retailers=beliefs, count=cells[0].beta.size, rng=rng),
        margin_rate=np.array([cell.history.margin_rate for cell in cells]),
    )


def incrementality_of(*, cells: Sequence[PlannedCell], beliefs: Mapping[str, Incrementality]) -> Array:
    """Expected share of each cell's attributed revenue that ads caused, shape (n_cells,)."""
    return expected_shares(cells=_credited(cells), retailers=beliefs)


def _credited(cells: Sequence[PlannedCell]) -> list[CreditedCell]:
    return [
        CreditedCell(
            retailer=cell.history.path[1],
            placement=cell.history.path[2],
            revenue=cell.history.total_revenue,
            view_share=cell.history.view_share,
        )
        for cell in cells
    ]


def _scaled_spend(*, history: CellHistory, horizon_days: int) -> float:
    return history.total_spend * horizon_days / history.spend.size
