"""Write rolled-up demand and in-store placements; what a later file says of an item's day or week replaces it."""

import polars as pl
from psycopg import sql

from harmonization.models import DemandDay, ImportRun, InStorePlacement
from harmonization.services.copying import copy_rows, queue_up
from tenants.database.current import connection

LOCK_NAMESPACE = 0x48_49_53
DEMAND = ("retailer_id", "sku_id", "event_date", "currency", "units", "revenue", "discount", "price")
DEMAND_COUNTS = ("promoted_rows", "stores", "rows")
PLACEMENT = ("retailer_id", "sku_id", "week_start", "display_location", "mailer_location", "stores")
LONGEST_LOCATION = 80
SUPERSEDE = """
    UPDATE {table} AS old SET superseded_by_id = %s
    FROM (SELECT unnest(%s::text[]) AS retailer_id, unnest(%s::text[]) AS sku_id, unnest(%s::date[]) AS day) AS new
    WHERE old.superseded_by_id IS NULL AND old.retailer_id = new.retailer_id AND old.sku_id = new.sku_id
      AND old.{day} = new.day
"""


def write_demand(*, rows: pl.DataFrame, import_run: ImportRun) -> int:
    """Write days of items by COPY, in the caller's transaction; returns how many earlier days they restate."""
    kept = rows.select(*DEMAND, *DEMAND_COUNTS)
    return _write(rows=kept, table=DemandDay._meta.db_table, day="event_date", import_run=import_run)


def write_placements(*, rows: pl.DataFrame, import_run: ImportRun) -> int:
    """Write places of items in weeks by COPY; an item's week is replaced whole."""
    texts = [pl.col(name).str.slice(0, LONGEST_LOCATION) for name in ("display_location", "mailer_location")]
    kept = rows.select(PLACEMENT).with_columns(texts).group_by(PLACEMENT[:-1], maintain_order=True)
    summed = kept.agg(pl.col("stores").sum())
    return _write(rows=summed, table=InStorePlacement._meta.db_table, day="week_start", import_run=import_run)


def _write(*, rows: pl.DataFrame, table: str, day: str, import_run: ImportRun) -> int:
    queue_up(namespace=LOCK_NAMESPACE)
    days = rows.select("retailer_id", "sku_id", day).unique()
    statement = sql.SQL(SUPERSEDE).format(table=sql.Identifier(table), day=sql.Identifier(day))
    with connection.cursor() as cursor:
        cursor.execute(statement, [import_run.pk, *(days[name].to_list() for name in days.columns)])
        restated = int(cursor.rowcount)
    copy_rows(rows=rows.with_columns(pl.lit(str(import_run.pk)).alias("import_run_id")), table=table)
    return restated
