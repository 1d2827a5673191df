"""Cost in the currency the workspace reports in: looked up by day, not joined; empty where there is no rate."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from harmonization.comparison.rates import FoundRate
from harmonization.pipeline.numbers import AMOUNT

RATE = pl.Decimal(38, 10)
Pair = tuple[str, date]


@dataclass(frozen=True, kw_only=True)
class Reporting:
    """The currency of the workspace and how its rates are found.

    Attributes:
        find: the rate of each currency and day that has one, into ``currency``.
    """

    currency: str
    find: Callable[[Sequence[Pair]], Mapping[Pair, FoundRate]]


def reported_cost(*, kept: pl.LazyFrame, reporting: Reporting | None) -> list[pl.Expr]:
    """``cost_reporting``, ``reporting_currency``, ``fx_rate`` and ``fx_date`` of event rows; null without a rate.

    The rows are asked for their currencies and days only where somebody wants another currency.
    """
    has_cost = "cost" in kept.collect_schema().names()
    if reporting is None or not has_cost:
        return _columns(rate=None, day=None, currency=None)
    pairs = [pair for pair in kept.select("currency", "event_date").unique().collect().rows() if pair[1]]
    found = reporting.find(pairs)
    rate, day = pl.lit(None, dtype=RATE), pl.lit(None, dtype=pl.Date)
    for currency in sorted({pair[0] for pair in found}):
        own = {on: one for (base, on), one in found.items() if base == currency}
        rates = {on: one.rate for on, one in own.items()}
        days = {on: one.day or on for on, one in own.items()}
        is_own = pl.col("currency") == currency
        rate = pl.when(is_own).then(_looked_up(rates, RATE)).otherwise(rate)
        day = pl.when(is_own).then(_looked_up(days, pl.Date())).otherwise(day)
    return _columns(rate=rate, day=day, currency=reporting.currency)


def _looked_up(by_day: Mapping[date, object], kind: pl.DataType) -> pl.Expr:
    values = pl.Series(list(by_day.values())).cast(kind)
    return pl.col("event_date").replace_strict(list(by_day), values, default=None, return_dtype=kind)


def _columns(*, rate: pl.Expr | None, day: pl.Expr | None, currency: str | None) -> list[pl.Expr]:
    if rate is None or day is None:
        rate, day, cost = pl.lit(None, dtype=RATE), pl.lit(None, dtype=pl.Date), pl.lit(None, dtype=AMOUNT)
    else:
        cost = (pl.col("cost") * rate).cast(AMOUNT)
    return [
        cost.alias("cost_reporting"),
        pl.lit(currency, dtype=pl.String).alias("reporting_currency"),
        rate.alias("fx_rate"),
        day.alias("fx_date"),
    ]
