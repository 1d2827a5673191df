"""How much of attributed revenue ads caused, cell by cell: a retailer's figure, and what its rules over-credit.

A retailer's own share is believed or measured; within it cells differ. Search is credited by last touch with purchases
that were on their way (Blake, Nosko and Tadelis 2015), and views are credited without a click (Gordon et al. 2019 find
such credit far above what experiments measure). Both shifts are beliefs with a width of their own, not measurements.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from campaigns.optimization.curves import Array

Z90 = 1.6448536269514722
SEARCH = "search"
LEAST, MOST = 0.02, 1.0


@dataclass(frozen=True, kw_only=True)
class OverCredit:
    """Beliefs about cells against their retailer's figure; means and standard deviations of shares of revenue.

    Attributes:
        search: of search, whose last touch takes credit from what was on its way.
        views: of revenue that is all credited to views.
        cells: how far cells differ for reasons nobody knows.
    """

    search: tuple[float, float] = (-0.08, 0.06)
    views: tuple[float, float] = (-0.15, 0.10)
    cells: float = 0.08


USUAL = OverCredit()


@dataclass(frozen=True, kw_only=True)
class RetailerShare:
    """Share of a retailer's attributed revenue that ads caused; ``low`` and ``high`` bound 90 % of the belief.

    A figure without width is what somebody wants to suppose: it then holds for every cell.

    Attributes:
        is_guess: a starting figure that nobody set for this retailer; what its mix of cells over-credits comes off it.
            Otherwise the figure is about the retailer as it is: cells differ around it and average to it.
    """

    mean: float
    low: float
    high: float
    is_guess: bool = False


@dataclass(frozen=True, kw_only=True)
class CreditedCell:
    """What the over-credit of a cell depends on.

    Attributes:
        revenue: attributed, the weight of the cell in its retailer's figure.
        view_share: part of that revenue which is credited to views, 0 to 1.
    """

    retailer: str
    placement: str
    revenue: float
    view_share: float = 0.0


def expected_shares(
    *, cells: Sequence[CreditedCell], retailers: Mapping[str, RetailerShare], over: OverCredit = USUAL
) -> Array:
    """Mean share of each cell, shape (n_cells,)."""
    shifts = _shifts(cells, over)
    base = np.array([retailers[cell.retailer].mean for cell in cells])
    mean: Array = np.clip(base + _around(shifts[None, :], cells, retailers, over)[0], LEAST, MOST)
    return mean


def draw_shares(
    *,
    cells: Sequence[CreditedCell],
    retailers: Mapping[str, RetailerShare],
    count: int,
    rng: np.random.Generator,
    over: OverCredit = USUAL,
) -> Array:
    """Draws of each cell's share, shape (count, n_cells), scaled so that their mean is ``expected_shares``.

    Within a draw a retailer's cells share its figure and the size of each shift.
    """
    drawn = np.zeros((count, len(cells)))
    names = [cell.retailer for cell in cells]
    for retailer in sorted(set(names)):
        share = retailers[retailer]
        own = np.array([name == retailer for name in names])
        base = rng.normal(share.mean, (share.high - share.low) / (2 * Z90), size=(count, 1))
        is_search, views = (values[own] for values in _exposures(cells))
        shifts = rng.normal(*over.search, size=(count, 1)) * is_search
        shifts = shifts + rng.normal(*over.views, size=(count, 1)) * views
        shifts = shifts + rng.normal(0.0, over.cells, size=(count, int(own.sum())))
        drawn[:, own] = base + _around(shifts, [cell for cell in cells if cell.retailer == retailer], retailers, over)
    drawn = np.clip(drawn, 0.0, MOST)
    means = expected_shares(cells=cells, retailers=retailers, over=over)
    scaled: Array = np.minimum(drawn * (means / np.maximum(drawn.mean(axis=0), LEAST / 2)), MOST)
    return scaled


def _exposures(cells: Sequence[CreditedCell]) -> tuple[Array, Array]:
    return (
        np.array([float(cell.placement == SEARCH) for cell in cells]),
        np.array([cell.view_share for cell in cells]),
    )


def _shifts(cells: Sequence[CreditedCell], over: OverCredit) -> Array:
    is_search, views = _exposures(cells)
    expected: Array = over.search[0] * is_search + over.views[0] * views
    return expected


def _around(
    shifts: Array, cells: Sequence[CreditedCell], retailers: Mapping[str, RetailerShare], over: OverCredit
) -> Array:
    """Shifts against the retailer's figure, shape (n, n_cells).

    They average to zero where the figure is about the retailer as it is, and to what its mix is expected to over-credit
    where the figure is a guess; how far that mix may be off is part of the guess's own range.
    """
    moved, usual = shifts.copy(), _shifts(cells, over)
    names = np.array([cell.retailer for cell in cells])
    weights = np.array([max(cell.revenue, 0.0) for cell in cells])
    for retailer in sorted(set(names)):
        own, share = names == retailer, retailers[retailer]
        if share.high <= share.low:
            moved[:, own] = 0.0
        elif weights[own].sum() > 0.0:
            part = weights[own] / weights[own].sum()
            middle = float(part @ usual[own]) if share.is_guess else 0.0
            moved[:, own] += middle - shifts[:, own] @ part[:, None]
    return moved
