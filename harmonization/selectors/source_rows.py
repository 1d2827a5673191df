"""From a figure to the rows it is the sum of: a day of a campaign, and the harmonized rows behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.db.models import Max, Sum

from harmonization.models import DailyFact, ImportRun
from harmonization.pipeline.dataset import StoredOutcome, stored_outcomes
from harmonization.pipeline.writing import Datasets, folder_name, name_of
from tenants.database.current import connection

FIGURES = ("impressions", "clicks", "cost", "revenue")
TEXTS = ("sku_id", "product_name", "placement_type", "currency")
TEXTS_AS_TEXT = pl.ScanCastOptions(categorical_to_string="allow")


@dataclass(frozen=True, kw_only=True)
class CampaignDay:
    """A campaign's day as pages show it; ``campaign_id`` is empty where the export names none."""

    campaign_id: str
    campaign_name: str
    currency: str
    impressions: int
    clicks: int
    cost: Decimal
    revenue: Decimal


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """One harmonized row with its place in its file; a figure the file lacks is None."""

    import_id: str
    file_name: str
    row_number: int
    sku_id: str
    product_name: str
    placement_type: str
    currency: str
    impressions: int | None
    clicks: int | None
    cost: Decimal | None
    revenue: Decimal | None


@dataclass(frozen=True, kw_only=True)
class SourceRows:
    """The rows of a campaign's day, some of them, and what all of them add up to.

    Attributes:
        missing_files: names of imports whose rows are not there any more.
    """

    rows: tuple[SourceRow, ...]
    count: int
    totals: dict[str, Decimal]
    missing_files: tuple[str, ...]


def campaign_days(*, retailer_id: str, day: date) -> tuple[CampaignDay, ...]:
    """Each campaign's figures on a day, by currency, dearest first; one query."""
    facts = DailyFact.objects.current().filter(retailer_id=retailer_id, event_date=day).order_by()
    sums = {f"sum_of_{name}": Sum(name) for name in FIGURES}
    found: Iterable[Mapping[str, Any]] = facts.values("campaign_id", "currency").annotate(
        shown_name=Max("campaign_name"), **sums
    )
    days = (
        CampaignDay(
            campaign_id=row["campaign_id"],
            campaign_name=row["shown_name"],
            currency=row["currency"],
            impressions=row["sum_of_impressions"],
            clicks=row["sum_of_clicks"],
            cost=row["sum_of_cost"],
            revenue=row["sum_of_revenue"],
        )
        for row in found
    )
    return tuple(sorted(days, key=lambda one: (-one.cost, one.campaign_id, one.currency)))


def source_rows(*, retailer_id: str, day: date, campaign_id: str, offset: int, limit: int) -> SourceRows:
    """The rows whose sums are the campaign's current figures of the day, in the order of their files."""
    facts = DailyFact.objects.current().filter(retailer_id=retailer_id, event_date=day, campaign_id=campaign_id)
    runs = ImportRun.objects.filter(pk__in=facts.order_by().values("import_run")).order_by("pk")
    found = [(run, _rows_of(run, retailer_id=retailer_id, day=day, campaign_id=campaign_id)) for run in runs]
    frames = [rows for _, rows in found if rows is not None]
    missing = tuple(run.file_name for run, rows in found if rows is None)
    if not frames:
        return SourceRows(rows=(), count=0, totals={}, missing_files=missing)
    every = pl.concat(frames)
    return SourceRows(
        rows=tuple(SourceRow(**row) for row in every.slice(offset, limit).iter_rows(named=True)),
        count=every.height,
        totals={name: Decimal(every[name].sum() or 0) for name in FIGURES},
        missing_files=missing,
    )


def stored_files(run: ImportRun) -> list[Path]:
    """The files of the dataset an import wrote."""
    folder = Path(settings.DATA_DIR) / connection.schema_name / "rmis" / Datasets.EVENTS
    name = name_of(source_file_id=run.file_sha256, mapping_name=run.mapping_name)
    return sorted(folder.glob(f"*/*/{name}.parquet"))


def _rows_of(run: ImportRun, *, retailer_id: str, day: date, campaign_id: str) -> pl.DataFrame | None:
    """Rows of one import, or None where its stored file is gone."""
    place = (f"retailer={folder_name(retailer_id)}", f"month={day:%Y-%m}")
    files = [path for path in stored_files(run) if path.parts[-3:-1] == place]
    if not files:
        return None
    rows = pl.scan_parquet(files[0], glob=False, hive_partitioning=False, cast_options=TEXTS_AS_TEXT)
    present = rows.collect_schema()
    revenue = _headline(stored_outcomes(files[0]), run=run, retailer_id=retailer_id)
    is_campaign = (
        pl.col("campaign_id").cast(pl.String).fill_null("") == campaign_id
        if "campaign_id" in present
        else (pl.lit(campaign_id == ""))
    )
    return (
        rows.filter((pl.col("event_date") == day) & is_campaign)
        .select(
            pl.lit(str(run.pk)).alias("import_id"),
            pl.lit(run.file_name).alias("file_name"),
            pl.col("source_row_no").alias("row_number"),
            *(_text(name, present) for name in TEXTS),
            *(_figure(name, name if name in present else "") for name in ("impressions", "clicks", "cost")),
            _figure("revenue", revenue.column if revenue else ""),
        )
        .sort("row_number")
        .collect()
    )


def _headline(outcomes: Sequence[StoredOutcome], *, run: ImportRun, retailer_id: str) -> StoredOutcome | None:
    """The attributed column daily facts of the retailer carry as revenue."""
    lines: list[dict[str, Any]] = [line for line in run.headline if line["retailer_id"] == retailer_id]
    meant = {(line["window_days"], line["touch"] or None, line["scope"]) for line in lines}
    fitting = (one for one in outcomes if (one.window_days, one.touch, one.scope) in meant)
    return next((one for one in fitting if one.metric == "revenue"), None)


def _text(name: str, present: pl.Schema) -> pl.Expr:
    return (pl.col(name).cast(pl.String).fill_null("") if name in present else pl.lit("")).alias(name)


def _figure(name: str, column: str) -> pl.Expr:
    kind = pl.Int64() if name in {"impressions", "clicks"} else pl.Decimal(38, 6)
    return (pl.col(column).cast(kind) if column else pl.lit(None, dtype=kind)).alias(name)
