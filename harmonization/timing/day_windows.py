"""Which days to ask for: what is new, what the network may still restate, cut to what one report may span."""

from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class DayWindow:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a network allows and what a source wants, in days.

    Attributes:
        longest: days in one report.
        kept: days the network keeps, today included.
        look_back: days before the newest taken one that are asked for again, because they may have been restated.
        first: days to ask for at the first time.
    """

    longest: int
    kept: int
    look_back: int
    first: int


def windows_to_ask(*, today: date, newest_taken: date | None, limits: Limits) -> tuple[DayWindow, ...]:
    """Windows up to yesterday (today is not over), oldest first; empty when yesterday is before the first kept day."""
    yesterday = today - ONE_DAY
    if newest_taken is None:
        wanted = today - timedelta(days=limits.first)
    else:
        wanted = min(newest_taken, yesterday) - timedelta(days=limits.look_back) + ONE_DAY
    start = max(wanted, oldest_kept(today=today, limits=limits))
    windows = []
    while start <= yesterday:
        end = min(start + timedelta(days=limits.longest - 1), yesterday)
        windows.append(DayWindow(start=start, end=end))
        start = end + ONE_DAY
    return tuple(windows)


def oldest_kept(*, today: date, limits: Limits) -> date:
    """The first day the network still has."""
    return today - timedelta(days=limits.kept - 1)


def days_lost(*, today: date, newest_taken: date | None, limits: Limits) -> DayWindow | None:
    """Days after the newest taken one that the network no longer keeps; None when none is lost."""
    if newest_taken is None:
        return None
    first, last = newest_taken + ONE_DAY, oldest_kept(today=today, limits=limits) - ONE_DAY
    return DayWindow(start=first, end=last) if first <= last else None
