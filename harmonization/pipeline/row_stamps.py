"""What the pipeline itself writes into every event row: where it came from, how its day, tax and cost are meant."""

from datetime import timedelta

import polars as pl

from harmonization.mapping.spec import Mapping
from harmonization.pipeline.numbers import AMOUNT
from harmonization.pipeline.staged_table import ROW

RATE = pl.Decimal(38, 10)


def provenance(*, mapping: Mapping, source_file_id: str) -> list[pl.Expr]:
    """File, row and mapping of an event row."""
    return [
        pl.lit(source_file_id).alias("source_file_id"),
        pl.col(ROW).alias("source_row_no"),
        pl.lit(mapping.full_version).alias("mapping_version"),
    ]


def meanings(*, mapping: Mapping, present: set[str]) -> list[pl.Expr]:
    """How the row's day and tax are meant; constants but for ``is_final``."""
    return [
        pl.lit(mapping.date_basis.value).alias("date_basis"),
        pl.lit(mapping.timezone).alias("timezone"),
        pl.lit(mapping.grain.value).alias("time_grain"),
        _is_final(mapping, present).alias("is_final"),
        pl.lit(mapping.vat_included, dtype=pl.Boolean).alias("vat_included"),
        pl.lit(mapping.vat_rate, dtype=AMOUNT).alias("vat_rate"),
    ]


def _is_final(mapping: Mapping, present: set[str]) -> pl.Expr:
    """Whether the report was made after the last day on which the network restates; null where either is unknown."""
    if mapping.final_after_days is None or "report_pulled_at" not in present:
        return pl.lit(None, dtype=pl.Boolean)
    last = pl.col("event_date") + timedelta(days=mapping.final_after_days)
    pulled = pl.col("report_pulled_at").dt.convert_time_zone(mapping.zone or "UTC").dt.date()
    return pulled > last
