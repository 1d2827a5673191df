"""Write an import's daily facts, and mark the earlier facts of the days it restates."""

import io
from datetime import date, datetime
from decimal import Decimal

import polars as pl
from django.db.models import Exists, OuterRef

from harmonization.models import DailyFact, HeldDay, ImportRun
from harmonization.rmis.enums import ReportPart
from harmonization.services.report_parts import PART, mark_repeated, replaced_parts
from harmonization.services.rollups import RetailerDayKey, record_versions, refresh_rollups
from tenants.database.current import connection
from tenants.models import User

IDENTIFIERS = ("retailer_id", "advertiser_id", "channel", "campaign_id", "placement_type", "sku_id", "currency")
NAMES = ("retailer_name", "campaign_name", "product_name", "brand")
ATTRIBUTION = ("touch", "scope")
COUNTS = ("impressions", "clicks")
AMOUNTS = ("cost", "revenue", "orders", "units", "ntb_revenue")
COLUMNS = ("event_date", *IDENTIFIERS, *NAMES, *ATTRIBUTION, PART, *COUNTS, *AMOUNTS, "attribution_window_days")
LARGEST_AMOUNT = Decimal(10) ** 12
LOCK_NAMESPACE = 0x46_41_43


class FactsRefused(Exception):
    """A value does not fit a daily fact; the message names column and value."""


def facts_to_write(*, daily: pl.DataFrame, part: ReportPart = ReportPart.WHOLE) -> pl.DataFrame:
    """The daily frame as the table takes it: text without NUL, names cut to length, no missing values but the window.

    ``part`` is what the file states of a day.

    Raises FactsRefused for an identifier that is too long (cutting it would make two things one) or an amount of
    10^12 or more.
    """
    texts = [*IDENTIFIERS, *NAMES, *ATTRIBUTION]
    limits = {field.name: field.max_length or 0 for field in DailyFact._meta.fields if field.name in texts}
    facts = daily.select(
        pl.col("event_date"),
        *(pl.col(name).cast(pl.String).str.replace_all("\x00", "", literal=True).fill_null("") for name in texts),
        *(pl.col(name).cast(pl.Int64).fill_null(0) for name in COUNTS),
        *(pl.col(name).cast(pl.Decimal(38, 6)).fill_null(0) for name in AMOUNTS),
        pl.col("attribution_window_days").cast(pl.Int16),
        pl.lit(part.value).alias(PART),
    )
    if facts.is_empty():
        return facts
    lengths = facts.select(pl.col(*IDENTIFIERS, *ATTRIBUTION).str.len_chars().max()).row(0, named=True)
    for name, longest in lengths.items():
        if longest > limits[name]:
            _refuse_long(facts=facts, name=name, limit=limits[name])
    for name, largest in facts.select(pl.col(*AMOUNTS).abs().max()).row(0, named=True).items():
        if largest >= LARGEST_AMOUNT:
            _refuse_large(facts=facts, name=name)
    return facts.with_columns(pl.col(name).str.slice(0, limits[name]) for name in NAMES)


def lock_facts() -> datetime:
    """Let the effects of one tenant queue up until the transaction ends; the moment from which this one writes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK_NAMESPACE, connection.schema_name])
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def write_facts(*, facts: pl.DataFrame, import_run: ImportRun, by: User | None = None) -> int:
    """Write the facts by COPY, in the caller's transaction; returns how many earlier facts they restate.

    A day of a campaign that an earlier import brought is replaced: its facts stay, marked as superseded. Where the
    export names no campaign, the day of the same advertiser is replaced. A report of one part of the day (delivery, or
    outcomes) replaces that part only; where a whole report stands, it is kept beside as history and counts nothing
    twice. Rollups and versions of the days follow.
    ``by`` is who is answerable for the version: the uploader, unless someone else decided.
    """
    at = lock_facts()
    left, reread = _supersede_same_file(import_run=import_run, at=at)
    restated = reread + _supersede(facts=facts, import_run=import_run, at=at)
    _copy(facts=facts, import_run=import_run, at=at)
    mark_repeated(facts=facts, import_run=import_run, at=at)
    touched = sorted({*left, *facts.select("event_date", "retailer_id").unique().iter_rows()})
    days = [RetailerDayKey(retailer_id=retailer, event_date=day) for day, retailer in touched]
    refresh_rollups(days=days)
    read_on = import_run.created_at.date()
    record_versions(days=days, import_run=import_run, at=at, by=by or import_run.uploaded_by, read_on=read_on)
    return restated


def restated_facts(*, facts: pl.DataFrame, import_run: ImportRun) -> pl.DataFrame:
    """The facts of days that another import brought before; most files bring new days, and none of these."""
    days = facts.select("retailer_id", "event_date").unique()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT day.retailer_id, day.event_date
            FROM (SELECT unnest(%s::text[]) AS retailer_id, unnest(%s::date[]) AS event_date) AS day
            CROSS JOIN LATERAL (
                SELECT FROM harmonization_dailyfact AS fact
                WHERE fact.superseded_by_id IS NULL AND fact.import_run_id <> %s AND fact.part = ANY(%s)
                  AND fact.retailer_id = day.retailer_id AND fact.event_date = day.event_date
                LIMIT 1
            ) AS earlier
            """,
            [*(days[name].to_list() for name in days.columns), import_run.pk, replaced_parts(facts)],
        )
        known = pl.DataFrame(cursor.fetchall(), schema=days.schema, orient="row")
    return facts.join(known, on=days.columns, how="semi")


def _copy(*, facts: pl.DataFrame, import_run: ImportRun, at: datetime) -> None:
    buffer = io.BytesIO()
    rows = facts.select(COLUMNS).with_columns(
        pl.lit(str(import_run.pk)).alias("import_run_id"), pl.lit(at.isoformat()).alias("known_from")
    )
    rows.write_csv(buffer, include_header=False, quote_style="non_numeric", null_value="NULL")
    columns = ", ".join(rows.columns)
    statement = f"COPY harmonization_dailyfact ({columns}) FROM STDIN (FORMAT csv, NULL 'NULL')"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(buffer.getbuffer())


def _supersede_same_file(*, import_run: ImportRun, at: datetime) -> tuple[list[tuple[date, str]], int]:
    """A file read anew with another mapping, or another version of it, counts once; the days, and how many facts.

    Days of it that are held, or were refused, stay as they are.
    """
    if not ImportRun.objects.filter(file_sha256=import_run.file_sha256).exclude(pk=import_run.pk).exists():
        return [], 0
    kept = HeldDay.objects.exclude(state=HeldDay.State.ACCEPTED).filter(
        import_run=import_run, retailer_id=OuterRef("retailer_id"), event_date=OuterRef("event_date")
    )
    earlier = DailyFact.objects.current().filter(import_run__file_sha256=import_run.file_sha256)
    earlier = earlier.exclude(import_run=import_run).exclude(Exists(kept))
    days = list(earlier.values_list("event_date", "retailer_id").distinct())
    return days, earlier.update(superseded_by=import_run, known_until=at)


def _supersede(*, facts: pl.DataFrame, import_run: ImportRun, at: datetime) -> int:
    restated = restated_facts(facts=facts, import_run=import_run)
    if restated.is_empty():
        return 0
    days = restated.select("retailer_id", "campaign_id", "event_date", "advertiser_id").unique()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE harmonization_dailyfact AS fact SET superseded_by_id = %s, known_until = %s
            FROM (
                SELECT unnest(%s::text[]) AS retailer_id, unnest(%s::text[]) AS campaign_id,
                       unnest(%s::date[]) AS event_date, unnest(%s::text[]) AS advertiser_id
            ) AS day
            WHERE fact.superseded_by_id IS NULL AND fact.import_run_id <> %s AND fact.part = ANY(%s)
              AND fact.retailer_id = day.retailer_id AND fact.campaign_id = day.campaign_id
              AND fact.event_date = day.event_date
              AND (fact.campaign_id <> '' OR fact.advertiser_id = day.advertiser_id)
            """,
            [
                *(import_run.pk, at),
                *(days[name].to_list() for name in days.columns),
                *(import_run.pk, replaced_parts(facts)),
            ],
        )
        return int(cursor.rowcount)


def _refuse_long(*, facts: pl.DataFrame, name: str, limit: int) -> None:
    value = facts.filter(pl.col(name).str.len_chars() > limit)[name][0]
    raise FactsRefused(f"{name} “{value[:60]}…” has {len(value)} characters; at most {limit} can be kept.")


def _refuse_large(*, facts: pl.DataFrame, name: str) -> None:
    large = facts.filter(pl.col(name).abs() >= LARGEST_AMOUNT)
    day = large["event_date"][0]
    raise FactsRefused(f"{name} on {day} is {large[name][0]}; amounts must be under 10^12. Check the unit.")
