"""Compare attributed outcomes of retailers that count in different windows: the common window, or a named estimate.

A window is never converted silently. Where all retailers report one window, that one is compared. Otherwise one window
is chosen, and retailers that lack it get an estimate: what they report, times the ratio of the two windows learnt from
retailers that report both, with a prediction interval.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import exp, log
from statistics import fmean, stdev

from scipy.special import stdtrit

LEVEL = 0.9
FEWEST_RATIOS = 5
FEWEST_RETAILERS = 3


@dataclass(frozen=True, kw_only=True, order=True)
class Window:
    """What an outcome counts: days after which touch, of which products; ``days`` is None where nothing says."""

    days: int | None
    touch: str
    scope: str


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What one retailer reports of a metric: a total for every window, by week (or any stretch of days)."""

    retailer_id: str
    totals: Mapping[str, Mapping[Window, Decimal]]

    def total(self, window: Window) -> Decimal | None:
        """Over all stretches; None where one of them lacks the window."""
        found = [own.get(window) for own in self.totals.values()]
        values = [one for one in found if one is not None]
        return sum(values, Decimal(0)) if values and len(values) == len(found) else None

    @property
    def windows(self) -> set[Window]:
        """The windows every stretch has."""
        every = [set(own) for own in self.totals.values()]
        return set.intersection(*every) if every else set()


class Basis(StrEnum):
    """How a figure of a comparison came about."""

    REPORTED = "reported"
    ESTIMATED = "estimated"
    NONE = "not comparable"


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One retailer in the comparison.

    Attributes:
        value: in the comparison's window; None where it is neither reported nor can be estimated.
        low, high: bounds of an estimate's prediction interval at ``LEVEL``; the value itself where it is reported.
        method: how the value came about, in a sentence.
    """

    retailer_id: str
    basis: Basis
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    method: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Retailers side by side in one window; ``is_common`` says that all of them report it."""

    window: Window
    is_common: bool
    retailers: tuple[Compared, ...]


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """How much larger one window's figure is than another's.

    Attributes:
        value: geometric mean of the ratios seen.
        low, high: prediction interval for one more, at ``LEVEL``.
        seen: how many ratios, of ``retailers``.
    """

    value: float
    low: float
    high: float
    seen: int
    retailers: tuple[str, ...]


def compare(*, reported: Sequence[Reported]) -> Comparison | None:
    """The retailers in one window; None where nobody reports anything.

    The common window is the longest that all report, of total scope if there is one. Without a common one, the window
    that most report.
    """
    everyone = [one for one in reported if one.windows]
    if not everyone:
        return None
    common = set.intersection(*(one.windows for one in everyone))
    if common:
        window = max(common, key=_preference)
        return Comparison(window=window, is_common=True, retailers=tuple(_reported(one, window) for one in everyone))
    candidates = {window for one in everyone for window in one.windows}
    window = max(candidates, key=lambda one: (sum(one in other.windows for other in everyone), _preference(one)))
    compared = (_in_window(one, window, everyone=everyone) for one in everyone)
    return Comparison(window=window, is_common=False, retailers=tuple(compared))


def learnt_ratio(*, own: Window, wanted: Window, among: Sequence[Reported]) -> Ratio | None:
    """The ratio of ``wanted`` to ``own`` over retailers and stretches that report both; None with too few.

    Ratios are log-normal (both figures are positive, and one holds the other). Three retailers or more stand for
    retailers as such: their means are the sample, and the interval is for a fourth. Fewer are pooled by stretch, and
    the interval then does not hold how retailers differ.
    """
    logs: dict[str, list[float]] = defaultdict(list)
    for one in among:
        for totals in one.totals.values():
            mine, theirs = totals.get(own), totals.get(wanted)
            if mine and theirs and mine > 0 and theirs > 0:
                logs[one.retailer_id].append(log(float(theirs) / float(mine)))
    seen = sum(map(len, logs.values()))
    if seen < FEWEST_RATIOS:
        return None
    means = [fmean(values) for values in logs.values()]
    sample = means if len(means) >= FEWEST_RETAILERS else [one for values in logs.values() for one in values]
    centre, count = fmean(sample), len(sample)
    reach = float(stdtrit(count - 1, (1 + LEVEL) / 2)) * stdev(sample) * (1 + 1 / count) ** 0.5
    return Ratio(
        value=exp(centre), low=exp(centre - reach), high=exp(centre + reach), seen=seen, retailers=tuple(sorted(logs))
    )


def _preference(window: Window) -> tuple[bool, int, str, str]:
    """Total scope first, then the longest window; names settle the rest."""
    return (window.scope == "total", window.days if window.days is not None else -1, window.touch, window.scope)


def _in_window(one: Reported, window: Window, *, everyone: Sequence[Reported]) -> Compared:
    if window in one.windows:
        return _reported(one, window)
    others = [other for other in everyone if other.retailer_id != one.retailer_id]
    found = [(own, ratio) for own in one.windows if (ratio := learnt_ratio(own=own, wanted=window, among=others))]
    if not found:
        method = _why_not(one, window)
        return Compared(retailer_id=one.retailer_id, basis=Basis.NONE, value=None, low=None, high=None, method=method)
    own, ratio = min(found, key=lambda pair: (pair[1].high / pair[1].low, pair[0].days or 0, pair[0].touch))
    total = one.total(own) or Decimal(0)
    value, low, high = (total * Decimal(factor) for factor in (ratio.value, ratio.low, ratio.high))
    return Compared(
        retailer_id=one.retailer_id,
        basis=Basis.ESTIMATED,
        value=value,
        low=min(low, high),
        high=max(low, high),
        method=_method(own, ratio),
    )


def _why_not(one: Reported, window: Window) -> str:
    """Why a retailer's figures can neither be taken as they are nor be estimated."""
    place, _, channel = window.scope.partition(", ")
    for own in sorted(one.windows, key=_preference, reverse=True):
        own_place, _, own_channel = own.scope.partition(", ")
        if (own.days, own.touch, own_place) != (window.days, window.touch, place):
            continue
        mine = f"counts {_spoken(own_channel)} sales only" if own_channel else "does not say which sales it counts"
        theirs = f"count {_spoken(channel)} sales only" if channel else "do not say which sales they count"
        return (
            f"It has the same days and touch, but {mine}, while the others {theirs}; "
            "one may hold sales that the other leaves out, and no retailer reports both to learn a ratio from."
        )
    return "No other retailer reports both this window and one of its own often enough to learn their ratio."


def _spoken(channel: str) -> str:
    """``in_store`` as ``in-store``."""
    return channel.replace("_", "-")


def _method(own: Window, ratio: Ratio) -> str:
    names = ", ".join(ratio.retailers)
    is_narrow = len(ratio.retailers) < FEWEST_RETAILERS
    limits = "; how retailers differ is not in the interval" if is_narrow else ""
    return (
        f"Estimate: its {own.days}-day {own.touch} figure times {ratio.value:.3f}, the ratio of the windows in "
        f"{ratio.seen} weeks of {names}; {LEVEL:.0%} interval{limits}."
    )


def _reported(one: Reported, window: Window) -> Compared:
    value = one.total(window)
    method = "Reported in this window."
    return Compared(
        retailer_id=one.retailer_id, basis=Basis.REPORTED, value=value, low=value, high=value, method=method
    )
