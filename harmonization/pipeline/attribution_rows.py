"""The long table of attributed outcomes: one row per event row, metric, window, touch, scope, channel and model."""

import polars as pl

from harmonization.pipeline.event_rows import row_id
from harmonization.pipeline.plan import OutcomeSource, Plan
from harmonization.rmis.registry import METRICS, FieldType


def attribution_rows(*, kept: pl.LazyFrame, plan: Plan, source_file_id: str) -> pl.LazyFrame | None:
    """Every attributed figure of the kept rows with its qualifiers; None where the file has none.

    Qualifiers the source does not state are null. A cell without a figure gives no row; a zero does. Retailer and day
    stand beside, so that no join is needed to look at a period.
    """
    channel = pl.col("sales_channel") if plan.field_named("sales_channel") else None
    parts = [_part(kept, source, channel=channel, source_file_id=source_file_id) for source in plan.outcomes]
    return pl.concat(parts) if parts else None


def _part(kept: pl.LazyFrame, source: OutcomeSource, *, channel: pl.Expr | None, source_file_id: str) -> pl.LazyFrame:
    qualifier, is_money = source.mapping.qualifier, METRICS[source.mapping.metric].type is FieldType.MONEY
    stated = pl.lit(qualifier.sales_channel, dtype=pl.String)
    currency = pl.col("currency") if is_money else pl.lit(None, dtype=pl.String)
    return kept.filter(pl.col(source.name).is_not_null()).select(
        row_id(source_file_id=source_file_id),
        pl.lit(source.mapping.metric).alias("metric"),
        pl.col(source.name).alias("value"),
        pl.lit(qualifier.window_days, dtype=pl.Int16).alias("window_days"),
        pl.lit(qualifier.touch, dtype=pl.String).alias("touch"),
        pl.lit(qualifier.scope, dtype=pl.String).alias("scope"),
        (stated if channel is None or qualifier.sales_channel else channel).alias("sales_channel"),
        pl.lit(qualifier.attr_model, dtype=pl.String).alias("attr_model"),
        currency.alias("currency"),
        pl.col("retailer_id"),
        pl.col("event_date"),
    )
