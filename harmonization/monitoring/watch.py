"""Everything odd about one source, from its days, campaigns, imports and columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from harmonization.monitoring.days import currency_switches, gaps, repeated_days
from harmonization.monitoring.finding import DaySums, Finding, FindingKind
from harmonization.monitoring.lateness import Arrival, lateness
from harmonization.monitoring.outliers import CHANCE, outliers

JUDGED_DAYS = 120
NAMED_CAMPAIGNS = 2
UNIQUE = ("event_date", "kind", "campaign_id", "metric")


@dataclass(frozen=True, kw_only=True)
class Source:
    """One source as it is watched.

    Attributes:
        days: totals by day and currency.
        campaigns: the same of its largest campaigns, in its commonest currency.
        fields: findings about its columns.
    """

    days: Sequence[DaySums]
    campaigns: Mapping[str, Sequence[DaySums]]
    arrivals: Sequence[Arrival]
    fields: Sequence[Finding]


def watch(*, source: Source, today: date) -> tuple[Finding, ...]:
    """Findings about the newest days, newest first; one for each day, kind, campaign and metric."""
    if not source.days:
        return ()
    known = [one.day for one in source.days]
    since = max(known) - timedelta(days=JUDGED_DAYS)
    whole = outliers(days=main_currency(days=source.days))
    parts = _of_campaigns(source.campaigns)
    found = [
        *_with_campaigns(whole, parts=parts),
        *(one for one in parts if one.event_date not in {other.event_date for other in whole}),
        *gaps(days=known),
        *repeated_days(days=source.days),
        *currency_switches(days=source.days),
        *lateness(arrivals=source.arrivals, today=today),
        *source.fields,
    ]
    unique = {tuple(getattr(one, name) for name in UNIQUE): one for one in found if one.event_date > since}
    return tuple(sorted(unique.values(), key=lambda one: (one.event_date, -abs(one.oddness)), reverse=True))


def main_currency(*, days: Sequence[DaySums]) -> list[DaySums]:
    """The days in the currency most days are in."""
    counts: dict[str, int] = {}
    for one in days:
        counts[one.currency] = counts.get(one.currency, 0) + 1
    leading = max(sorted(counts), key=lambda code: counts[code])
    return [one for one in days if one.currency == leading]


def _of_campaigns(campaigns: Mapping[str, Sequence[DaySums]]) -> list[Finding]:
    chance = CHANCE / max(len(campaigns), 1)
    return [
        one
        for name, days in campaigns.items()
        for one in outliers(days=days, campaign_id=name, chance=chance)
        if one.kind is FindingKind.OUTLIER
    ]


def _with_campaigns(whole: Sequence[Finding], *, parts: Sequence[Finding]) -> list[Finding]:
    """The findings about the source, each naming the campaigns that are odd on the same day."""
    found = []
    for one in whole:
        names = [part.campaign_id for part in parts if part.event_date == one.event_date]
        shown = ", ".join(f"“{name}”" for name in names[:NAMED_CAMPAIGNS])
        more = f" and {len(names) - NAMED_CAMPAIGNS} more" if len(names) > NAMED_CAMPAIGNS else ""
        found.append(replace(one, cause=f"{one.cause} Odd campaigns: {shown}{more}.") if names else one)
    return found
