"""What a method hands back before anyone believes it."""

from dataclasses import dataclass

from campaigns.optimization.curves import Array


class Infeasible(Exception):
    """The method found no split that keeps every rule."""


class NotConverged(Exception):
    """The method stopped without a split whose optimality is proven; nothing may be shown."""


@dataclass(frozen=True, kw_only=True)
class Solution:
    """A split and the prices the method puts on the rows.

    Attributes:
        spend: currency units per cell, shape (n_cells,).
        row_prices: objective gained when the row's bound rises by one unit of money, shape (n_rows,);
            at least 0 for caps, at most 0 for floors.
        roas_prices: objective gained per unit of revenue by which a ROAS floor's shortfall is forgiven, shape
            (n_roas_rows,), at least 0.
        beside: where each cell's marginal return should have crossed its price, on the other side of it than at
            ``spend``; a second look that makes the proof tighter, shape (n_cells,). None without one.
        by: the method that found it, where it is not the one that was asked.
    """

    spend: Array
    row_prices: Array
    roas_prices: Array
    beside: Array | None = None
    by: str = ""
