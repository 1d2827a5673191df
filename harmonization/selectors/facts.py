"""Aggregates of current daily facts that the dashboard, the data pages and planning read; one query of rollups each.

Sums never mix currencies: they are in the workspace's own where it has facts or rates to it, else in the commonest.
Money in others is converted at dated rates where there are any (``Performance.conversions`` says which), else left out
(``Performance.other_currencies``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Min, Sum

from harmonization.models import DayRollup, ImportRun
from harmonization.selectors.fx_rates import rates_between
from harmonization.selectors.performance import Performance, RetailerDay, in_currency, reporting_currency, total
from tenants.database.current import connection

KEYS = ("event_date", "retailer_id", "currency", "attribution_window_days", "touch", "scope")
SUMMED = ("cost", "impressions", "clicks", "revenue", "orders", "units", "ntb_revenue")


@dataclass(frozen=True, kw_only=True)
class Period:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True, kw_only=True)
class RetailerPerformance:
    """One retailer's totals over a period."""

    retailer_id: str
    retailer_name: str
    performance: Performance


@dataclass(frozen=True, kw_only=True)
class DayPerformance:
    """One day's totals."""

    event_date: date
    performance: Performance


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """How new a retailer's data is."""

    retailer_id: str
    retailer_name: str
    first_event_date: date
    last_event_date: date
    last_import_at: datetime | None


def kpis(*, start: date, end: date, retailer_id: str = "") -> Performance | None:
    """Totals of the period (both days included), of one retailer or of all; None when there is no data."""
    rows = _retailer_days(start=start, end=end, retailer_id=retailer_id)
    return total(rows=rows, currency=_currency(rows)) if rows else None


def by_retailer(*, start: date, end: date) -> tuple[RetailerPerformance, ...]:
    """Totals of each retailer with data in the period, in the period's currency, highest spend first."""
    rows = _retailer_days(start=start, end=end)
    currency = _currency(rows)
    grouped: dict[str, list[RetailerDay]] = {}
    for row in rows:
        grouped.setdefault(row.retailer_id, []).append(row)
    found = [
        RetailerPerformance(
            retailer_id=retailer_id,
            retailer_name=own[-1].retailer_name,
            performance=total(rows=own, currency=currency),
        )
        for retailer_id, own in grouped.items()
    ]
    return tuple(sorted(found, key=lambda retailer: (-retailer.performance.spend, retailer.retailer_id)))


def daily_series(*, start: date, end: date, retailer_id: str = "") -> tuple[DayPerformance, ...]:
    """Totals of each day that has data, in order; days without data are absent, not zero."""
    rows = _retailer_days(start=start, end=end, retailer_id=retailer_id)
    currency = _currency(rows)
    grouped: dict[date, list[RetailerDay]] = {}
    for row in rows:
        grouped.setdefault(row.event_date, []).append(row)
    return tuple(
        DayPerformance(event_date=day, performance=total(rows=own, currency=currency)) for day, own in grouped.items()
    )


def freshness() -> tuple[Freshness, ...]:
    """First and last day of data and the last import of each retailer, stalest first."""
    names, imported_at = {}, {}
    imports = ImportRun.objects.done().order_by("finished_at")
    for headline, finished_at in imports.values_list("headline", "finished_at"):
        for line in headline:
            names[line["retailer_id"]] = line["retailer_name"]
            imported_at[line["retailer_id"]] = finished_at
    spans = DayRollup.objects.order_by().values("retailer_id").annotate(first=Min("event_date"), last=Max("event_date"))
    return tuple(
        Freshness(
            retailer_id=span["retailer_id"],
            retailer_name=names.get(span["retailer_id"], span["retailer_id"]),
            first_event_date=span["first"],
            last_event_date=span["last"],
            last_import_at=imported_at.get(span["retailer_id"]),
        )
        for span in spans.order_by("last", "retailer_id")
    )


def period_of_data() -> Period | None:
    """First to last day with facts; None while there are none."""
    span = DayRollup.objects.aggregate(start=Min("event_date"), end=Max("event_date"))
    return Period(start=span["start"], end=span["end"]) if span["start"] else None


def previous_period(*, start: date, end: date) -> Period:
    """The period before, shifted by whole weeks so that weekdays match; it overlaps nothing of this one."""
    length = (end - start).days + 1
    shift = timedelta(days=-(-length // 7) * 7)
    return Period(start=start - shift, end=end - shift)


def _retailer_days(*, start: date, end: date, retailer_id: str = "") -> list[RetailerDay]:
    rollups = DayRollup.objects.between(start, end)
    rollups = rollups.filter(retailer_id=retailer_id) if retailer_id else rollups
    sums = {f"sum_of_{name}": Sum(name) for name in ("facts", *SUMMED)}
    rows = rollups.values(*KEYS).annotate(name=Max("retailer_name"), **sums)
    found = [_retailer_day(row) for row in rows.order_by("event_date", "retailer_id")]
    return _in_one_currency(found, start=start, end=end)


def _in_one_currency(rows: list[RetailerDay], *, start: date, end: date) -> list[RetailerDay]:
    """Money of every row in one currency where rates allow; nothing is looked up where all is in one already."""
    currencies = {row.currency for row in rows}
    preferred = getattr(connection.tenant, "currency", "")
    if currencies <= {preferred} or (len(currencies) == 1 and not preferred):
        return rows
    rates = rates_between(currencies={*currencies, preferred}, start=start, end=end)
    wanted = (preferred, reporting_currency(rows=rows, preferred=preferred))
    for currency in dict.fromkeys(one for one in wanted if one):
        made = in_currency(rows=rows, currency=currency, rates=rates)
        if any(row.currency == currency for row in made):
            return made
    return rows


def _retailer_day(row: dict[str, Any]) -> RetailerDay:
    sums = {name: row[f"sum_of_{name}"] for name in SUMMED}
    keys = {name: row[name] for name in KEYS}
    return RetailerDay(facts=row["sum_of_facts"], retailer_name=row["name"], spend=sums.pop("cost"), **keys, **sums)


def _currency(rows: Sequence[RetailerDay]) -> str:
    return reporting_currency(rows=rows, preferred=getattr(connection.tenant, "currency", ""))
