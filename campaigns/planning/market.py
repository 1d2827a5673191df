"""Price and promotion of each cell's items by day, from sales histories: what may pass for the ads' doing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from campaigns.planning.history import CellHistory

# A series with more days unknown than this would be mostly our own filling.
LEAST_KNOWN = 0.9

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class MarketRow:
    """One day of one item at one retailer, over all stores.

    Attributes:
        price: as stated; None where the source does not say.
        promoted: share of the day's rows on promotion.
        units: sold; the weight of the item within its brand.
    """

    day: date
    retailer_id: str
    brand: str
    item: str
    price: float | None
    promoted: float
    units: float


@dataclass(frozen=True, kw_only=True, eq=False)
class MarketSeries:
    """Of one brand at one retailer, shape (n_days,); None where too few days are known."""

    promo: Floats | None
    price: Floats | None


def market_series(*, rows: Iterable[MarketRow], start: date, end: date) -> dict[tuple[str, str], MarketSeries]:
    """Series by retailer and brand from ``start`` to ``end``, both included.

    The price is that of each item over its own mean, so that a dearer item selling more is no rise in price. Items
    count by the units they sell over the whole time. A day nobody tells takes the mean of the others.
    """
    days = (end - start).days + 1
    by_brand: dict[tuple[str, str], dict[str, list[MarketRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if start <= row.day <= end:
            by_brand[row.retailer_id, row.brand.casefold()][row.item].append(row)
    return {key: _series(items, start=start, days=days) for key, items in by_brand.items()}


def with_market(
    *, histories: Sequence[CellHistory], series: Mapping[tuple[str, str], MarketSeries]
) -> tuple[CellHistory, ...]:
    """The histories with what is known of their brand's price and promotion at their retailer."""
    nothing = MarketSeries(promo=None, price=None)
    found = [series.get((history.path[1], history.path[3].casefold()), nothing) for history in histories]
    return tuple(
        replace(history, promo=one.promo, price=one.price) for history, one in zip(histories, found, strict=True)
    )


def _series(items: Mapping[str, Sequence[MarketRow]], *, start: date, days: int) -> MarketSeries:
    sums = np.zeros((4, days))
    for rows in items.values():
        weight = max(sum(row.units for row in rows), 1e-9)
        prices = [row.price for row in rows if row.price]
        usual = sum(prices) / len(prices) if prices else 0.0
        for row in rows:
            day = (row.day - start).days
            sums[:2, day] += weight * row.promoted, weight
            if row.price:
                sums[2:, day] += weight * row.price / usual, weight
    return MarketSeries(promo=_mean(sums[0], sums[1]), price=_mean(sums[2], sums[3]))


def _mean(total: Floats, weight: Floats) -> Floats | None:
    known = weight > 0.0
    if known.mean() < LEAST_KNOWN:
        return None
    values = np.divide(total, weight, out=np.zeros_like(total), where=known)
    filled: Floats = np.where(known, values, values[known].mean())
    return filled
