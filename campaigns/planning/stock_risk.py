"""Will the items behind a cell last through the flight? Demand is forecast item by item and run against its stock.

Ads of one brand at one retailer sell from the same stock, so all its placements share the same figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campaigns.forecasting.forecast import forecast_demand
from campaigns.forecasting.history import WEEK, DemandHistory, ForecastRefused
from campaigns.forecasting.stock import StockOutlook, stock_outlook
from campaigns.planning.history import CellHistory, RunsOut, StockRisk

MOST_ITEMS = 60  # forecast per plan, those that earn most first
LEAST_CHANCE, MOST_NAMED = 0.1, 3


@dataclass(frozen=True, kw_only=True)
class StockLevel:
    """Units of one item at one retailer as somebody told them, at the end of a day."""

    units: float
    told_on: date
    source: str


@dataclass(frozen=True, kw_only=True)
class StockedItem:
    """One item at one retailer.

    Attributes:
        units: sold a day, shape (n_days,), beginning with ``start``; as attributed to ads where nothing else is known.
        revenue: over those days; its weight within the brand, and with the units its price.
        on_hand: units in stock at the end of those days; None where nobody told.
        waited: days between the last of those and the day on which the stock was told, where that was later.
    """

    retailer_id: str
    brand: str
    item: str
    start: date
    units: NDArray[np.float64]
    revenue: float
    on_hand: float | None
    waited: int = 0

    @property
    def end(self) -> date:
        """The last day of its sales."""
        return self.start + timedelta(days=self.units.size - 1)


def at_end_of_sales(*, level: StockLevel | None, start: date, units: NDArray[np.float64]) -> tuple[float | None, int]:
    """What is left of a level after what was sold since, and how many days the level is younger than the sales.

    Receipts since are not known, so they are not in it.
    """
    if level is None:
        return None, 0
    since = (level.told_on - start).days + 1
    if since >= units.size:
        return level.units, since - units.size
    return max(0.0, level.units - float(units[max(since, 0) :].sum())), 0


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


def item_outlook(
    *, item: StockedItem, horizon_days: int, rng: np.random.Generator, confidence: float = 0.9
) -> StockOutlook:
    """The item's stock run down over the days after its sales, those before the stock was told left out.

    Raises ForecastRefused where its history cannot carry a forecast.
    """
    history = DemandHistory(
        units=item.units,
        weekday=item.start.weekday(),
        promo=np.zeros(item.units.size, dtype=np.bool_),
        is_censored=np.zeros(item.units.size, dtype=np.bool_),
    )
    paths = _paths(history, item.waited + horizon_days, rng)[:, item.waited :]
    return stock_outlook(paths=paths, on_hand=float(item.on_hand or 0.0), confidence=confidence)


def day_of(*, item: StockedItem, number: int | None) -> date | None:
    """The date of an outlook's day."""
    return None if number is None else item.end + timedelta(days=item.waited + number)


def risk_to_json(*, risk: StockRisk | None) -> dict[str, Any] | None:
    """As it is kept with a plan's curves; days in ISO form."""
    if risk is None:
        return None
    days = [
        asdict(one) | {name: _iso(getattr(one, name)) for name in ("day", "low", "high")} for one in risk.running_out
    ]
    return asdict(risk) | {"running_out": days}


def risk_from_json(*, stored: Mapping[str, Any] | None) -> StockRisk | None:
    """The same again; risks kept before items were named have none."""
    if not stored:
        return None
    items = tuple(
        RunsOut(
            item=one["item"],
            probability=one["probability"],
            **{name: date.fromisoformat(one[name]) if one[name] else None for name in ("day", "low", "high")},
        )
        for one in stored.get("running_out", ())
    )
    return StockRisk(**dict(stored) | {"running_out": items})


def _risk(
    group: Sequence[StockedItem], known: Sequence[StockedItem], horizon: int, rng: np.random.Generator
) -> StockRisk | None:
    found: list[tuple[StockedItem, StockOutlook]] = []
    for item in known:
        try:
            found.append((item, item_outlook(item=item, horizon_days=max(1, horizon - item.waited), rng=rng)))
        except ForecastRefused:
            continue
    weights = [item.revenue for item, _ in found]
    whole, told = sum(item.revenue for item in group), sum(weights)
    if told <= 0.0:
        return None
    value = sum(float(item.on_hand or 0.0) * item.revenue / max(float(item.units.sum()), 1e-9) for item, _ in found)
    return StockRisk(
        probability=float(np.average([outlook.probability for _, outlook in found], weights=weights)),
        stock_value=value if told >= whole * (1.0 - 1e-9) else None,
        known_share=told / whole,
        cover_days=float(np.average([outlook.cover_days for _, outlook in found], weights=weights)),
        running_out=_running_out(found),
    )


def _running_out(found: Sequence[tuple[StockedItem, StockOutlook]]) -> tuple[RunsOut, ...]:
    named = []
    for item, outlook in found:
        if outlook.probability >= LEAST_CHANCE:
            low, middle, high = (day_of(item=item, number=number) for number in outlook.runs_out)
            named.append(RunsOut(item=item.item, probability=outlook.probability, day=middle, low=low, high=high))
    return tuple(sorted(named, key=lambda one: (one.day or date.max, -one.probability, one.item))[:MOST_NAMED])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


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
