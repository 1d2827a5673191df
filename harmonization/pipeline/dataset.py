"""Read the dataset of harmonized rows, lazily: the event rows of RMIS, and the long table of attribution.

What is stored is one Parquet file per export, mapping, retailer and month. It has only the columns that the export
has, and each attributed column once, its qualifiers in its name. Both tables are made from it when they are read.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from harmonization.pipeline.numbers import EXACT
from harmonization.pipeline.plan import OutcomeSource
from harmonization.pipeline.reporting_currency import RATE
from harmonization.pipeline.time_zones import INSTANT
from harmonization.rmis.registry import FIELDS, METRICS, STAMPS, FieldType

GOLDEN_RATIO = 0x9E3779B97F4A7C15
DIGEST_DIGITS = 16
MAPPING_DIGITS = 8
MARK, OUTCOME = "|", "outcome"
TEXTS_AS_TEXT = pl.ScanCastOptions(categorical_to_string="allow")
TYPES: dict[FieldType, pl.DataType] = {
    FieldType.DATE: pl.Date(),
    FieldType.TIMESTAMP: INSTANT,
    FieldType.FLAG: pl.Boolean(),
    FieldType.COUNT: pl.Int64(),
    FieldType.QUANTITY: EXACT,
    FieldType.MONEY: EXACT,
    FieldType.RATIO: EXACT,
}
EVENT_SCHEMA: dict[str, pl.DataType] = {
    name: TYPES.get(field.type, pl.String()) for name, field in {**STAMPS, **FIELDS}.items() if name != "row_id"
} | {"source_row_no": pl.UInt32(), "fx_rate": RATE}


@dataclass(frozen=True, kw_only=True)
class StoredOutcome:
    """An attributed column of a stored file, as its name tells it."""

    column: str
    metric: str
    window_days: int | None
    touch: str | None
    scope: str
    sales_channel: str | None
    attr_model: str | None


def outcome_column(source: OutcomeSource) -> str:
    """The name under which an attributed column is stored, such as ``outcome_0|orders|14|click|total||``."""
    qualifier = source.mapping.qualifier
    parts = (qualifier.window_days, qualifier.touch, qualifier.scope, qualifier.sales_channel, qualifier.attr_model)
    return MARK.join([source.name, source.mapping.metric, *("" if part is None else str(part) for part in parts)])


def scan_events(folder: Path) -> pl.LazyFrame:
    """Every event row below a dataset's folder, with every field of RMIS: null where the row's export lacks it."""
    return events_of(sorted(folder.rglob("*.parquet")))


def events_of(files: Iterable[Path]) -> pl.LazyFrame:
    """The event rows of some stored files."""
    paths = list(files)
    if not paths:
        return pl.LazyFrame(schema={"row_id": pl.UInt64(), **EVENT_SCHEMA})
    rows = pl.scan_parquet(
        paths,
        glob=False,
        hive_partitioning=False,
        schema=EVENT_SCHEMA,
        missing_columns="insert",
        extra_columns="ignore",
        cast_options=TEXTS_AS_TEXT,
    )
    return rows.select(row_id(), pl.all())


def scan_attribution(folder: Path) -> pl.LazyFrame:
    """The long table of everything below a dataset's folder."""
    return attribution_of(sorted(folder.rglob("*.parquet")))


def attribution_of(files: Iterable[Path]) -> pl.LazyFrame:
    """One row per event row, metric, window, touch, scope, channel and model of some stored files.

    Qualifiers the source does not state are null. A cell without a figure gives no row; a zero does. Retailer and day
    stand beside, so that no join is needed to look at a period. Files of one layout are scanned together.
    """
    layouts: dict[tuple[str, ...], list[Path]] = defaultdict(list)
    for path in files:
        layouts[_outcome_columns(path)].append(path)
    parts = [_long(column, paths) for columns, paths in layouts.items() for column in columns]
    return pl.concat(parts) if parts else pl.LazyFrame(schema=_long_schema())


def row_id() -> pl.Expr:
    """A 64-bit hash of file, mapping and row number: rows of one file never collide, as the multiplier is odd.

    Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4), started at the hash of the file
    plus that of the mapping.
    """
    start = pl.col("source_file_id").str.head(DIGEST_DIGITS).str.to_integer(base=16, dtype=pl.UInt64)
    mapping = pl.col("mapping_version").str.tail(MAPPING_DIGITS).str.to_integer(base=16, dtype=pl.UInt64, strict=False)
    factor = pl.lit(GOLDEN_RATIO, dtype=pl.UInt64)
    turned = (mapping.fill_null(0) + pl.lit(1, dtype=pl.UInt64)) * factor * factor
    return (pl.col("source_row_no").cast(pl.UInt64) * factor + start + turned).alias("row_id")


def _outcome_columns(path: Path) -> tuple[str, ...]:
    names = pl.read_parquet_schema(path)
    return tuple(name for name in names if name.startswith(f"{OUTCOME}_") and MARK in name)


def stored_outcomes(path: Path) -> tuple[StoredOutcome, ...]:
    """The attributed columns of a stored file."""
    return tuple(_outcome(column) for column in _outcome_columns(path))


def _outcome(column: str) -> StoredOutcome:
    _, metric, window, touch, scope, channel, model = column.split(MARK)
    return StoredOutcome(
        column=column,
        metric=metric,
        window_days=int(window) if window else None,
        touch=touch or None,
        scope=scope,
        sales_channel=channel or None,
        attr_model=model or None,
    )


def _long(column: str, paths: list[Path]) -> pl.LazyFrame:
    outcome = _outcome(column)
    is_money = METRICS[outcome.metric].type is FieldType.MONEY
    rows = pl.scan_parquet(
        paths,
        glob=False,
        hive_partitioning=False,
        schema={**EVENT_SCHEMA, column: EXACT},
        missing_columns="insert",
        extra_columns="ignore",
        cast_options=TEXTS_AS_TEXT,
    )
    stated = pl.lit(outcome.sales_channel, dtype=pl.String).alias("sales_channel")
    return rows.filter(pl.col(column).is_not_null()).select(
        row_id(),
        pl.lit(outcome.metric).alias("metric"),
        pl.col(column).alias("value"),
        pl.lit(outcome.window_days, dtype=pl.Int16).alias("window_days"),
        pl.lit(outcome.touch, dtype=pl.String).alias("touch"),
        pl.lit(outcome.scope, dtype=pl.String).alias("scope"),
        stated if outcome.sales_channel else pl.col("sales_channel"),
        pl.lit(outcome.attr_model, dtype=pl.String).alias("attr_model"),
        pl.col("currency") if is_money else pl.lit(None, dtype=pl.String).alias("currency"),
        pl.col("retailer_id"),
        pl.col("event_date"),
    )


def _long_schema() -> dict[str, pl.DataType]:
    texts = dict.fromkeys(("touch", "scope", "sales_channel", "attr_model", "currency", "retailer_id"), pl.String())
    numbers = {"row_id": pl.UInt64(), "metric": pl.String(), "value": EXACT, "window_days": pl.Int16()}
    return {**numbers, **texts, "event_date": pl.Date()}
