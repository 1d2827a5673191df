"""Two reports of one source complete each other's day: what replaces what, and what would be counted twice."""

from datetime import datetime

import polars as pl

from harmonization.models import ImportRun
from harmonization.rmis.enums import ReportPart
from tenants.database.current import connection

PART = "part"
ALL_PARTS = [part.value for part in ReportPart]


def replaced_parts(facts: pl.DataFrame) -> list[str]:
    """The parts of a day that these facts replace: a whole report all of them, another its own part only."""
    parts = set(facts[PART].unique().to_list()) if PART in facts.columns else {ReportPart.WHOLE.value}
    return ALL_PARTS if ReportPart.WHOLE.value in parts else sorted(parts)


def mark_repeated(*, facts: pl.DataFrame, import_run: ImportRun, at: datetime) -> int:
    """Take the import's facts out of the count where a whole report states their campaign's day already; how many.

    They stay as history, superseded by the import of that report: its figures hold theirs. Of facts without a campaign
    the advertiser has to be the same.
    """
    if ReportPart.WHOLE.value in replaced_parts(facts):
        return 0
    days = facts.select("retailer_id", "campaign_id", "event_date", "advertiser_id").unique()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE harmonization_dailyfact AS fact SET superseded_by_id = day.stated_by, known_until = %s
            FROM (
                SELECT asked.*, stated.import_run_id AS stated_by FROM (
                    SELECT unnest(%s::text[]) AS retailer_id, unnest(%s::text[]) AS campaign_id,
                           unnest(%s::date[]) AS event_date, unnest(%s::text[]) AS advertiser_id
                ) AS asked
                CROSS JOIN LATERAL (
                    SELECT whole.import_run_id FROM harmonization_dailyfact AS whole
                    WHERE whole.superseded_by_id IS NULL AND whole.part = %s
                      AND whole.retailer_id = asked.retailer_id AND whole.campaign_id = asked.campaign_id
                      AND whole.event_date = asked.event_date
                      AND (asked.campaign_id <> '' OR whole.advertiser_id = asked.advertiser_id)
                    LIMIT 1
                ) AS stated
            ) AS day
            WHERE fact.import_run_id = %s AND fact.superseded_by_id IS NULL
              AND fact.retailer_id = day.retailer_id AND fact.campaign_id = day.campaign_id
              AND fact.event_date = day.event_date AND fact.advertiser_id = day.advertiser_id
            """,
            [at, *(days[name].to_list() for name in days.columns), ReportPart.WHOLE.value, import_run.pk],
        )
        return int(cursor.rowcount)
