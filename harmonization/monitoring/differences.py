"""Why a day's figure here differs from the one a retailer's console shows, told from what is known of the day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MONEY = frozenset({"cost", "revenue"})
COMMON_VAT = {
    "EUR": ("0.19", "0.20", "0.21", "0.22", "0.23"),
    "GBP": ("0.20",),
    "JPY": ("0.10",),
    "KRW": ("0.10",),
    "INR": ("0.18",),
    "PLN": ("0.23",),
    "SEK": ("0.25",),
    "AUD": ("0.10",),
    "MXN": ("0.16",),
    "BRL": ("0.17",),
}
MOSTLY = Decimal("0.2")
HOURS = Decimal(24)


class Reason(StrEnum):
    """A kind of reason, likeliest first where two fit equally well."""

    SAME = "same"
    REJECTED = "rejected_rows"
    RESTATED = "restated"
    WINDOW = "attribution_window"
    STATED_TAX = "stated_tax"
    CURRENCY = "currency"
    NEIGHBOUR = "neighbouring_day"
    COMMON_TAX = "common_tax_rate"


@dataclass(frozen=True, kw_only=True)
class Known:
    """A total the console might show instead, and what it is, as a clause: ``version 1, from june.csv``."""

    label: str
    total: Decimal


@dataclass(frozen=True, kw_only=True)
class DayEvidence:
    """What is known of one metric of one source's day.

    Attributes:
        harmonized: what is shown here, in ``currency``.
        source: what the files stated, before rejected rows were left out; None where that is not reconciled.
        earlier: totals of earlier versions, newest first.
        windows: totals of the same metric in other attribution windows.
        currencies: totals that are in other currencies.
        before, after: totals of the neighbouring days; None without data.
        vat_included: whether the source says amounts hold tax; None where it does not say.
        vat_rate: that tax as a fraction of the net amount.
    """

    metric: str
    currency: str
    harmonized: Decimal
    source: Decimal | None
    earlier: tuple[Known, ...]
    windows: tuple[Known, ...]
    currencies: tuple[Known, ...]
    before: Decimal | None
    after: Decimal | None
    vat_included: bool | None
    vat_rate: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What the console would show for one reason, and what that leaves of the gap."""

    reason: Reason
    sentence: str
    predicted: Decimal
    left: Decimal


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The gap to the console's figure and the reason that explains it best.

    Attributes:
        gap: console minus here.
        best: None where no reason takes away at least four fifths of the gap.
        unexplained: what the best reason leaves, within the precision the figure was given in; the gap without one.
        candidates: all reasons tried, best first.
        hint: something that could be checked, where nothing explains the gap; never counted as an explanation.
    """

    console: Decimal
    gap: Decimal
    best: Candidate | None
    unexplained: Decimal
    candidates: tuple[Candidate, ...]
    hint: str


def explain_gap(*, console: Decimal, evidence: DayEvidence) -> Explanation:
    """Try every known reason on the console's figure.

    A reason explains the gap when it predicts the figure to half a unit of its last digit. A reason that leaves less
    than a fifth of the gap is named with what it leaves; anything else is honestly unexplained.
    """
    gap = console - evidence.harmonized
    precision = _half_unit(console)
    tried = [_candidate(reason, sentence, total, console=console) for reason, sentence, total in _reasons(evidence)]
    order = {reason: place for place, reason in enumerate(Reason)}
    ranked = tuple(sorted(tried, key=lambda one: (_beyond(one.left, precision), order[one.reason])))
    best = ranked[0]
    is_best = best.left == 0 or abs(best.left) <= precision or abs(best.left) < MOSTLY * abs(gap)
    left = gap if not is_best else Decimal(0) if abs(best.left) <= precision else best.left
    return Explanation(
        console=console,
        gap=gap,
        best=best if is_best else None,
        unexplained=left,
        candidates=ranked,
        hint="" if is_best else _time_zone_hint(console=console, evidence=evidence),
    )


def _reasons(evidence: DayEvidence) -> Iterator[tuple[Reason, str, Decimal]]:
    yield Reason.SAME, "It is the figure shown here, rounded.", evidence.harmonized
    if evidence.source is not None and evidence.source != evidence.harmonized:
        yield Reason.REJECTED, "It counts the rows that could not be read.", evidence.source
    for one in evidence.earlier:
        yield Reason.RESTATED, f"It is {one.label}: the console or the file was read at another time.", one.total
    for one in evidence.windows:
        yield Reason.WINDOW, f"It counts another attribution window: {one.label}.", one.total
    for one in evidence.currencies:
        yield Reason.CURRENCY, f"It is the part in another currency: {one.label}.", one.total
    if evidence.before is not None:
        yield Reason.NEIGHBOUR, "It is the day before: dates or time zones are a day apart.", evidence.before
    if evidence.after is not None:
        yield Reason.NEIGHBOUR, "It is the day after: dates or time zones are a day apart.", evidence.after
    if evidence.metric in MONEY:
        yield from _taxes(evidence)


def _taxes(evidence: DayEvidence) -> Iterator[tuple[Reason, str, Decimal]]:
    """With tax on top, and without; only the direction that makes sense where the source says what amounts hold."""
    stated = evidence.vat_rate
    rates = [stated] if stated is not None else [Decimal(rate) for rate in COMMON_VAT.get(evidence.currency, ())]
    reason = Reason.STATED_TAX if stated is not None else Reason.COMMON_TAX
    for rate in rates:
        percent = f"{(100 * rate).normalize():f} %"
        if evidence.vat_included is not True:
            yield reason, f"It has {percent} value-added tax on top.", evidence.harmonized * (1 + rate)
        if evidence.vat_included is not False:
            yield reason, f"It is without {percent} value-added tax.", evidence.harmonized / (1 + rate)


def _candidate(reason: Reason, sentence: str, predicted: Decimal, *, console: Decimal) -> Candidate:
    return Candidate(reason=reason, sentence=sentence, predicted=predicted, left=console - predicted)


def _half_unit(figure: Decimal) -> Decimal:
    """Half a unit of the last digit given: 0.005 for 12.30, 0.5 for 12 and for 1200."""
    exponent = figure.as_tuple().exponent
    places = min(exponent, 0) if isinstance(exponent, int) else 0
    return Decimal(5).scaleb(places - 1)


def _beyond(left: Decimal, precision: Decimal) -> Decimal:
    """How far past the precision a residue is; equal reasons are then ordered by likelihood."""
    return max(abs(left) - precision, Decimal(0))


def _time_zone_hint(*, console: Decimal, evidence: DayEvidence) -> str:
    """The shift that would give the figure if all hours of both days were alike."""
    neighbours: Sequence[tuple[str, Decimal | None]] = (("before", evidence.before), ("after", evidence.after))
    for name, total in neighbours:
        if total is None or total == evidence.harmonized:
            continue
        hours = HOURS * (console - evidence.harmonized) / (total - evidence.harmonized)
        if Decimal(1) <= hours <= Decimal(14):
            return (
                f"A time zone about {round(hours)} hours apart could do this, if all hours of this day and the day "
                f"{name} were alike. Compare the time zone of the console with the one of the export."
            )
    return ""
