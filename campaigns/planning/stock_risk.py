"""Will the items behind a cell last through the flight? Demand is forecast item by item and run against its stock.

Ads of one brand at one retailer sell from the same stock, so all its placements share the same figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from campaigns.forecasting.forecast import forecast_demand
from campaigns.forecasting.history import WEEK, DemandHistory, ForecastRefused
from campaigns.forecasting.stock import stock_outlook
from campaigns.planning.history import CellHistory, StockRisk

MOST_ITEMS = 60  # forecast per plan, those that earn most first


@dataclass(frozen=True, kw_only=True)
class StockedItem:
    """One item at one retailer.

    Attributes:
        units: sold a day, shape (n_days,), beginning with ``start``; as attributed to ads where nothing else is known.
        revenue: over those days; its weight within the brand, and with the units its price.
        on_hand: units in stock; None where nobody told.
    """

    retailer_id: str
    brand: str
    item: str
    start: date
    units: NDArray[np.float64]
    revenue: float
    on_hand: float | None


def stock_risks(
    *, items: Iterable[StockedItem], horizon_days: int, rng: np.random.Generator
) -> dict[tuple[str, str], StockRisk]:
    """Risk by retailer and brand, of those with at least one item whose stock and long enough history are known."""
    by_brand: dict[tuple[str, str], list[StockedItem]] = defaultdict(list)
    for item in items:
        by_brand[item.retailer_id, item.brand.casefold()].append(item)
    told = [item for group in by_brand.values() for item in group if item.on_hand is not None and item.revenue > 0]
    looked_at = {id(item) for item in sorted(told, key=lambda one: -one.revenue)[:MOST_ITEMS]}
    risks = {}
    for key, group in by_brand.items():
        known = [item for item in group if id(item) in looked_at]
        if found := _risk(group, known, horizon_days, rng):
            risks[key] = found
    return risks


def with_stock_risks(
    *, histories: Sequence[CellHistory], risks: Mapping[tuple[str, str], StockRisk]
) -> tuple[CellHistory, ...]:
    """The histories with the risk of their brand at their retailer, where there is one."""
    return tuple(
        replace(history, stock_risk=risks.get((history.path[1], history.path[3].casefold()))) for history in histories
    )


def _risk(
    group: Sequence[StockedItem], known: Sequence[StockedItem], horizon: int, rng: np.random.Generator
) -> StockRisk | None:
    weights, chances, covers, value = [], [], [], 0.0
    for item in known:
        try:
            history = DemandHistory(
                units=item.units,
                weekday=item.start.weekday(),
                promo=np.zeros(item.units.size, dtype=np.bool_),
                is_censored=np.zeros(item.units.size, dtype=np.bool_),
            )
            paths = _paths(history, horizon, rng)
        except ForecastRefused:
            continue
        outlook = stock_outlook(paths=paths, on_hand=float(item.on_hand or 0.0))
        weights.append(item.revenue)
        chances.append(outlook.probability)
        covers.append(outlook.cover_days)
        value += float(item.on_hand or 0.0) * item.revenue / max(float(item.units.sum()), 1e-9)
    whole, told = sum(item.revenue for item in group), sum(weights)
    if told <= 0.0:
        return None
    return StockRisk(
        probability=float(np.average(chances, weights=weights)),
        stock_value=value if told >= whole * (1.0 - 1e-9) else None,
        known_share=told / whole,
        cover_days=float(np.average(covers, weights=weights)),
    )


def _paths(history: DemandHistory, horizon: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Simulated demand over the flight, shape (n_paths, horizon).

    A forecast needs a history of several times its length; beyond what the history carries its weeks are repeated.
    """
    carried = min(horizon, max(history.units.size // 4 // WEEK, 1) * WEEK)
    paths = forecast_demand(history=history, horizon=carried, rng=rng).paths
    return np.tile(paths, (1, -(-horizon // carried)))[:, :horizon]


def daily_units(*, rows: Iterable[tuple[date, float]], start: date, end: date) -> NDArray[np.float64]:
    """Units by day from ``start`` to ``end``, days without rows as zeros, shape (n_days,)."""
    units = np.zeros((end - start) // timedelta(days=1) + 1)
    for day, count in rows:
        if start <= day <= end:
            units[(day - start).days] += count
    return units
