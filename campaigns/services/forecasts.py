"""Forecast a product from loaded demand: units ahead, whether stock lasts, how demand answers to price."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, ExpressionWrapper, F, FloatField, Max, Min, QuerySet, Sum
from django.db.models.functions import Lower, TruncWeek

from campaigns.forecasting.elasticity import estimate_elasticity
from campaigns.forecasting.forecast import Forecast, forecast_demand
from campaigns.forecasting.history import DemandHistory, ForecastRefused
from campaigns.forecasting.stock import StockOutlook, stock_outlook
from harmonization.models import DemandDay, Product
from harmonization.selectors.products import demand_of

LONGEST_HORIZON, MOST_PRICE_ROWS, SHOWN_BEFORE = 120, 50_000, 56
MOSTLY = 0.8  # of the weeks need a price elsewhere before it is used as an instrument


@dataclass(frozen=True, kw_only=True)
class ForecastWish:
    """What is asked: days ahead, and units now where a stock-out is to be told. An empty retailer takes the fullest."""

    retailer: str = ""
    horizon: int = 28
    on_hand: float | None = None
    confidence: float = 0.9

    def __post_init__(self) -> None:
        if not 1 <= self.horizon <= LONGEST_HORIZON:
            raise ForecastRefused("The horizon is out of range", f"Give 1 to {LONGEST_HORIZON} days.", "horizon")
        if self.on_hand is not None and not 0 <= self.on_hand < 1e12:
            raise ForecastRefused("The stock is impossible", "Give zero or more units.", "on_hand")
        if not 0.5 <= self.confidence < 1:
            raise ForecastRefused("The confidence is out of range", "Give a share such as 0.9.", "confidence")


def forecast_product(*, product: Product, wish: ForecastWish) -> dict[str, Any]:
    """Units by day with their interval beside the baseline, the stock's outlook, and the last weeks as they were.

    Raises ForecastRefused where the history cannot carry it; the detail says what would suffice.
    """
    days = list(demand_of(product=product).exclude(units=None))
    retailers = _retailers(days)
    if not days:
        detail = "No day of sales is loaded for this product; 21 days or more, at least 14 of them in stock, suffice."
        raise ForecastRefused("There is no demand history", detail, "product")
    retailer = wish.retailer or next(iter(retailers))
    if retailer not in retailers:
        raise ForecastRefused("This retailer has no demand", f"Choose one of {', '.join(retailers)}.", "retailer")
    first, history, filled = _history([day for day in days if day.retailer_id == retailer])
    rng = np.random.default_rng([product.pk, wish.horizon])
    found = forecast_demand(history=history, horizon=wish.horizon, rng=rng, confidence=wish.confidence)
    last = first + timedelta(days=len(history.units) - 1)
    notes = [*found.notes, *([f"{filled} days without a row were taken as days without sales."] if filled else [])]
    outlook = None if wish.on_hand is None else _outlook(found, wish)
    return {
        "product": product.pk,
        "sku": product.sku,
        "retailer": retailer,
        "retailers": list(retailers),
        "history_start": first,
        "history_end": last,
        "past": _past(history, first),
        "forecast": _ahead(found, last),
        "total": _total(found, wish.confidence),
        "on_hand": wish.on_hand,
        "stock": None if outlook is None else asdict(outlook),
        "confidence": wish.confidence,
        "notes": notes,
    } | _tested(found)


def price_answer(*, retailer: str, confidence: float = 0.9) -> dict[str, Any]:
    """Price elasticity over a retailer's items and weeks; its price elsewhere is the instrument where known.

    Raises ForecastRefused where prices hardly vary, or the items are too few.
    """
    weeks = _weekly_prices(retailer=retailer)
    elsewhere = _prices_elsewhere(retailer=retailer)
    instrument = np.array([elsewhere.get((item, week), np.nan) for item, week, _, _ in weeks])
    items = np.unique([row[0] for row in weeks], return_inverse=True)[1]
    periods = np.unique([row[1].isoformat() for row in weeks], return_inverse=True)[1]
    found = estimate_elasticity(
        item=items,
        period=periods,
        units=np.array([row[2] for row in weeks], dtype=np.float64),
        price=np.array([row[3] for row in weeks], dtype=np.float64),
        instrument=instrument if len(weeks) and np.isfinite(instrument).mean() > MOSTLY else None,
        confidence=confidence,
    )
    return asdict(found)


def forecastable() -> QuerySet[Any]:
    """Items with demand, most days first: retailer, item, days, first and last day."""
    return (
        DemandDay.objects.current()
        .exclude(units=None)
        .order_by()
        .annotate(item=Lower("sku_id"))
        .values("retailer_id", "item")
        .annotate(days=Count("event_date"), first=Min("event_date"), last=Max("event_date"), sold=Sum("units"))
        .order_by("-days", "retailer_id", "item")
    )


def _retailers(days: Iterable[DemandDay]) -> dict[str, int]:
    """Days by retailer, most first."""
    counts: dict[str, int] = {}
    for day in days:
        counts[day.retailer_id] = counts.get(day.retailer_id, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _history(days: list[DemandDay]) -> tuple[date, DemandHistory, int]:
    """Every day from the first to the last; days without a row are days without sales, and counted."""
    first = min(day.event_date for day in days)
    length = (max(day.event_date for day in days) - first).days + 1
    units, promo, seen = np.zeros(length), np.zeros(length, dtype=bool), np.zeros(length, dtype=bool)
    for day in days:
        place = (day.event_date - first).days
        units[place] += float(day.units or 0)
        promo[place] |= day.promoted_rows > 0
        seen[place] = True
    history = DemandHistory(units=np.maximum(units, 0.0), weekday=first.weekday(), promo=promo)
    return first, history, int((~seen).sum())


def _past(history: DemandHistory, first: date) -> list[dict[str, Any]]:
    start = max(0, len(history.units) - SHOWN_BEFORE)
    return [
        {"day": first + timedelta(days=start + place), "units": float(units)}
        for place, units in enumerate(history.units[start:])
    ]


def _ahead(found: Forecast, last: date) -> list[dict[str, Any]]:
    columns = zip(found.mean, found.low, found.high, found.baseline, strict=True)
    return [
        {
            "day": last + timedelta(days=place + 1),
            "mean": round(float(mean), 4),
            "low": round(float(low), 4),
            "high": round(float(high), 4),
            "baseline": round(float(baseline), 4),
        }
        for place, (mean, low, high, baseline) in enumerate(columns)
    ]


def _total(found: Forecast, confidence: float) -> dict[str, float]:
    """Units over the horizon: from whole futures, since days that follow each other are off together."""
    sums = found.paths.sum(axis=1)
    low, high = np.quantile(sums, [(1 - confidence) / 2, (1 + confidence) / 2])
    return {"mean": float(found.mean.sum()), "low": float(low), "high": float(high)}


def _outlook(found: Forecast, wish: ForecastWish) -> StockOutlook:
    return stock_outlook(paths=found.paths, on_hand=float(wish.on_hand or 0.0), confidence=wish.confidence)


def _tested(found: Forecast) -> dict[str, Any]:
    return {"method": found.method, "mase": dict(found.mase), "skill": found.skill, "tested_on": found.tested_on}


def _weekly_prices(*, retailer: str) -> list[tuple[str, date, float, float]]:
    """Item, week, units and the price paid per unit: revenue by units where there is revenue, else as stated."""
    rows = _weeks(DemandDay.objects.current().filter(retailer_id=retailer))
    return [(_priced(row), row["week"], float(row["sold"]), float(row["paid"])) for row in rows[:MOST_PRICE_ROWS]]


def _prices_elsewhere(*, retailer: str) -> dict[tuple[str, date], float]:
    rows = _weeks(DemandDay.objects.current().exclude(retailer_id=retailer))
    return {(_priced(row), row["week"]): float(row["paid"]) for row in rows[:MOST_PRICE_ROWS]}


def _priced(row: dict[str, Any]) -> str:
    """An item in one currency: prices in two are never compared."""
    return f"{row['item']} {row['currency']}"


def _weeks(days: QuerySet[Any]) -> QuerySet[Any]:
    paid = ExpressionWrapper(F("income") / F("sold"), output_field=FloatField())
    return (
        days.filter(units__gt=0, revenue__gt=0)
        .order_by()
        .annotate(item=Lower("sku_id"), week=TruncWeek("event_date"))
        .values("item", "currency", "week")
        .annotate(sold=Sum("units"), income=Sum("revenue"))
        .annotate(paid=paid)
        .order_by("item", "currency", "week")
    )
