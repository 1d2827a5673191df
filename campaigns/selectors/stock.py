"""Items with what they sold and what is left of them: stock told by exports and people beside the daily facts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.db.models import Sum

from campaigns.models import StockCount
from campaigns.planning.stock_risk import StockedItem, StockLevel, at_end_of_sales, daily_units
from campaigns.selectors.history import HistoryWindow, cell_facts
from harmonization.models import DemandDay
from harmonization.pipeline.dataset import scan_events
from harmonization.pipeline.writing import Datasets
from tenants.database.current import connection

Key = tuple[str, str]


def events_folder() -> Path:
    """Where the current tenant's event rows are; they tell stock levels, which the daily facts do not hold."""
    return Path(settings.DATA_DIR) / connection.schema_name / "rmis" / Datasets.EVENTS


def stocked_items(*, window: HistoryWindow, retailers: Sequence[str], events: Path) -> tuple[StockedItem, ...]:
    """Every item with facts in the window; none where nobody told a stock level."""
    levels = known_levels(events=events, until=window.end)
    return items_sold(window=window, retailers=retailers, levels=levels) if levels else ()


def items_sold(
    *,
    window: HistoryWindow,
    levels: dict[Key, StockLevel],
    retailers: Sequence[str] = (),
    only: Collection[Key] | None = None,
) -> tuple[StockedItem, ...]:
    """Items with facts in the window, or ``only`` these.

    What was sold in all is taken from the sales history where one is loaded; else from the ads' own figures, which are
    less, so that the risk is understated.
    """
    facts = cell_facts(start=window.start, end=window.end, retailers=retailers).exclude(sku_id="").order_by()
    if only is not None:
        facts = facts.filter(sku_id__in={sku for _, sku in only})
    daily = facts.values("retailer_id", "sku_id", "cell_brand", "event_date")
    rows: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in daily.annotate(count=Sum("units"), earned=Sum("revenue")):
        if only is None or (row["retailer_id"], row["sku_id"]) in only:
            rows[row["retailer_id"], row["sku_id"], row["cell_brand"]].append(row)
    sales = _sales(window=window, keys={(retailer, sku) for retailer, sku, _ in rows} & set(levels))
    return tuple(
        _item(window, key=key, rows=own, sales=sales.get(key[:2]), level=levels.get(key[:2]))
        for key, own in rows.items()
    )


def known_levels(*, events: Path, until: date) -> dict[Key, StockLevel]:
    """The latest level of each item, told by an export up to ``until`` or by people on any day."""
    levels = stock_levels(events=events, until=until)
    for count in StockCount.objects.order_by("counted_on"):
        key = count.retailer_id, count.sku_id
        if key not in levels or levels[key].told_on <= count.counted_on:
            levels[key] = StockLevel(units=float(count.units), told_on=count.counted_on, source=count.source)
    return levels


def stock_levels(*, events: Path, until: date) -> dict[Key, StockLevel]:
    """Items in stock by retailer and item, on the last day told up to ``until``; the lowest where rows differ."""
    found = (
        scan_events(events)
        .select(
            pl.col("retailer_id").cast(pl.String),
            pl.col("sku_id").cast(pl.String),
            pl.col("event_date"),
            pl.col("stock_level").cast(pl.Float64),
        )
        .drop_nulls()
        .filter((pl.col("event_date") <= until) & (pl.col("stock_level") >= 0))
        .group_by("retailer_id", "sku_id")
        .agg(
            pl.col("stock_level").filter(pl.col("event_date") == pl.col("event_date").max()).min(),
            pl.col("event_date").max(),
        )
    )
    return {
        (row["retailer_id"], row["sku_id"]): StockLevel(
            units=row["stock_level"], told_on=row["event_date"], source="the retailer's export"
        )
        for row in found.collect(engine="streaming").iter_rows(named=True)
    }


def _item(
    window: HistoryWindow,
    *,
    key: tuple[str, str, str],
    rows: Sequence[dict[str, Any]],
    sales: Sequence[tuple[date, float]] | None,
    level: StockLevel | None,
) -> StockedItem:
    retailer, sku, brand = key
    units = daily_units(
        rows=sales or [(row["event_date"], float(row["count"])) for row in rows], start=window.start, end=window.end
    )
    on_hand, waited = at_end_of_sales(level=level, start=window.start, units=units)
    return StockedItem(
        retailer_id=retailer,
        brand=brand,
        item=sku,
        start=window.start,
        units=units,
        revenue=sum(float(row["earned"]) for row in rows),
        on_hand=on_hand,
        waited=waited,
    )


def items_by_revenue(*, window: HistoryWindow, retailer: str = "", search: str = "") -> list[Key]:
    """Items with facts in the window, those that earn most first."""
    facts = cell_facts(start=window.start, end=window.end, retailers=[retailer] if retailer else ())
    facts = facts.exclude(sku_id="").filter(sku_id__icontains=search) if search else facts.exclude(sku_id="")
    earned = facts.order_by().values("retailer_id", "sku_id").annotate(earned=Sum("revenue"))
    rows = sorted(earned, key=lambda row: (-row["earned"], row["retailer_id"], row["sku_id"]))
    return [(row["retailer_id"], row["sku_id"]) for row in rows]


def known_items() -> dict[Key, Key]:
    """Every item that facts name, by retailer and item in small letters: what a count may be of."""
    facts = cell_facts(start=date.min, end=date.max).exclude(sku_id="").order_by()
    pairs: Iterable[Key] = facts.values_list("retailer_id", "sku_id").distinct()
    return {(retailer.casefold(), sku.casefold()): (retailer, sku) for retailer, sku in pairs}


def _sales(*, window: HistoryWindow, keys: set[Key]) -> dict[Key, list[tuple[date, float]]]:
    """Units sold by day, whatever sold them, of the items that a sales history knows."""
    known = DemandDay.objects.filter(
        superseded_by=None,
        event_date__range=(window.start, window.end),
        sku_id__in={sku for _, sku in keys},
        units__isnull=False,
    )
    sold: dict[Key, list[tuple[date, float]]] = defaultdict(list)
    for retailer, sku, day, units in known.values_list("retailer_id", "sku_id", "event_date", "units"):
        if (retailer, sku) in keys:
            sold[retailer, sku].append((day, float(units or 0)))
    return sold
