"""Daily facts: the kept rows added up per day, retailer, advertiser, campaign, channel, placement, SKU and currency."""

import polars as pl

from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.pipeline.numbers import AMOUNT
from harmonization.pipeline.plan import HEADLINE_METRICS, Plan
from harmonization.rmis.enums import PlacementType
from harmonization.rmis.money import LARGEST_AMOUNT

KEYS = (
    "event_date",
    "retailer_id",
    "advertiser_id",
    "campaign_id",
    "placement_type",
    "channel",
    "sku_id",
    "currency",
)
NAMES = ("retailer_name", "campaign_name", "product_name", "brand")
COUNTS = ("impressions", "clicks")
FACT = pl.Decimal(18, 6)
ORDER = (
    "event_date",
    "retailer_id",
    "retailer_name",
    "advertiser_id",
    "campaign_id",
    "campaign_name",
    "placement_type",
    "channel",
    "sku_id",
    "product_name",
    "brand",
    "currency",
    *COUNTS,
    "cost",
    *HEADLINE_METRICS,
    "attribution_window_days",
    "touch",
    "scope",
)


def daily_facts(*, kept: pl.LazyFrame, plan: Plan) -> pl.DataFrame:
    """One row per key, in the order of its key. Money and outcomes are Decimal(18, 6), counts Int64.

    A metric the file does not have is null, not zero. Identifiers a row lacks are "". Where one key goes by several
    names, the first in the alphabet is shown. Raises HarmonizationRefused for a sum of 10^12 or more.
    """
    present = set(kept.collect_schema().names())
    keys = [_key(name, present) for name in KEYS]
    names = [pl.col(name).min() if name in present else pl.lit("").alias(name) for name in NAMES]
    counts = [_sum(name, name if name in present else None, pl.Int64()) for name in COUNTS]
    cost = _sum("cost", "cost" if "cost" in present else None, AMOUNT)
    outcomes = [
        _sum(metric, plan.headline_outcomes[metric].name if metric in plan.headline_outcomes else None, AMOUNT)
        for metric in HEADLINE_METRICS
    ]
    facts = kept.group_by(keys).agg(*names, *counts, cost, *outcomes).sort(KEYS).collect(engine="streaming")
    _refuse_large(facts)
    headline = plan.headline
    return facts.with_columns(
        *(pl.col(name).fill_null("") for name in NAMES),
        *(pl.col(name).cast(FACT) for name in ("cost", *HEADLINE_METRICS)),
        pl.lit(headline.window_days if headline else None, dtype=pl.Int16).alias("attribution_window_days"),
        pl.lit((headline.touch if headline else None) or "").alias("touch"),
        pl.lit(headline.scope if headline else "").alias("scope"),
    ).select(ORDER)


def _key(name: str, present: set[str]) -> pl.Expr:
    empty = PlacementType.OTHER.value if name == "placement_type" else ""
    if name not in present:
        return pl.lit(empty).alias(name)
    return pl.col(name) if name == "event_date" else pl.col(name).fill_null(empty)


def _sum(name: str, column: str | None, kind: pl.DataType) -> pl.Expr:
    """The sum of a column; null where no row has a value, or there is no such column."""
    if column is None:
        return pl.lit(None, dtype=kind).first().alias(name)
    total = pl.col(column).sum()
    return pl.when(pl.col(column).count() > 0).then(total).alias(name)


def _refuse_large(facts: pl.DataFrame) -> None:
    for name in ("cost", *HEADLINE_METRICS):
        large = facts.filter(pl.col(name).abs() >= LARGEST_AMOUNT)
        if not large.is_empty():
            raise HarmonizationRefused(
                title="An amount is too large",
                detail=f"{name} of a day adds up to {large[name][0]}; sums must be under 10^12.",
                where=str(large["event_date"][0]),
                fix="Check the unit in the mapping: micros may have been read as whole units.",
            )
