"""Write an import's daily facts, and mark the earlier facts of the days it restates."""

import io
from decimal import Decimal

import polars as pl

from harmonization.models import DailyFact, ImportRun
from tenants.database.current import connection

IDENTIFIERS = ("retailer_id", "advertiser_id", "channel", "campaign_id", "placement_type", "sku_id", "currency")
NAMES = ("retailer_name", "campaign_name", "product_name", "brand")
ATTRIBUTION = ("touch", "scope")
COUNTS = ("impressions", "clicks")
AMOUNTS = ("cost", "revenue", "orders", "units", "ntb_revenue")
COLUMNS = ("event_date", *IDENTIFIERS, *NAMES, *ATTRIBUTION, *COUNTS, *AMOUNTS, "attribution_window_days")
LARGEST_AMOUNT = Decimal(10) ** 12
LOCK_NAMESPACE = 0x46_41_43


class FactsRefused(Exception):
    """A value does not fit a daily fact; the message names column and value."""


def facts_to_write(*, daily: pl.DataFrame) -> pl.DataFrame:
    """The daily frame as the table takes it: text without NUL, names cut to length, no missing values but the window.

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
    )
    for name in (*IDENTIFIERS, *ATTRIBUTION):
        _refuse_long(facts=facts, name=name, limit=limits[name])
    for name in AMOUNTS:
        _refuse_large(facts=facts, name=name)
    return facts.with_columns(pl.col(name).str.slice(0, limits[name]) for name in NAMES)


def write_facts(*, facts: pl.DataFrame, import_run: ImportRun) -> int:
    """Write the facts by COPY, in the caller's transaction; returns how many earlier facts they restate.

    A day of a campaign that an earlier import brought is replaced whole: its facts stay, marked as superseded. Where
    the export names no campaign, the day of the same advertiser is replaced. Effects of one tenant queue up here.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK_NAMESPACE, connection.schema_name])
    restated = _supersede(facts=facts, import_run=import_run)
    buffer = io.BytesIO()
    rows = facts.select(COLUMNS).with_columns(pl.lit(str(import_run.pk)).alias("import_run_id"))
    rows.write_csv(buffer, include_header=False, quote_style="non_numeric", null_value="NULL")
    columns = ", ".join([*COLUMNS, "import_run_id"])
    statement = f"COPY harmonization_dailyfact ({columns}) FROM STDIN (FORMAT csv, NULL 'NULL')"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(buffer.getbuffer())
    return restated


def _supersede(*, facts: pl.DataFrame, import_run: ImportRun) -> int:
    days = facts.select("retailer_id", "campaign_id", "event_date", "advertiser_id").unique()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE harmonization_dailyfact AS fact SET superseded_by_id = %s
            FROM (
                SELECT unnest(%s::text[]) AS retailer_id, unnest(%s::text[]) AS campaign_id,
                       unnest(%s::date[]) AS event_date, unnest(%s::text[]) AS advertiser_id
            ) AS day
            WHERE fact.superseded_by_id IS NULL AND fact.import_run_id <> %s
              AND fact.retailer_id = day.retailer_id AND fact.campaign_id = day.campaign_id
              AND fact.event_date = day.event_date
              AND (fact.campaign_id <> '' OR fact.advertiser_id = day.advertiser_id)
            """,
            [import_run.pk, *(days[name].to_list() for name in days.columns), import_run.pk],
        )
        return int(cursor.rowcount)


def _refuse_long(*, facts: pl.DataFrame, name: str, limit: int) -> None:
    long = facts.filter(pl.col(name).str.len_chars() > limit)
    if not long.is_empty():
        value = long[name][0]
        raise FactsRefused(f"{name} “{value[:60]}…” has {len(value)} characters; at most {limit} can be kept.")


def _refuse_large(*, facts: pl.DataFrame, name: str) -> None:
    large = facts.filter(pl.col(name).abs() >= LARGEST_AMOUNT)
    if not large.is_empty():
        day = large["event_date"][0]
        raise FactsRefused(f"{name} on {day} is {large[name][0]}; amounts must be under 10^12. Check the unit.")
