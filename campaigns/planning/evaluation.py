"""What a split of money would bring, with its uncertainty: outcomes over draws of curves and incrementality."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.response.attribution_bias import RetailerShare

Array = NDArray[np.float64]
LOW, HIGH = 5.0, 95.0


@dataclass(frozen=True, kw_only=True)
class Interval:
    """Mean and 90% interval (5th to 95th percentile over draws)."""

    mean: float
    low: float
    high: float

    def as_json(self) -> dict[str, float]:
        return {"mean": self.mean, "low": self.low, "high": self.high}


@dataclass(frozen=True, kw_only=True)
class Incrementality(RetailerShare):
    """Share of attributed revenue that ads caused at one retailer, and who says so."""

    source: str


@dataclass(frozen=True, kw_only=True)
class ResponseDraws:
    """Curves ``beta·x/(k+x)`` of every cell in every draw, money per horizon.

    Attributes:
        beta, k: shape (n_draws, n_cells).
        incrementality: shape (n_draws, n_cells).
        margin_rate: shape (n_cells,).
    """

    beta: Array
    k: Array
    incrementality: Array
    margin_rate: Array

    def revenue(self, spend: Array) -> Array:
        """Attributed revenue, shape (n_draws, n_cells), for ``spend`` of shape (n_cells,)."""
        return self.beta * spend / (self.k + spend)

    def marginal_revenue(self, spend: Array) -> Array:
        """Attributed revenue of one more unit of money, shape (n_draws, n_cells)."""
        slope: Array = self.beta * self.k / (self.k + spend) ** 2
        return slope


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A split and what it brings per draw and cell, shape (n_draws, n_cells); margin is before the cost of the ads."""

    spend: Array
    revenue: Array
    incremental_revenue: Array
    incremental_margin: Array

    def total(self, name: str) -> Array:
        """Sum over cells per draw of ``revenue``, ``incremental_revenue`` or ``incremental_margin``."""
        summed: Array = getattr(self, name).sum(axis=1)
        return summed


def outcome_of(*, spend: Array, response: ResponseDraws) -> Outcome:
    """Evaluate a split, ``spend`` of shape (n_cells,), in every draw."""
    revenue = response.revenue(spend)
    incremental = revenue * response.incrementality
    return Outcome(
        spend=spend,
        revenue=revenue,
        incremental_revenue=incremental,
        incremental_margin=incremental * response.margin_rate,
    )


def interval_of(values: Array) -> Interval:
    """Mean and 90% interval of one number's draws, shape (n_draws,)."""
    low, high = np.percentile(values, [LOW, HIGH])
    return Interval(mean=float(values.mean()), low=float(low), high=float(high))
