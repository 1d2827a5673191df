"""What the database keeps of a history: sums by product and day, stores by product, week and place."""

import polars as pl

from harmonization.rmis.dimensions import MappingKind

DEMAND_KEYS = ("retailer_id", "sku_id", "event_date", "currency")
PLACEMENT_KEYS = ("retailer_id", "sku_id", "week_start", "display_location", "mailer_location")


def rolled_up(*, rows: pl.LazyFrame, kind: MappingKind) -> pl.DataFrame:
    """Histories rolled up, dimensions as they are; sorted, so that the same file gives the same rows."""
    if kind is MappingKind.DEMAND:
        return _demand(rows)
    if kind is MappingKind.PLACEMENTS:
        return _placements(rows)
    return rows.collect()


def _demand(rows: pl.LazyFrame) -> pl.DataFrame:
    """A sum of nothing is unknown, not zero: a file without units says nothing about units."""
    is_promoted = pl.col("promo_flag").fill_null(value=False) | (pl.col("discount").fill_null(0) != 0)
    grouped = rows.group_by(DEMAND_KEYS).agg(
        pl.col("retailer_name").first(),
        *(pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in ("units", "revenue")),
        pl.when(pl.col("discount").count() > 0).then(pl.col("discount").sum()).alias("discount"),
        pl.col("price").cast(pl.Float64).mean().round(6).cast(pl.Decimal(38, 6)).alias("price"),
        is_promoted.sum().cast(pl.Int64).alias("promoted_rows"),
        pl.col("store_id").drop_nulls().n_unique().cast(pl.Int64).alias("stores"),
        pl.len().cast(pl.Int64).alias("rows"),
    )
    return grouped.sort(DEMAND_KEYS).collect(engine="streaming")


def _placements(rows: pl.LazyFrame) -> pl.DataFrame:
    texts = [pl.col(name).fill_null("") for name in ("display_location", "mailer_location")]
    grouped = (
        rows.with_columns(texts)
        .group_by(PLACEMENT_KEYS)
        .agg(pl.col("retailer_name").first(), pl.len().cast(pl.Int64).alias("stores"))
    )
    return grouped.sort(PLACEMENT_KEYS).collect(engine="streaming")
