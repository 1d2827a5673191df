"""Items with what they sold and what is left of them: stock levels of uploaded exports beside the daily facts."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from django.db.models import Sum

from campaigns.planning.stock_risk import StockedItem, daily_units
from campaigns.selectors.history import HistoryWindow, cell_facts
from harmonization.models import DemandDay
from harmonization.pipeline.dataset import scan_events

Key = tuple[str, str]


def stocked_items(*, window: HistoryWindow, retailers: Sequence[str], events: Path) -> tuple[StockedItem, ...]:
    """Every item with facts in the window; none where no export told a stock level.

    What was sold in all is taken from the sales history where one is loaded; else from the ads' own figures, which are
    less, so that the risk is understated.
    """
    levels = stock_levels(events=events, until=window.end)
    if not levels:
        return ()
    facts = (
        cell_facts(start=window.start, end=window.end, retailers=retailers)
        .exclude(sku_id="")
        .order_by()
        .values("retailer_id", "sku_id", "cell_brand", "event_date")
        .annotate(count=Sum("units"), earned=Sum("revenue"))
    )
    rows: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in facts:
        rows[row["retailer_id"], row["sku_id"], row["cell_brand"]].append(row)
    sales = _sales(window=window, keys={(retailer, sku) for retailer, sku, _ in rows} & set(levels))
    return tuple(
        StockedItem(
            retailer_id=retailer,
            brand=brand,
            item=sku,
            start=window.start,
            units=daily_units(
                rows=sales.get((retailer, sku)) or [(row["event_date"], float(row["count"])) for row in own],
                start=window.start,
                end=window.end,
            ),
            revenue=sum(float(row["earned"]) for row in own),
            on_hand=levels.get((retailer, sku)),
        )
        for (retailer, sku, brand), own in rows.items()
    )


def stock_levels(*, events: Path, until: date) -> dict[Key, float]:
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
        .agg(pl.col("stock_level").filter(pl.col("event_date") == pl.col("event_date").max()).min())
    )
    return {
        (row["retailer_id"], row["sku_id"]): row["stock_level"]
        for row in found.collect(engine="streaming").iter_rows(named=True)
    }


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
