"""What the dashboard says of a period: cards, retailers side by side, the daily line, freshness."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from campaigns.models import IncrementalityAssumption
from campaigns.models.assumption import ASSUMED_HIGH, ASSUMED_LOW, ASSUMED_MEAN
from harmonization.rmis.registry import definition_of
from harmonization.selectors import facts, vat
from harmonization.selectors.performance import Performance, changes
from harmonization.selectors.vat import RetailerVat
from tenants import figures

PRESETS = (("7 days", 7), ("28 days", 28), ("90 days", 90))
DEFAULT_DAYS = 28
FRESH_DAYS = 3
WANTED_DIRECTION = {"attributed_revenue": "up", "roas": "up", "ctr": "up", "cpc": "down"}


@dataclass(frozen=True, kw_only=True)
class Incrementality:
    """Share of attributed revenue that ads caused, with its range, and whether anybody measured it."""

    mean: Decimal
    low: Decimal
    high: Decimal


def chosen_period(*, start: str, end: str, days: str, data: facts.Period) -> facts.Period:
    """The period asked for in the URL, cut to what can be read; the newest 28 days of data otherwise."""
    try:
        if start and end:
            first, last = date.fromisoformat(start), date.fromisoformat(end)
            return facts.Period(start=min(first, last), end=max(first, last))
        length = max(1, min(int(days or DEFAULT_DAYS), 3660))
    except ValueError:
        length = DEFAULT_DAYS
    return facts.Period(start=data.end - timedelta(days=length - 1), end=data.end)


def kpi_cards(*, period: facts.Period) -> tuple[Performance | None, list[dict[str, Any]]]:
    """Totals of the period and one card a metric, each against the weekday-matched period before."""
    now = facts.kpis(start=period.start, end=period.end)
    if now is None:
        return None, []
    before = facts.previous_period(start=period.start, end=period.end)
    change = changes(now=now, before=facts.kpis(start=before.start, end=before.end))
    series = facts.daily_series(start=period.start, end=period.end)
    window = "; ".join(now.attribution)
    revenue = figures.compact_money(now.attributed_revenue, now.currency)
    cards = [
        {"label": "Spend", "metric": "spend", "value": figures.compact_money(now.spend, now.currency)},
        {"label": "Attributed revenue", "metric": "attributed_revenue", "value": revenue, "window": window},
        {"label": "ROAS", "metric": "roas", "value": figures.ratio(now.roas), "window": window},
        {"label": "Impressions", "metric": "impressions", "value": figures.compact(now.impressions)},
        {"label": "CTR", "metric": "ctr", "value": figures.percent(now.ctr, places=2)},
        {"label": "CPC", "metric": "cpc", "value": figures.money(now.cpc, now.currency, places=2)},
    ]
    return now, [card | _comparison(str(card["metric"]), change=change, series=series) for card in cards]


def retailer_rows(*, period: facts.Period) -> list[dict[str, Any]]:
    """Each retailer's spend, ROAS and iROAS; iROAS is ROAS times the incrementality, with its range."""
    known = {row.retailer_id: row for row in IncrementalityAssumption.objects.all()}
    rows = []
    for retailer in facts.by_retailer(start=period.start, end=period.end):
        performance, assumed = retailer.performance, known.get(retailer.retailer_id)
        share = Incrementality(
            mean=assumed.mean if assumed else ASSUMED_MEAN,
            low=assumed.low if assumed else ASSUMED_LOW,
            high=assumed.high if assumed else ASSUMED_HIGH,
        )
        roas = performance.roas
        rows.append(
            {
                "id": retailer.retailer_id,
                "name": retailer.retailer_name,
                "performance": performance,
                "iroas": roas * share.mean if roas is not None else None,
                "iroas_low": roas * share.low if roas is not None else None,
                "iroas_high": roas * share.high if roas is not None else None,
            }
        )
    return rows


def vat_differences(*, rows: list[dict[str, Any]], period: facts.Period) -> tuple[RetailerVat, ...]:
    """Retailers' value-added tax where it is not alike, for the rows of the retailers."""
    retailers = [
        facts.RetailerPerformance(retailer_id=row["id"], retailer_name=row["name"], performance=row["performance"])
        for row in rows
    ]
    return vat.vat_differences(retailers=retailers, start=period.start, end=period.end)


def retailer_charts(*, rows: list[dict[str, Any]], currency: str) -> dict[str, Any]:
    """Data of the two bar charts: spend, and iROAS."""
    names = [row["name"] for row in rows]
    spend = {"format": "money", "currency": currency, "horizontal": True, "categories": names}
    spend["series"] = [{"name": "Spend", "values": [round(float(row["performance"].spend), 2) for row in rows]}]
    iroas = {"format": "ratio", "horizontal": True, "categories": names}
    iroas["series"] = [
        {"name": "iROAS", "role": "good", "values": [round(float(row["iroas"] or 0), 3) for row in rows]}
    ]
    return {"spend": spend, "iroas": iroas}


def daily_chart(*, period: facts.Period, currency: str) -> dict[str, Any]:
    """Data of the daily line: spend and attributed revenue; days without data are gaps."""
    found = {day.event_date: day.performance for day in facts.daily_series(start=period.start, end=period.end)}
    days = [period.start + timedelta(days=n) for n in range(period.days)]
    spend = [round(float(found[day].spend), 2) if day in found else None for day in days]
    revenue = [round(float(found[day].attributed_revenue), 2) if day in found else None for day in days]
    return {
        "format": "money",
        "currency": currency,
        "dates": [day.isoformat() for day in days],
        "series": [
            {"name": "Spend", "role": "current", "values": spend},
            {"name": "Attributed revenue", "values": revenue},
        ],
    }


def freshness_rows(*, today: date) -> list[dict[str, Any]]:
    """How old each retailer's newest day is, and whether that is fresh."""
    rows = []
    for row in facts.freshness():
        age = (today - row.last_event_date).days
        rows.append({"retailer": row, "age_days": age, "is_fresh": age <= FRESH_DAYS})
    return rows


def _comparison(
    metric: str, *, change: dict[str, Decimal | None], series: tuple[facts.DayPerformance, ...]
) -> dict[str, Any]:
    """How the metric moved, whether that is good, its definition, and its line."""
    moved = change[metric]
    direction = "" if moved is None else "up" if moved > 0 else "down" if moved < 0 else "flat"
    wanted = WANTED_DIRECTION.get(metric)
    judged = wanted is not None and direction in {"up", "down"}
    return {
        "change": figures.change(moved),
        "direction": direction,
        "tone": ("good" if direction == wanted else "bad") if judged else "neutral",
        "definition": definition_of(metric),
        "spark_points": figures.sparkline_points([float(getattr(day.performance, metric) or 0) for day in series]),
    }
