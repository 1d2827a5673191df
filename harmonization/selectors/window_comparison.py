"""Attributed outcomes of every retailer side by side in one window, read from the tenant's RMIS rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings

from harmonization.comparison.rates import RateTable, converted
from harmonization.comparison.windows import Comparison, Reported, Window, compare
from harmonization.models import DailyFact, ImportRun
from harmonization.pipeline.dataset import attribution_of, events_of
from harmonization.pipeline.writing import Datasets, stored_name
from harmonization.rmis.registry import METRICS, FieldType
from harmonization.selectors.fx_rates import NO_RATES, rates_between
from harmonization.selectors.mapping_versions import mapping_of_run
from tenants.database.current import connection

KEYS = ("source_file_id", "retailer_id", "event_date", "campaign_id", "advertiser_id")
GROUPS = ("retailer_id", "event_date", "window_days", "touch", "scope", "sales_channel", "currency")
EVERYWHERE = {None, "all"}


@dataclass(frozen=True, kw_only=True)
class WindowComparison:
    """The comparison with what is needed to show it.

    Attributes:
        comparison: None where no retailer reports the metric.
        currency: of money; empty for counts.
        names: of retailers, by id.
        without_rate: currencies whose money was left out for want of exchange rates.
    """

    metric: str
    comparison: Comparison | None
    currency: str
    names: dict[str, str]
    without_rate: tuple[str, ...]


def window_comparison(*, start: date, end: date, metric: str = "revenue") -> WindowComparison:
    """Every retailer's total of the metric over the days from ``start`` to ``end``, in one window."""
    facts = DailyFact.objects.current().between(start, end).order_by()
    columns = ("import_run__file_sha256", "retailer_id", "event_date", "campaign_id", "advertiser_id")
    current = list(facts.values_list(*columns).distinct())
    names = dict(facts.values_list("retailer_id", "retailer_name").distinct())
    is_money = METRICS[metric].type is FieldType.MONEY
    currency = getattr(connection.tenant, "currency", "") if is_money else ""
    rows = _totals(current=current, paths=_paths(facts.values_list("import_run_id").distinct()), metric=metric)
    currencies = {row[6] for row in rows if row[6]}
    needed = {*currencies, currency} if currencies - {currency} else set()
    rates = rates_between(currencies=needed, start=start, end=end) if needed else NO_RATES
    reported, without_rate = _reported(rows, rates=rates, currency=currency)
    return WindowComparison(
        metric=metric,
        comparison=compare(reported=reported),
        currency=currency,
        names=names,
        without_rate=tuple(sorted(without_rate)),
    )


def _paths(run_ids: Any) -> list[Path]:
    """The stored files of these imports."""
    folder = Path(settings.DATA_DIR) / connection.schema_name / "rmis" / Datasets.EVENTS
    runs = ImportRun.objects.filter(pk__in=run_ids)
    layouts = [(one.file_sha256, mapping_of_run(name=one.mapping_name, number=one.mapping_number)) for one in runs]
    names = {stored_name(source_file_id=sha256, mapping=layout) for sha256, layout in layouts}
    return sorted(path for name in names for path in folder.glob(f"*/*/{name}.parquet"))


def _totals(*, current: Sequence[tuple[object, ...]], paths: list[Path], metric: str) -> list[tuple[Any, ...]]:
    """Sums by GROUPS of the rows whose days count today, not of those a later file restated."""
    if not current or not paths:
        return []
    kept = pl.LazyFrame(current, schema=dict.fromkeys(KEYS, pl.String) | {"event_date": pl.Date}, orient="row")
    events = events_of(paths).select(
        "row_id", "source_file_id", *(pl.col(name).fill_null("") for name in ("campaign_id", "advertiser_id"))
    )
    rows = attribution_of(paths).filter(pl.col("metric") == metric).join(events, on="row_id")
    sums = rows.join(kept, on=KEYS, how="semi").group_by(GROUPS).agg(pl.col("value").cast(pl.Decimal(38, 6)).sum())
    return sums.collect(engine="streaming").rows()


def _reported(rows: Sequence[tuple[Any, ...]], *, rates: RateTable, currency: str) -> tuple[list[Reported], set[str]]:
    """Totals by retailer, week and window in one currency; and currencies that have no rate."""
    totals: dict[str, dict[str, dict[Window, Decimal]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(Decimal)))
    without_rate: set[str] = set()
    for retailer, day, days, touch, scope, channel, stated, value in rows:
        rate = rates.find(base=stated or currency, quote=currency, on=day)
        if rate is None:
            without_rate.add(stated)
            continue
        place = scope if channel in EVERYWHERE else f"{scope}, {channel}"
        week = (day - timedelta(days=day.weekday())).isoformat()
        totals[retailer][week][Window(days=days, touch=touch or "", scope=place)] += converted(amount=value, by=rate)
    return [Reported(retailer_id=one, totals=own) for one, own in sorted(totals.items())], without_rate
