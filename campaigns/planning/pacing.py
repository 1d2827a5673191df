"""Is a running plan on pace? Spend to date beside its target, and where it will end, with an interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from campaigns.response.attribution_bias import Z90

THRESHOLD = 0.10
RECENT_DAYS = 14
FEWEST_DAYS = 3


@dataclass(frozen=True, kw_only=True)
class Flight:
    """The days a plan runs, both included, and the day up to which data can be expected."""

    start: date
    end: date
    as_of: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def elapsed(self) -> int:
        return max(0, min((self.as_of - self.start).days + 1, self.days))


@dataclass(frozen=True, kw_only=True)
class Pace:
    """One retailer, or all of them together; money of the plan.

    Attributes:
        planned: spend of the whole flight.
        target: what should be spent by ``as_of``, evenly over the flight.
        spent: what the data says was spent on the days it has.
        missing: elapsed days without any data.
        projected: spend at the end of the flight: spent so far, and the recent daily spend on the days that are missing
            or still to come. None with too few days to tell.
        low, high: 90% interval of that, from how much recent days differ.
        status: ``on``, ``under``, ``over``, ``unknown`` or ``not_started``.
    """

    retailer_id: str
    name: str
    planned: float
    target: float
    spent: float
    missing: tuple[date, ...]
    projected: float | None
    low: float | None
    high: float | None
    status: str


def pace_of(
    *,
    flight: Flight,
    planned: Mapping[str, float],
    names: Mapping[str, str],
    daily: Mapping[str, Mapping[date, float]],
    threshold: float = THRESHOLD,
) -> tuple[Pace, ...]:
    """Each retailer's pace, the largest first. ``daily`` is spend by retailer id and day; a day that is not there is
    a day without data, not a day without spend.
    """
    rows = []
    for retailer, amount in sorted(planned.items(), key=lambda item: -item[1]):
        rows.append(
            _pace(
                flight=flight,
                retailer=retailer,
                name=names.get(retailer, retailer),
                planned=amount,
                days=daily.get(retailer, {}),
                threshold=threshold,
            )
        )
    return tuple(rows)


def total_pace(*, rows: Sequence[Pace], flight: Flight, threshold: float = THRESHOLD) -> Pace:
    """All retailers together; their ends are taken as independent of each other."""
    planned, spent = sum(row.planned for row in rows), sum(row.spent for row in rows)
    missing = tuple(sorted({day for row in rows for day in row.missing}))
    known = bool(rows) and all(row.projected is not None for row in rows)
    projected = sum(row.projected or 0.0 for row in rows) if known else None
    spread = float(np.sqrt(sum((((row.high or 0.0) - (row.low or 0.0)) / 2) ** 2 for row in rows)))
    return Pace(
        retailer_id="",
        name="All retailers",
        planned=planned,
        target=sum(row.target for row in rows),
        spent=spent,
        missing=missing,
        projected=projected,
        low=None if projected is None else max(projected - spread, spent),
        high=None if projected is None else projected + spread,
        status=_status(flight=flight, planned=planned, projected=projected, threshold=threshold),
    )


def projected_course(*, pace: Pace, flight: Flight) -> tuple[tuple[date, float, float, float], ...]:
    """Day, mean and 90 % interval of cumulated spend from the last complete day to the end; empty without a projection.

    The interval grows as the projection's own does: the days still to come, and the error of their mean.
    """
    if pace.projected is None or pace.high is None or flight.elapsed == 0:
        return ()
    ahead = flight.days - flight.elapsed
    rise, half = pace.projected - pace.spent, pace.high - pace.projected
    course = [(flight.as_of, pace.spent, pace.spent, pace.spent)]
    for number in range(1, ahead + 1):
        mean = pace.spent + rise * number / ahead
        spread = half * float(np.sqrt(_growth(number) / _growth(ahead)))
        day = flight.as_of + timedelta(days=number)
        course.append((day, mean, max(mean - spread, pace.spent), mean + spread))
    return tuple(course)


def _growth(days: int) -> float:
    """Variance of so many days ahead, in units of one day's."""
    return days + days**2 / RECENT_DAYS


def _pace(
    *, flight: Flight, retailer: str, name: str, planned: float, days: Mapping[date, float], threshold: float
) -> Pace:
    elapsed = [flight.start + timedelta(days=number) for number in range(flight.elapsed)]
    seen = np.array([days[day] for day in elapsed if day in days], dtype=np.float64)
    spent = float(seen.sum())
    open_days = flight.days - seen.size
    projected, spread = _projection(seen=seen, spent=spent, open_days=open_days)
    return Pace(
        retailer_id=retailer,
        name=name,
        planned=planned,
        target=planned * flight.elapsed / flight.days,
        spent=spent,
        missing=tuple(day for day in elapsed if day not in days),
        projected=projected,
        low=None if projected is None else max(projected - spread, spent),
        high=None if projected is None else projected + spread,
        status=_status(flight=flight, planned=planned, projected=projected, threshold=threshold),
    )


def _projection(*, seen: NDArray[np.float64], spent: float, open_days: int) -> tuple[float | None, float]:
    """Recent mean on every open day. Its variance: that of the open days, and that of the mean itself."""
    if seen.size < FEWEST_DAYS:
        return None, 0.0
    recent = seen[-RECENT_DAYS:]
    variance = float(recent.var(ddof=1)) * (open_days + open_days**2 / recent.size)
    return spent + float(recent.mean()) * open_days, Z90 * float(np.sqrt(variance))


def _status(*, flight: Flight, planned: float, projected: float | None, threshold: float) -> str:
    if flight.elapsed == 0:
        return "not_started"
    if projected is None:
        return "unknown"
    if planned <= 0:
        return "over" if projected > 0 else "on"
    share = projected / planned - 1
    return "over" if share > threshold else "under" if share < -threshold else "on"
