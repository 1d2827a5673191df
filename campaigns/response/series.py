"""What is known of one cell day by day, and whether it is enough to estimate anything."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curves import Array

LEAST_WEEKS = 6
LEAST_DAYS = 28
LEAST_SPREAD = 1.25
# Revenue that follows spend to this power or more, and is told by it this well, shows no saturation to be fitted. Spend
# that chases demand may rise a little faster than in proportion; a saturating curve is always slower.
STEEPEST_GROWTH, PLAIN_GROWTH = 1.4, 0.7

Mask = NDArray[np.bool_]


class InsufficientData(Exception):
    """The history cannot tell how revenue responds to spend.

    Attributes:
        reason: what is missing.
        would_suffice: what history would do.
    """

    def __init__(self, reason: str, would_suffice: str) -> None:
        super().__init__(f"{reason} {would_suffice}")
        self.reason, self.would_suffice = reason, would_suffice


@dataclass(frozen=True, kw_only=True, eq=False)
class CellSeries:
    """Consecutive days of one cell, all of shape (n_days,).

    Attributes:
        path: the cell's place in the hierarchy, widest level first; cells of one estimate have paths of one length.
        spend, revenue: money a day; a day without spend is a zero.
        promo: share of the cell's items on promotion, 0 to 1; None where nobody says.
        price: average price of the items; None where nobody says.
        stock: share of the items that could be bought, 0 to 1; None where nobody says.
    """

    path: tuple[str, ...]
    spend: Array
    revenue: Array
    promo: Array | None = None
    price: Array | None = None
    stock: Array | None = None

    @property
    def used(self) -> Mask:
        """Days with spend: the others tell nothing about the curve."""
        return self.spend > 0.0


def check_series(series: CellSeries) -> None:
    """Refuse what cannot be a history.

    Raises ValueError for series of different length, or holding a negative or non-finite number.
    """
    named = {"Spend": series.spend, "Revenue": series.revenue}
    known = {"Promotion": series.promo, "Price": series.price, "Stock": series.stock}
    named |= {name: values for name, values in known.items() if values is not None}
    for name, values in named.items():
        if values.ndim != 1 or values.shape != series.spend.shape:
            raise ValueError(f"{name} and spend must be equally long, got {values.shape} and {series.spend.shape}.")
        if not np.all(np.isfinite(values)) or np.any(values < 0.0):
            raise ValueError(f"{name} holds a negative or non-finite number.")


def check_sufficient(series: CellSeries) -> None:
    """Refuse a history too short, too empty or too constant for a curve of its own.

    Raises InsufficientData.
    """
    used = series.used
    days, weeks = int(used.sum()), np.unique(np.flatnonzero(used) // 7).size
    if days < LEAST_DAYS or weeks < LEAST_WEEKS:
        raise InsufficientData(
            f"Only {_counted(days, 'day')} in {_counted(weeks, 'week')} {'has' if days == 1 else 'have'} spend.",
            f"At least {LEAST_DAYS} days with spend in {LEAST_WEEKS} weeks are needed.",
        )
    earning = int((series.revenue[used] > 0.0).sum())
    if earning < LEAST_DAYS // 2:
        raise InsufficientData(
            f"Only {earning} days have revenue.",
            f"At least {LEAST_DAYS // 2} days with revenue are needed; merge small cells.",
        )
    low, high = np.percentile(series.spend[used], [10.0, 90.0])
    if high < LEAST_SPREAD * low:
        raise InsufficientData(
            f"Spend hardly varied: its 90th percentile is only {high / low:.2f} times its 10th.",
            f"Vary it week by week by a factor of {LEAST_SPREAD:g} or more for {LEAST_WEEKS} weeks, or run a test.",
        )
    exponent, told = _growth(series)
    if exponent > STEEPEST_GROWTH and told > PLAIN_GROWTH:
        raise InsufficientData(
            f"Revenue grew faster than spend (its power {exponent:.1f}) and never flattened; no saturation is seen.",
            "Spend more for some weeks until returns fall, or say what else moved with spend (promotions, prices).",
        )


def _growth(series: CellSeries) -> tuple[float, float]:
    """The power of spend that revenue follows, at least (two standard errors lower), and how much of it that tells."""
    inside = series.used & (series.revenue > 0.0)
    spend, revenue = (np.log(values[inside] / values[inside].mean()) for values in (series.spend, series.revenue))
    spend, revenue = spend - spend.mean(), revenue - revenue.mean()
    power = float(spend @ revenue) / float(spend @ spend)
    left, whole = float(np.sum((revenue - power * spend) ** 2)), float(revenue @ revenue)
    error = float(np.sqrt(left / (spend.size - 2) / float(spend @ spend)))
    return power - 2.0 * error, 1.0 - left / whole if whole > 0.0 else 0.0


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
