"""Exchange rates of the workspace: what is known, and a table to look rates up in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.db.models import Count, Max, Min, QuerySet

from harmonization.comparison.rates import OLDEST_DAYS, DatedRate, FoundRate, RateTable, rate_table
from harmonization.models import FxRate
from harmonization.pipeline.reporting_currency import Pair, Reporting
from tenants.database.current import connection

MIDDLE = "EUR"
NO_RATES = RateTable(by_pair={})


@dataclass(frozen=True, kw_only=True)
class KnownPair:
    """What is known of a pair of currencies."""

    base: str
    quote: str
    first_day: date
    last_day: date
    days: int
    latest: FxRate


def known_pairs() -> tuple[KnownPair, ...]:
    """Every pair that has rates, with its newest."""
    spans = (
        FxRate.objects.order_by().values("base", "quote").annotate(first=Min("date"), last=Max("date"), n=Count("id"))
    )
    newest = {
        (one.base, one.quote): one
        for one in FxRate.objects.order_by("base", "quote", "-date").distinct("base", "quote")
    }
    return tuple(
        KnownPair(
            base=span["base"],
            quote=span["quote"],
            first_day=span["first"],
            last_day=span["last"],
            days=span["n"],
            latest=newest[span["base"], span["quote"]],
        )
        for span in spans
    )


def fx_rates() -> QuerySet[FxRate]:
    """All rates, newest first."""
    return FxRate.objects.all()


def rates_between(*, currencies: Iterable[str], start: date, end: date) -> RateTable:
    """Rates among these currencies, and the euro, in which others are quoted, for days from ``start`` to ``end``."""
    wanted = sorted({*currencies, MIDDLE})
    rows = FxRate.objects.filter(
        base__in=wanted, quote__in=wanted, date__range=(start - timedelta(days=OLDEST_DAYS), end)
    )
    return _table(rows)


def every_rate() -> RateTable:
    """All rates, for work that is done away from the database."""
    return _table(fx_rates())


def reporting_of_workspace() -> Reporting | None:
    """The currency of the workspace with its rates; None where it has none."""
    currency = getattr(connection.tenant, "currency", "")
    return Reporting(currency=currency, find=partial(_found, currency)) if currency else None


def _table(rates: QuerySet[FxRate]) -> RateTable:
    return rate_table(
        DatedRate(day=day, base=base, quote=quote, rate=rate, source=source)
        for day, base, quote, rate, source in rates.values_list("date", "base", "quote", "rate", "source")
    )


def _found(currency: str, pairs: Sequence[Pair]) -> Mapping[Pair, FoundRate]:
    if not pairs:
        return {}
    days = [day for _, day in pairs]
    currencies = {base for base, _ in pairs} | {currency}
    rates = rates_between(currencies=currencies, start=min(days), end=max(days)) if len(currencies) > 1 else NO_RATES
    found = {(base, day): rates.find(base=base, quote=currency, on=day) for base, day in pairs}
    return {pair: rate for pair, rate in found.items() if rate is not None}
