"""How long stock lasts, item by item: what is left, days of cover, the day it runs out, each with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from campaigns.forecasting.history import ForecastRefused
from campaigns.models import Sku
from campaigns.planning.stock_risk import StockedItem, StockLevel, day_of, item_outlook
from campaigns.selectors.history import HistoryWindow, history_window
from campaigns.selectors.stock import Key, events_folder, items_by_revenue, items_sold, known_levels
from harmonization.crosswalk.keys import CodeKind
from harmonization.models import ProductCode

LONGEST_HORIZON = 120
NOT_TOLD = "Nobody told its stock: enter it, or import an export with stock levels."


@dataclass(frozen=True, kw_only=True)
class StockWish:
    """Which items, how many days ahead, and what part of the futures an interval holds."""

    retailer: str = ""
    search: str = ""
    horizon: int = 28
    confidence: float = 0.9

    def __post_init__(self) -> None:
        if not 1 <= self.horizon <= LONGEST_HORIZON:
            raise ForecastRefused("The horizon is out of range", f"Give 1 to {LONGEST_HORIZON} days.", "horizon")
        if not 0.5 <= self.confidence < 1:
            raise ForecastRefused("The confidence is out of range", "Give a share such as 0.9.", "confidence")


@dataclass(frozen=True, kw_only=True)
class StockList:
    """Items that could be looked at, those that earn most first; ``window`` is None where no facts are imported."""

    window: HistoryWindow | None
    keys: list[Key]


def stock_list(*, wish: StockWish) -> StockList:
    """Which items there are; nothing is forecast yet."""
    window = history_window()
    keys = items_by_revenue(window=window, retailer=wish.retailer, search=wish.search) if window else []
    return StockList(window=window, keys=keys)


def stock_outlooks(*, window: HistoryWindow, keys: Sequence[Key], wish: StockWish) -> list[dict[str, Any]]:
    """One row an item, in the order of ``keys``; where nothing can be said, ``reason`` says why."""
    levels = known_levels(events=events_folder(), until=window.end)
    items = {(one.retailer_id, one.item): one for one in items_sold(window=window, levels=levels, only=set(keys))}
    names, products = _names(keys), _products(keys)
    return [
        _row(items[key], level=levels.get(key), wish=wish)
        | {"name": names.get(key, ""), "product": products.get((key[0], key[1].lower()))}
        for key in keys
        if key in items
    ]


def _row(item: StockedItem, *, level: StockLevel | None, wish: StockWish) -> dict[str, Any]:
    found: dict[str, Any] = {
        "retailer": item.retailer_id,
        "item": item.item,
        "brand": item.brand,
        "sales_until": item.end,
        "on_hand": item.on_hand,
        "told": None if level is None else {"units": level.units, "day": level.told_on, "by": level.source},
        "outlook": None,
        "reason": NOT_TOLD if level is None else "",
    }
    if level is None:
        return found
    rng = np.random.default_rng([wish.horizon, *f"{item.retailer_id} {item.item}".encode()])
    try:
        outlook = item_outlook(item=item, horizon_days=wish.horizon, rng=rng, confidence=wish.confidence)
    except ForecastRefused as refusal:
        return found | {"reason": f"{refusal.title}: {refusal.detail}"}
    low, middle, high = (day_of(item=item, number=number) for number in outlook.runs_out)
    return found | {
        "outlook": {
            "horizon": wish.horizon,
            "confidence": wish.confidence,
            "probability": outlook.probability,
            "runs_out": {"day": middle, "low": low, "high": high},
            "cover_days": _interval(outlook.cover_days, outlook.cover_interval),
            "sellable": _interval(outlook.sellable, outlook.sellable_interval),
            "lost": _interval(outlook.lost, outlook.lost_interval),
        }
    }


def _interval(mean: float, ends: tuple[float, float]) -> dict[str, float]:
    return {"mean": mean, "low": ends[0], "high": ends[1]}


def _names(keys: Sequence[Key]) -> dict[Key, str]:
    rows = Sku.objects.filter(sku_id__in={sku for _, sku in keys}).values_list("retailer_id", "sku_id", "name")
    return {(retailer, sku): name for retailer, sku, name in rows}


def _products(keys: Sequence[Key]) -> dict[Key, int]:
    """The tenant's product behind a retailer's item, where one was confirmed."""
    codes = ProductCode.objects.filter(kind=CodeKind.ITEM_ID, code__in={sku.lower() for _, sku in keys})
    rows = codes.values_list("retailer_id", "code", "product_id")
    return {(retailer, code): product for retailer, code, product in rows}
