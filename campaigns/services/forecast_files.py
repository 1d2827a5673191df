"""Forecast from a CSV file: demand by item, and whether the stock lasts."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from campaigns.forecasting.forecast import Forecast, forecast_demand
from campaigns.forecasting.history import DemandHistory, ForecastRefused
from campaigns.forecasting.stock import StockOutlook, stock_outlook

MOST_ITEMS = 500
YES = ("1", "true", "yes", "y")


@dataclass(frozen=True, kw_only=True)
class DemandColumns:
    """Which column is which; without ``item`` the file is of one item. Stock of zero marks a sold-out day."""

    date: str
    units: str
    item: str | None = None
    promo: str | None = None
    stock: str | None = None

    @property
    def named(self) -> list[str]:
        """The columns that are named."""
        return [name for name in (self.date, self.units, self.item, self.promo, self.stock) if name]


def forecast_file(
    *, path: Path, columns: DemandColumns, horizon: int, on_hand: float | None, confidence: float, seed: int
) -> dict[str, Any]:
    """A forecast per item; items whose history cannot carry one are listed with the reason.

    ``on_hand`` is the stock at the end of the file where no column tells.

    Raises ForecastRefused where the file itself cannot be used.
    """
    table = _table(path, columns)
    items = table["__item"].unique(maintain_order=True).to_list()
    if len(items) > MOST_ITEMS:
        raise ForecastRefused(
            "Too many items", f"{len(items):,} items; at most {MOST_ITEMS} at a time.", columns.item or ""
        )
    done, refused = [], []
    for number, item in enumerate(items):
        rng = np.random.default_rng([seed, number])
        try:
            done.append(
                _of_item(table.filter(pl.col("__item") == item), item, horizon, on_hand, confidence=confidence, rng=rng)
            )
        except ForecastRefused as refusal:
            refused.append({"item": item, "reason": f"{refusal.title}. {refusal.detail}"})
    return {"horizon": horizon, "confidence": confidence, "forecasts": done, "refused": refused}


def _of_item(
    table: pl.DataFrame,
    item: str,
    horizon: int,
    on_hand: float | None,
    *,
    confidence: float,
    rng: np.random.Generator,
) -> dict[str, Any]:
    first, last = table["__day"].min(), table["__day"].max()
    if not isinstance(first, date) or not isinstance(last, date):
        raise ForecastRefused("There is no day", "Give at least one row.", "date")
    if table["__day"].n_unique() != len(table):
        raise ForecastRefused("A day stands twice", "Keep one row per item and day.", "date")
    days = pl.DataFrame({"__day": pl.date_range(first, last, eager=True)}).join(table, on="__day", how="left")
    stock = days["__stock"].to_numpy()
    history = DemandHistory(
        units=days["__units"].fill_null(0).to_numpy(),
        weekday=first.weekday(),
        promo=days["__promo"].fill_null(False).to_numpy(),
        is_censored=np.nan_to_num(stock, nan=1.0) <= 0,
    )
    found = forecast_demand(history=history, horizon=horizon, rng=rng, confidence=confidence)
    left = float(stock[-1]) if np.isfinite(stock[-1]) else on_hand
    outlook = None if left is None else stock_outlook(paths=found.paths, on_hand=left, confidence=confidence)
    return _described(item, last, found, outlook)


def _described(item: str, last: date, found: Forecast, outlook: StockOutlook | None) -> dict[str, Any]:
    return {
        "item": item,
        "method": found.method,
        "days": [(last + timedelta(days=ahead + 1)).isoformat() for ahead in range(len(found.mean))],
        "mean": found.mean.round(4).tolist(),
        "low": found.low.round(4).tolist(),
        "high": found.high.round(4).tolist(),
        "baseline": found.baseline.round(4).tolist(),
        "mase": dict(found.mase),
        "skill": found.skill,
        "tested_on": found.tested_on,
        "stock": None if outlook is None else outlook.__dict__,
        "notes": list(found.notes),
    }


def _table(path: Path, columns: DemandColumns) -> pl.DataFrame:
    try:
        table = pl.read_csv(path, infer_schema=False).fill_null("")
    except OSError as error:
        raise ForecastRefused("The file cannot be read", f"{error.strerror}.", str(path)) from error
    except pl.exceptions.PolarsError as error:
        raise ForecastRefused("This is not a CSV table", "Save it with a header row and commas.", str(path)) from error
    for name in columns.named:
        if name not in table.columns:
            detail = f"There is no column “{name}”; the file has {', '.join(table.columns[:20])}."
            raise ForecastRefused("A column is missing", detail, name)
    promo = pl.col(columns.promo).str.to_lowercase().is_in(YES) if columns.promo else pl.lit(False)
    stock = pl.col(columns.stock).cast(pl.Float64, strict=False) if columns.stock else pl.lit(None, dtype=pl.Float64)
    read = table.select(
        (pl.col(columns.item) if columns.item else pl.lit("all")).alias("__item"),
        pl.col(columns.date).str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).alias("__day"),
        pl.col(columns.units).cast(pl.Float64, strict=False).alias("__units"),
        promo.alias("__promo"),
        stock.alias("__stock"),
    )
    for name, column in (("__day", columns.date), ("__units", columns.units)):
        bad = read.with_row_index("__row", offset=2).filter(pl.col(name).is_null())
        if len(bad):
            detail = f"“{table[column][int(bad[0, '__row']) - 2]}” cannot be read; {len(bad)} rows are so."
            raise ForecastRefused("A value cannot be read", detail, f"line {bad[0, '__row']}, {column}")
    return read.sort("__day")
