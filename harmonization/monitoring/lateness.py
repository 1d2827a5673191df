"""When a source's next data is due, from the rhythm of its imports, and how late it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from harmonization.monitoring.finding import Finding, FindingKind

FEWEST_ARRIVALS, NEWEST_ARRIVALS = 4, 12
GRACE_SHARE, LEAST_GRACE_DAYS = 0.5, 1


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One import: the day it came, and the last day it held."""

    on: date
    last_event_date: date


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """How often data comes.

    Attributes:
        interval_days: usual days between imports that bring new days; None while too few have come.
        delay_days: usual days from the last day of data to its import.
        due_on: when the next import is due; None without a rhythm.
        late_days: days it is late, past what is usual; 0 while it is not.
    """

    interval_days: int | None
    delay_days: int | None
    due_on: date | None
    late_days: int


def rhythm(*, arrivals: Sequence[Arrival], today: date) -> Rhythm:
    """The rhythm of a source. Imports of old days say nothing about when new ones come and are left out."""
    newest = date.min
    fresh: dict[date, Arrival] = {}
    for arrival in sorted(arrivals, key=lambda one: (one.on, one.last_event_date)):
        if arrival.last_event_date > newest:
            newest = arrival.last_event_date
            fresh[arrival.on] = arrival
    last = list(fresh.values())[-NEWEST_ARRIVALS:]
    if len(last) < FEWEST_ARRIVALS:
        return Rhythm(interval_days=None, delay_days=None, due_on=None, late_days=0)
    steps = [(after.on - before.on).days for before, after in pairwise(last)]
    interval = max(1, round(median(steps)))
    due_on = last[-1].on + timedelta(days=interval)
    grace = max(LEAST_GRACE_DAYS, round(GRACE_SHARE * interval))
    late = (today - due_on).days
    return Rhythm(
        interval_days=interval,
        delay_days=round(median((one.on - one.last_event_date).days for one in last)),
        due_on=due_on,
        late_days=late if late > grace else 0,
    )


def lateness(*, arrivals: Sequence[Arrival], today: date) -> tuple[Finding, ...]:
    """A finding where the next import is overdue."""
    found = rhythm(arrivals=arrivals, today=today)
    if not found.late_days:
        return ()
    last = max(one.last_event_date for one in arrivals)
    return (
        Finding(
            kind=FindingKind.STALE,
            event_date=last + timedelta(days=1),
            summary=f"New data is {found.late_days} days late",
            observed=f"nothing after {last}",
            expected=f"an import every {found.interval_days} days; the next was due on {found.due_on}",
            cause="The export was not run, not sent, or not uploaded.",
            advice="Run the export and upload it; if the source has ended, note it here.",
        ),
    )
