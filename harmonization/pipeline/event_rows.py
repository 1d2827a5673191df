"""The event rows of RMIS: one per kept row of the source, with a fixed set of typed columns."""

import polars as pl

from harmonization.mapping.spec import Mapping
from harmonization.pipeline.numbers import AMOUNT
from harmonization.pipeline.row_stamps import meanings, provenance
from harmonization.pipeline.staged_table import ROW
from harmonization.pipeline.time_zones import INSTANT, event_ts
from harmonization.rmis.registry import FIELDS, FieldType

GOLDEN_RATIO = 0x9E3779B97F4A7C15
TYPES: dict[FieldType, pl.DataType] = {
    FieldType.DATE: pl.Date(),
    FieldType.TIMESTAMP: INSTANT,
    FieldType.COUNT: pl.Int64(),
    FieldType.QUANTITY: AMOUNT,
    FieldType.MONEY: AMOUNT,
    FieldType.RATIO: AMOUNT,
}


def row_id(*, source_file_id: str) -> pl.Expr:
    """A 64-bit hash of file and row number: rows of one file never collide, as the multiplier is odd.

    Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4), started at the file's hash.
    """
    start = int(source_file_id[:16], 16)
    multiplied = pl.col(ROW).cast(pl.UInt64) * pl.lit(GOLDEN_RATIO, dtype=pl.UInt64)
    return (multiplied + pl.lit(start, dtype=pl.UInt64)).alias("row_id")


def event_rows(*, kept: pl.LazyFrame, mapping: Mapping, source_file_id: str) -> pl.LazyFrame:
    """Kept rows as RMIS event rows. Fields the file does not have are null, so that all files share one schema."""
    present = set(kept.collect_schema().names())
    raw = pl.col("raw_placement_type") if "raw_placement_type" in present else pl.lit(None, dtype=pl.String)
    fields = [
        pl.col(name) if name in present else pl.lit(None, dtype=TYPES.get(field.type, pl.String())).alias(name)
        for name, field in FIELDS.items()
        if name not in {"placement_raw", "event_ts"}
    ]
    return kept.select(
        row_id(source_file_id=source_file_id),
        *provenance(mapping=mapping, source_file_id=source_file_id),
        *meanings(mapping=mapping, present=present),
        event_ts(mapping=mapping, present=present),
        *fields,
        raw.alias("placement_raw"),
    )
