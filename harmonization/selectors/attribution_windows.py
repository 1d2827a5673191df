"""One day's attributed totals in every window its files state, read from the tenant's RMIS rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
from django.conf import settings

from harmonization.pipeline.dataset import attribution_of
from harmonization.pipeline.writing import Datasets, folder_name
from harmonization.selectors.performance import attribution_label
from tenants.database.current import connection

QUALIFIERS = ("window_days", "touch", "scope", "sales_channel")


@dataclass(frozen=True, kw_only=True)
class WindowTotal:
    """A metric's total in one window; ``label`` as in ``14-day click, total``."""

    label: str
    total: Decimal


def window_totals(*, retailer_id: str, day: date, metric: str, stored_names: Iterable[str]) -> tuple[WindowTotal, ...]:
    """Totals by window over these files of the dataset; none where the files' rows are not at hand."""
    folder = Path(settings.DATA_DIR) / connection.schema_name / "rmis" / Datasets.EVENTS
    month = folder / f"retailer={folder_name(retailer_id)}" / f"month={day:%Y-%m}"
    paths = [path for one in stored_names if (path := month / f"{one}.parquet").exists()]
    if not paths:
        return ()
    rows = attribution_of(paths).filter(
        pl.col("event_date") == day, pl.col("metric") == metric, pl.col("retailer_id") == retailer_id
    )
    sums = rows.group_by(QUALIFIERS).agg(pl.col("value").cast(pl.Decimal(38, 6)).sum()).collect()
    found = [WindowTotal(label=_label(row), total=Decimal(row["value"])) for row in sums.iter_rows(named=True)]
    return tuple(sorted(found, key=lambda one: one.label))


def _label(row: dict[str, object]) -> str:
    window = row["window_days"]
    label = attribution_label(
        window_days=int(str(window)) if window is not None else None,
        touch=str(row["touch"] or ""),
        scope=str(row["scope"] or ""),
    )
    return f"{label}, {row['sales_channel']}" if row["sales_channel"] else label
