"""What watching reads of one source: its days, its largest campaigns, its imports."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Sum, Value

from harmonization.models import DailyFact, DayRollup, DayVersion, ImportRun
from harmonization.monitoring.finding import DaySums
from harmonization.monitoring.lateness import Arrival

WATCHED_DAYS = 400
LARGEST_CAMPAIGNS = 30
NEWEST_IMPORTS = 60
COMPARED_IMPORTS = 10
SUMS = ("impressions", "clicks", "cost", "revenue", "orders")


@dataclass(frozen=True, kw_only=True)
class FilledFields:
    """How full each field of one import is: the share of rows, by field and source column."""

    period_end: date
    shares: Mapping[str, float]


def source_ids() -> tuple[str, ...]:
    """Every retailer with data."""
    return tuple(DayRollup.objects.order_by("retailer_id").values_list("retailer_id", flat=True).distinct())


def source_days(*, retailer_id: str) -> tuple[DaySums, ...]:
    """The newest days of a source, one entry a day and currency, oldest first."""
    rollups = DayRollup.objects.filter(retailer_id=retailer_id)
    newest = rollups.aggregate(newest=Max("event_date"))["newest"]
    if newest is None:
        return ()
    rows = rollups.filter(event_date__gt=newest - timedelta(days=WATCHED_DAYS)).values("event_date", "currency")
    sums = {f"sum_of_{name}": Sum(name) for name in ("facts", "odd_facts", *SUMS)}
    final = final_days(retailer_id=retailer_id)
    return tuple(_day_sums(row, final=final) for row in rows.annotate(**sums).order_by("event_date", "currency"))


def campaign_days(*, retailer_id: str, currency: str, since: date) -> dict[str, list[DaySums]]:
    """Days of the campaigns of a source with most cost since a day, by campaign; none where there is only one."""
    facts = (
        DailyFact.objects.current()
        .filter(retailer_id=retailer_id, currency=currency, event_date__gte=since)
        .exclude(campaign_id="")
    )
    costs = facts.order_by().values("campaign_id").annotate(spent=Sum("cost")).order_by("-spent")
    largest = [row["campaign_id"] for row in costs[:LARGEST_CAMPAIGNS]]
    if len(largest) < 2:
        return {}
    sums = {f"sum_of_{name}": Sum(name) for name in SUMS}
    rows = (
        facts.filter(campaign_id__in=largest)
        .order_by()
        .values("campaign_id", "event_date", "currency")
        .annotate(sum_of_facts=Count("id"), sum_of_odd_facts=Value(0), **sums)
    )
    final = final_days(retailer_id=retailer_id)
    found: dict[str, list[DaySums]] = defaultdict(list)
    for row in rows.order_by("event_date"):
        found[row["campaign_id"]].append(_day_sums(row, final=final))
    return dict(found)


def final_days(*, retailer_id: str) -> dict[date, bool | None]:
    """Whether the newest version of each day is final."""
    versions = DayVersion.objects.filter(retailer_id=retailer_id).order_by("number")
    return dict(versions.values_list("event_date", "is_final"))


def arrivals(*, retailer_id: str) -> tuple[Arrival, ...]:
    """When imports of a source came, and the last day each held."""
    done = ImportRun.objects.done().of_retailer(retailer_id).exclude(finished_at=None).order_by("-finished_at")
    rows = done.values_list("finished_at", "period_end")[:NEWEST_IMPORTS]
    return tuple(Arrival(on=finished.date(), last_event_date=end) for finished, end in rows if finished and end)


def filled_fields(*, retailer_id: str) -> tuple[tuple[FilledFields, ...], ...]:
    """How full the fields of the newest imports are, oldest first, apart for each mapping."""
    done = ImportRun.objects.done().of_retailer(retailer_id).exclude(period_end=None).order_by("-finished_at")
    rows = done.values_list("mapping_name", "period_end", "quality__coverage")[:COMPARED_IMPORTS]
    grouped: dict[str, list[FilledFields]] = defaultdict(list)
    for mapping, end, coverage in reversed(list(rows)):
        shares = {line["field"]: line["share"] for line in coverage or []}
        grouped[mapping].append(FilledFields(period_end=end, shares=shares))
    return tuple(tuple(group) for group in grouped.values())


def _day_sums(row: Mapping[str, Any], *, final: Mapping[date, bool | None]) -> DaySums:
    return DaySums(
        day=row["event_date"],
        currency=row["currency"],
        facts=row["sum_of_facts"],
        odd_facts=row["sum_of_odd_facts"],
        is_final=final.get(row["event_date"]),
        **{name: float(row[f"sum_of_{name}"]) for name in SUMS},
    )
