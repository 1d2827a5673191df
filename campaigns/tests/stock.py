"""Stock levels of the small market: its one item at two retailers, sold at a steady pace."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from harmonization.models import DailyFact

LEVELS = {"retailer_id": pl.String, "sku_id": pl.String, "event_date": pl.Date, "stock_level": pl.Int64}


def sell_daily(units: int = 40) -> date:
    """Every fact sells so many units; the last day known."""
    DailyFact.objects.update(units=units)
    return DailyFact.objects.latest("event_date").event_date


def export_levels(*, folder: Path, schema: str, rows: list[tuple[str, str, int, int]]) -> Path:
    """Levels as exports tell them: retailer, item, days before the last day known, units."""
    last, events = sell_daily(), folder / schema / "rmis" / "events"
    events.mkdir(parents=True)
    told = [(retailer, item, last - timedelta(days=ago), units) for retailer, item, ago, units in rows]
    pl.DataFrame(told, schema=LEVELS, orient="row").write_parquet(events / "day.parquet")
    return events
