"""Keep the day rollups and day versions true to the facts: written in the same transaction, checked by a command."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import sql

from harmonization.models import ImportRun
from tenants.database.current import connection
from tenants.models import User

COLUMNS = sql.SQL(
    "event_date, retailer_id, retailer_name, currency, attribution_window_days, touch, scope, facts, odd_facts, "
    "campaigns, impressions, clicks, cost, revenue, orders, units, ntb_revenue"
)
FACTS = sql.SQL(
    """
    SELECT event_date, retailer_id, max(retailer_name), currency, attribution_window_days, touch, scope,
           count(*) AS facts, count(*) FILTER (WHERE (impressions | clicks) & 1 = 1) AS odd_facts,
           count(DISTINCT campaign_id) AS campaigns, sum(impressions), sum(clicks), sum(cost), sum(revenue),
           sum(orders), sum(units), sum(ntb_revenue)
    FROM harmonization_dailyfact AS fact
    WHERE superseded_by_id IS NULL
    """
)
GROUPED = sql.SQL("GROUP BY event_date, retailer_id, currency, attribution_window_days, touch, scope")
DAYS = sql.SQL("(SELECT unnest(%s::text[]) AS retailer_id, unnest(%s::date[]) AS event_date) AS day")
CLEAR = sql.SQL(
    "DELETE FROM harmonization_dayrollup AS rollup USING {days} "
    "WHERE rollup.retailer_id = day.retailer_id AND rollup.event_date = day.event_date"
).format(days=DAYS)
SUM_DAYS = sql.SQL(  # day by day through the index, however many facts other days have
    "INSERT INTO harmonization_dayrollup ({columns}) SELECT summed.* FROM {days} CROSS JOIN LATERAL ("
    "{facts} AND fact.retailer_id = day.retailer_id AND fact.event_date = day.event_date {grouped}) AS summed"
).format(columns=COLUMNS, facts=FACTS, days=DAYS, grouped=GROUPED)
SUM_ALL = sql.SQL("INSERT INTO harmonization_dayrollup ({columns}) {facts} {grouped}").format(
    columns=COLUMNS, facts=FACTS, grouped=GROUPED
)
ADD_VERSIONS = """
    INSERT INTO harmonization_dayversion
        (retailer_id, event_date, number, import_run_id, recorded_at, recorded_by_id, is_final, figures)
    SELECT day.retailer_id, day.event_date,
           1 + coalesce((SELECT max(number) FROM harmonization_dayversion AS earlier
                         WHERE earlier.retailer_id = day.retailer_id AND earlier.event_date = day.event_date), 0),
           %s, %s, %s, %s::date - day.event_date >= %s,
           coalesce((SELECT jsonb_agg(figures ORDER BY figures ->> 'currency') FROM (
                SELECT jsonb_build_object(
                    'currency', currency, 'facts', sum(facts), 'impressions', sum(impressions),
                    'clicks', sum(clicks), 'cost', sum(cost)::text, 'revenue', sum(revenue)::text,
                    'orders', sum(orders)::text, 'units', sum(units)::text) AS figures
                FROM harmonization_dayrollup AS rollup
                WHERE rollup.retailer_id = day.retailer_id AND rollup.event_date = day.event_date
                GROUP BY currency) AS by_currency), '[]')
    FROM (SELECT unnest(%s::text[]) AS retailer_id, unnest(%s::date[]) AS event_date) AS day
"""
COMPARE = sql.SQL(
    """
    WITH summed ({columns}) AS ({facts} {grouped}), kept AS (SELECT {columns} FROM harmonization_dayrollup)
    SELECT 'not in the facts', * FROM (SELECT * FROM kept EXCEPT SELECT * FROM summed) AS one
    UNION ALL
    SELECT 'not in the rollups', * FROM (SELECT * FROM summed EXCEPT SELECT * FROM kept) AS other
    ORDER BY 2, 3
    """
).format(columns=COLUMNS, facts=FACTS, grouped=GROUPED)
SHOWN_DIFFERENCES = 20


@dataclass(frozen=True, kw_only=True)
class RetailerDayKey:
    """One day of one retailer."""

    retailer_id: str
    event_date: date


@dataclass(frozen=True, kw_only=True)
class RollupCheck:
    """How many rollups are as the facts say; the first that are not, as text."""

    checked: int
    differing: int
    first: tuple[str, ...]


class RollupsDiffer(Exception):
    """Rollups do not add up to the facts: which, and how to mend them."""

    def __init__(self, *, check: RollupCheck) -> None:
        super().__init__(f"{check.differing} lines differ: {'; '.join(check.first)}")
        self.title = "The rollups differ from the facts"
        self.where = check.first[0] if check.first else ""
        self.fix = "Run verify_rollups with --rebuild."


def refresh_rollups(*, days: Sequence[RetailerDayKey]) -> None:
    """Sum the current facts of these days anew, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(CLEAR, _columns(days))
        cursor.execute(SUM_DAYS, _columns(days))


def rebuild_rollups() -> None:
    """Sum every day anew: after facts were changed by hand."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM harmonization_dayrollup")
        cursor.execute(SUM_ALL)


def record_versions(
    *, days: Sequence[RetailerDayKey], import_run: ImportRun, at: datetime, by: User | None, read_on: date
) -> None:
    """Add a version of each day, with its totals as the rollups have them now."""
    actor = by.pk if by else None
    values = [import_run.pk, at, actor, read_on, import_run.final_after_days, *_columns(days)]
    with connection.cursor() as cursor:
        cursor.execute(ADD_VERSIONS, values)


def check_rollups() -> RollupCheck:
    """Hold every rollup against the facts; nothing is changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM harmonization_dayrollup")
        checked = int(cursor.fetchone()[0])
        cursor.execute(COMPARE)
        rows = cursor.fetchall()
    lines = [f"{row[1]} {row[2]} {row[4]}: {row[8]} facts, cost {row[13]} {row[0]}" for row in rows]
    return RollupCheck(checked=checked, differing=len(rows), first=tuple(lines[:SHOWN_DIFFERENCES]))


def _columns(days: Sequence[RetailerDayKey]) -> list[list[Any]]:
    return [[day.retailer_id for day in days], [day.event_date for day in days]]
