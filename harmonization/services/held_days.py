"""Hold restated days that look like parts, and write or drop them when a person has decided."""

import io
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

import polars as pl
from django.db import transaction

from harmonization.models import DailyFact, HeldDay, ImportRun
from harmonization.monitoring.restatement import Restated, shrinkage
from harmonization.rmis.enums import ReportPart
from harmonization.services.anomalies import watch_sources
from harmonization.services.daily_facts import lock_facts, restated_facts, write_facts
from harmonization.services.report_parts import PART, replaced_parts
from tenants.database.current import connection
from tenants.models import User
from tenants.services.audit import record_event

DAY = ["retailer_id", "event_date"]
REPLACED = ["retailer_id", "event_date", "campaign_id", "owner"]


class HeldDayRefused(Exception):
    """The day cannot be decided on: what, and how to go on."""

    def __init__(self, *, title: str, detail: str, fix: str) -> None:
        super().__init__(detail)
        self.title, self.detail, self.fix = title, detail, fix
        self.where = "held day"


def hold_shrunken_days(*, facts: pl.DataFrame, import_run: ImportRun) -> tuple[pl.DataFrame, int]:
    """Keep back the days of which the file seems to hold a part; the facts that may be written, and how many days wait.

    In the caller's transaction. A day is held whole, with every campaign the file has of it: half a new day beside half
    an old one would be neither. What an import wrote or held before is not compared with itself.
    """
    at = lock_facts()
    restated = restated_facts(facts=facts, import_run=import_run)
    if restated.is_empty():
        return facts, 0
    compared = _compared(restated=restated, import_run=import_run)
    held = [
        day
        for (retailer, on), rows in compared.group_by(DAY)
        if (day := _held_day(retailer=str(retailer), on=on, rows=rows, facts=facts, import_run=import_run, at=at))
    ]
    HeldDay.objects.bulk_create(held, ignore_conflicts=True)
    if not held:
        return facts, 0
    kept_back = pl.DataFrame([{"retailer_id": day.retailer_id, "event_date": day.event_date} for day in held])
    return facts.join(kept_back, on=DAY, how="anti"), len(held)


@transaction.atomic
def accept_held_day(*, held_day: HeldDay, by: User | None, at: datetime) -> HeldDay:
    """Let the held facts replace the day. Raises HeldDayRefused where it is decided, or a newer file wrote the day."""
    lock_facts()
    locked = _waiting(held_day)
    newer = DailyFact.objects.current().filter(
        retailer_id=locked.retailer_id, event_date=locked.event_date, import_run_id__gt=locked.import_run_id
    )
    if newer.exists():
        raise HeldDayRefused(
            title="A newer file has written this day",
            detail=f"{locked} was restated by an import that came after this one.",
            fix="Refuse this version; or upload its file again if it is the better one.",
        )
    facts = _with_part(pl.read_parquet(io.BytesIO(bytes(locked.content))))
    restated = write_facts(facts=facts, import_run=locked.import_run, by=by)
    run = locked.import_run
    run.facts_written, run.facts_restated = run.facts_written + facts.height, run.facts_restated + restated
    run.save(update_fields=["facts_written", "facts_restated"])
    watch_sources(retailer_ids=[locked.retailer_id], now=at, import_run=run)
    return _decided(held_day=locked, state=HeldDay.State.ACCEPTED, by=by, at=at)


@transaction.atomic
def refuse_held_day(*, held_day: HeldDay, by: User | None, at: datetime) -> HeldDay:
    """Leave the day as it is. Raises HeldDayRefused where it is decided already."""
    return _decided(held_day=_waiting(held_day), state=HeldDay.State.REFUSED, by=by, at=at)


def _with_part(facts: pl.DataFrame) -> pl.DataFrame:
    """Facts that were held before reports had parts are whole."""
    return facts if PART in facts.columns else facts.with_columns(pl.lit(ReportPart.WHOLE.value).alias(PART))


def _waiting(held_day: HeldDay) -> HeldDay:
    locked = HeldDay.objects.select_for_update().get(pk=held_day.pk)
    if not locked.is_waiting:
        raise HeldDayRefused(
            title="This day is decided already",
            detail=f"It was {locked.get_state_display().lower()} before.",
            fix="Look at the history of the day; upload the file again to begin anew.",
        )
    return locked


def _decided(*, held_day: HeldDay, state: HeldDay.State, by: User | None, at: datetime) -> HeldDay:
    held_day.state, held_day.decided_by, held_day.decided_at = state, by, at
    held_day.save(update_fields=["state", "decided_by", "decided_at"])
    record_event(
        kind=f"held_day.{state}",
        about=held_day,
        by=by,
        before={"facts": held_day.facts_before, "cost": f"{held_day.cost_before:f}"},
        after={
            "facts": held_day.facts_after,
            "cost": f"{held_day.cost_after:f}",
            "import": str(held_day.import_run_id),
        },
    )
    return held_day


def _compared(*, restated: pl.DataFrame, import_run: ImportRun) -> pl.DataFrame:
    """Each campaign's day that the file restates: rows and cost before and after, names and currencies."""
    new = (
        restated.with_columns(owner=pl.when(pl.col("campaign_id") == "").then("advertiser_id").otherwise(pl.lit("")))
        .group_by(REPLACED)
        .agg(
            pl.len().alias("rows_after"),
            pl.col("cost").sum().alias("cost_after"),
            pl.col("campaign_name").max().alias("campaign"),
            pl.col("currency").unique().sort().str.join("+").alias("currency_after"),
        )
    )
    days = restated.select(DAY).unique()
    old = _before(
        days=days["event_date"], retailers=days["retailer_id"], import_run=import_run, parts=replaced_parts(restated)
    )
    return new.join(old, on=REPLACED, how="inner")


def _before(*, days: Iterable[date], retailers: Iterable[str], import_run: ImportRun, parts: list[str]) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT fact.retailer_id, fact.event_date, fact.campaign_id,
                   CASE WHEN fact.campaign_id = '' THEN fact.advertiser_id ELSE '' END, count(*), sum(fact.cost),
                   string_agg(DISTINCT fact.currency, '+' ORDER BY fact.currency)
            FROM harmonization_dailyfact AS fact
            JOIN (SELECT unnest(%s::text[]) AS retailer_id, unnest(%s::date[]) AS event_date) AS day
              ON day.retailer_id = fact.retailer_id AND day.event_date = fact.event_date
            WHERE fact.superseded_by_id IS NULL AND fact.import_run_id <> %s AND fact.part = ANY(%s)
            GROUP BY 1, 2, 3, 4
            """,
            [list(retailers), list(days), import_run.pk, parts],
        )
        rows = cursor.fetchall()
    schema = (
        *(("retailer_id", pl.String), ("event_date", pl.Date), ("campaign_id", pl.String), ("owner", pl.String)),
        *(("rows_before", pl.Int64), ("cost_before", pl.Decimal(38, 6)), ("currency_before", pl.String)),
    )
    return pl.DataFrame(rows, schema=schema, orient="row")


def _held_day(
    *, retailer: str, on: date, rows: pl.DataFrame, facts: pl.DataFrame, import_run: ImportRun, at: datetime
) -> HeldDay | None:
    reason = shrinkage(restated=[_restated(row) for row in rows.sort("campaign_id").iter_rows(named=True)])
    if not reason:
        return None
    own = facts.filter((pl.col("retailer_id") == retailer) & (pl.col("event_date") == on))
    content = io.BytesIO()
    own.write_parquet(content)
    currencies = {*rows["currency_before"], *rows["currency_after"]}
    return HeldDay(
        import_run=import_run,
        retailer_id=retailer,
        event_date=on,
        held_at=at,
        reason=f"{reason[0].upper()}{reason[1:]}.",
        facts_before=int(rows["rows_before"].sum()),
        facts_after=int(rows["rows_after"].sum()),
        cost_before=rows["cost_before"].sum() or Decimal(0),
        cost_after=rows["cost_after"].sum() or Decimal(0),
        currency=currencies.pop() if len(currencies) == 1 else "",
        content=content.getvalue(),
    )


def _restated(row: dict[str, object]) -> Restated:
    same = row["currency_before"] == row["currency_after"] and "+" not in str(row["currency_before"])
    return Restated(
        campaign=str(row["campaign"] or row["campaign_id"]),
        rows_before=int(str(row["rows_before"])),
        rows_after=int(str(row["rows_after"])),
        cost_before=Decimal(str(row["cost_before"])),
        cost_after=Decimal(str(row["cost_after"])),
        currency=str(row["currency_before"]) if same else "",
    )
