"""What totals of daily facts say: spend, delivery, attributed outcome and the ratios between them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from harmonization.comparison.rates import FoundRate, RateTable, converted

METRICS = ("spend", "impressions", "clicks", "attributed_revenue", "roas", "ctr", "cpc")


@dataclass(frozen=True, kw_only=True)
class RetailerDay:
    """The facts of one retailer, day, currency and attribution window, summed in the database.

    Attributes:
        stated_currency: what the file was in, where money was converted into ``currency``; empty where it was not.
        rate: the rate it was converted by.
    """

    event_date: date
    retailer_id: str
    retailer_name: str
    currency: str
    attribution_window_days: int | None
    touch: str
    scope: str
    facts: int
    spend: Decimal
    impressions: int
    clicks: int
    revenue: Decimal
    orders: Decimal
    units: Decimal
    ntb_revenue: Decimal
    stated_currency: str = ""
    rate: FoundRate | None = None


@dataclass(frozen=True, kw_only=True)
class Performance:
    """Totals of a set of daily facts in one currency.

    Attributes:
        spend, attributed_revenue, ntb_revenue, cpc: in ``currency``.
        roas: attributed revenue per unit of spend; None without spend.
        ctr: clicks per impression, a fraction; None without impressions.
        cpc: spend per click; None without clicks.
        attribution: windows the revenue was counted in, e.g. ``14-day click, total``; several when retailers differ.
        days_with_data: days of the period on which there are facts.
        other_currencies: currencies that also have facts; their money is not in these sums, for want of rates.
        conversions: currencies whose money is in these sums at dated rates, in words.
    """

    currency: str
    spend: Decimal
    impressions: int
    clicks: int
    attributed_revenue: Decimal
    orders: Decimal
    units: Decimal
    ntb_revenue: Decimal
    days_with_data: int
    attribution: tuple[str, ...] = ()
    other_currencies: tuple[str, ...] = ()
    conversions: tuple[str, ...] = ()

    @property
    def roas(self) -> Decimal | None:
        return self.attributed_revenue / self.spend if self.spend else None

    @property
    def ctr(self) -> Decimal | None:
        return Decimal(self.clicks) / self.impressions if self.impressions else None

    @property
    def cpc(self) -> Decimal | None:
        return self.spend / self.clicks if self.clicks else None


def total(*, rows: Sequence[RetailerDay], currency: str) -> Performance:
    """Sum the rows that are in ``currency``; the currencies of the others are named."""
    own = [row for row in rows if row.currency == currency]
    return Performance(
        currency=currency,
        spend=sum((row.spend for row in own), Decimal(0)),
        impressions=sum(row.impressions for row in own),
        clicks=sum(row.clicks for row in own),
        attributed_revenue=sum((row.revenue for row in own), Decimal(0)),
        orders=sum((row.orders for row in own), Decimal(0)),
        units=sum((row.units for row in own), Decimal(0)),
        ntb_revenue=sum((row.ntb_revenue for row in own), Decimal(0)),
        days_with_data=len({row.event_date for row in own}),
        attribution=tuple(sorted({_window_of(row) for row in _with_outcomes(own)})),
        other_currencies=tuple(sorted({row.currency for row in rows} - {currency})),
        conversions=_conversions(own),
    )


def _with_outcomes(rows: Sequence[RetailerDay]) -> Sequence[RetailerDay]:
    """Rows that state outcomes, or all where none does: delivery reported apart has no window of its own."""
    found = [row for row in rows if row.attribution_window_days is not None or row.touch or row.scope]
    return found or rows


def in_currency(*, rows: Sequence[RetailerDay], currency: str, rates: RateTable) -> list[RetailerDay]:
    """The rows with money in ``currency``, each at the rate of its day; rows without a rate stay as they are."""
    return [_converted(row, currency=currency, rates=rates) for row in rows]


def _converted(row: RetailerDay, *, currency: str, rates: RateTable) -> RetailerDay:
    if row.currency == currency:
        return row
    rate = rates.find(base=row.currency, quote=currency, on=row.event_date)
    if rate is None:
        return row
    return replace(
        row,
        currency=currency,
        stated_currency=row.currency,
        rate=rate,
        spend=converted(amount=row.spend, by=rate),
        revenue=converted(amount=row.revenue, by=rate),
        ntb_revenue=converted(amount=row.ntb_revenue, by=rate),
    )


def _conversions(rows: Sequence[RetailerDay]) -> tuple[str, ...]:
    """``EUR at 1.0812 to 1.0934 USD (ECB, 2 Jan 2026 to 30 Jan 2026)`` for every currency that was converted."""
    found: dict[str, list[FoundRate]] = {}
    for row in rows:
        if row.rate is not None:
            found.setdefault(row.stated_currency, []).append(row.rate)
    currency = rows[0].currency if rows else ""
    return tuple(_in_words(stated, rates, currency=currency) for stated, rates in sorted(found.items()))


def _in_words(stated: str, rates: Sequence[FoundRate], *, currency: str) -> str:
    low, high = (f"{edge:.4f}" for edge in (min(one.rate for one in rates), max(one.rate for one in rates)))
    days = [one.day for one in rates if one.day]
    first, last = (f"{day.day} {day:%b %Y}" for day in (min(days), max(days)))
    at, on = low if low == high else f"{low} to {high}", first if first == last else f"{first} to {last}"
    sources = ", ".join(sorted({one.source for one in rates}))
    return f"{stated} at {at} {currency} ({sources}, {on})"


def reporting_currency(*, rows: Sequence[RetailerDay], preferred: str) -> str:
    """The currency sums are made in: the preferred one where it has facts, else the commonest."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.currency] += row.facts
    if preferred in counts or not counts:
        return preferred
    return min(counts, key=lambda currency: (-counts[currency], currency))


def attribution_label(*, window_days: int | None, touch: str, scope: str) -> str:
    """The window of a number in words: ``14-day click, total``; "window not stated" when the export says nothing."""
    window = f"{window_days}-day {touch}".strip() if window_days is not None else f"{touch} window not stated".strip()
    return f"{window}, {scope.replace('_', ' ')}" if scope else window


def changes(*, now: Performance, before: Performance | None) -> dict[str, Decimal | None]:
    """Relative change of each of METRICS as a fraction; None where there is no comparable data.

    A comparison needs the same currency and at least as many days with data, outcomes also the same attribution.
    """
    if before is None or before.currency != now.currency or before.days_with_data < now.days_with_data:
        return dict.fromkeys(METRICS)
    found: dict[str, Decimal | None] = {}
    for metric in METRICS:
        new, old = getattr(now, metric), getattr(before, metric)
        mixed = metric in {"attributed_revenue", "roas"} and now.attribution != before.attribution
        found[metric] = None if mixed or new is None or not old else (Decimal(new) - Decimal(old)) / Decimal(old)
    return found


def _window_of(row: RetailerDay) -> str:
    return attribution_label(window_days=row.attribution_window_days, touch=row.touch, scope=row.scope)
