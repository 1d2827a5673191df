"""What probably lies behind an odd day, told from which figures moved together and by how much."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log

POWERS_OF_TEN = {10: "ten", 100: "a hundred", 1000: "a thousand", 1_000_000: "a million"}
NEAR, AS_USUAL = log(1.35), log(1.2)
Factors = Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Cause:
    """The likely cause in a sentence, and what to do."""

    cause: str
    advice: str


def likely_cause(*, factors: Factors, odd: Sequence[str]) -> Cause:
    """The first pattern that fits.

    Args:
        factors: observed over expected of each metric that could be judged.
        odd: metrics that are odd.
    """
    for fits, cause in PATTERNS:
        if fits(factors, odd):
            return cause(factors) if callable(cause) else cause
    return UNKNOWN


UNKNOWN = Cause(
    cause="Nothing in the other figures tells why.",
    advice="Look at the campaigns of this day; if something real happened, such as a promotion, note it here.",
)


def _moved(factors: Factors, metric: str) -> float:
    """Logarithm of the factor; 0 where it could not be judged."""
    return log(factors.get(metric, 1.0))


def _is_usual(factors: Factors, *metrics: str, beside: float = 0.0) -> bool:
    """Whether metrics moved little: by themselves, or next to another that moved by ``beside``."""
    return all(abs(_moved(factors, metric)) <= max(AS_USUAL, beside / 3) for metric in metrics)


def _power(factors: Factors) -> int:
    """The power of ten that cost per click (steadier than cost) moved by, up or down; 0 where it is none."""
    moved = abs(_moved(factors, "cpc" if "cpc" in factors else "cost"))
    return next((power for power in POWERS_OF_TEN if abs(moved - log(power)) <= NEAR), 0)


def _is_unit_error(factors: Factors, odd: Sequence[str]) -> bool:
    moved = abs(_moved(factors, "cost"))
    return bool({"cost", "cpc"} & set(odd)) and _power(factors) > 0 and _is_usual(factors, "impressions", beside=moved)


def _unit_error(factors: Factors) -> Cause:
    times = "times" if factors["cost"] > 1 else "times less than"
    words = f"{POWERS_OF_TEN[_power(factors)]} {times}"
    with_revenue = _is_usual(factors, "roas", beside=abs(_moved(factors, "cost")))
    what = "All amounts are" if with_revenue else "Cost is"
    return Cause(
        cause=f"{what} about {words} what is usual while impressions are not: a unit or decimal mark changed.",
        advice="Compare the file's amounts with the console; correct the unit in the mapping, and upload again.",
    )


def _is_repeated(factors: Factors, odd: Sequence[str]) -> bool:
    doubled = all(abs(_moved(factors, metric) - log(2)) <= AS_USUAL for metric in ("impressions", "cost"))
    return doubled and _is_usual(factors, "ctr", "cpc")


def _is_currency(factors: Factors, odd: Sequence[str]) -> bool:
    moved = abs(_moved(factors, "cpc"))
    return "cpc" in odd and _is_usual(factors, "impressions", "ctr", "roas", beside=moved)


def _is_price(factors: Factors, odd: Sequence[str]) -> bool:
    return "cpc" in odd and _is_usual(factors, "impressions", "ctr")


def _is_part(factors: Factors, odd: Sequence[str]) -> bool:
    return all(_moved(factors, metric) < -AS_USUAL for metric in ("impressions", "cost")) and _is_usual(factors, "cpc")


def _is_more(factors: Factors, odd: Sequence[str]) -> bool:
    return all(_moved(factors, metric) > AS_USUAL for metric in ("impressions", "cost")) and _is_usual(factors, "cpc")


def _is_only(metric: str) -> Callable[[Factors, Sequence[str]], bool]:
    return lambda factors, odd: list(odd) == [metric]


PATTERNS: tuple[tuple[Callable[[Factors, Sequence[str]], bool], Cause | Callable[[Factors], Cause]], ...] = (
    (_is_unit_error, _unit_error),
    (
        _is_repeated,
        Cause(
            cause="Delivery and cost doubled together while rates did not move: the day may be counted twice.",
            advice="Look for overlapping files or repeated rows of this day, then upload the day once more.",
        ),
    ),
    (
        _is_currency,
        Cause(
            cause="Cost and revenue moved together while delivery did not: another currency, or tax in the amounts.",
            advice="Check currency and tax settings of the report; upload again with the mapping that states them.",
        ),
    ),
    (
        _is_price,
        Cause(
            cause="Cost per click moved while delivery did not: bids, a fee inside cost, or the unit of cost.",
            advice="Compare with bid changes of that day; if there were none, compare cost with the console.",
        ),
    ),
    (
        _is_part,
        Cause(
            cause="Delivery and cost fell together while cost per click did not: a part is missing, or ads paused.",
            advice="Download the day again; if budgets ran out or campaigns were paused, note it here.",
        ),
    ),
    (
        _is_more,
        Cause(
            cause="Delivery and cost rose together while cost per click did not: more budget, or an event.",
            advice="Check for a promotion or a raised budget, and note it here.",
        ),
    ),
    (
        _is_only("roas"),
        Cause(
            cause="Only return on spend moved: attributed sales are late, lost, or really different.",
            advice="Wait until the attribution window has passed and upload the day again; then check sales tracking.",
        ),
    ),
    (
        _is_only("ctr"),
        Cause(
            cause="Only the click-through rate moved: another mix of placements, or clicks that are not people's.",
            advice="Compare placements of the day; ask the network about invalid traffic if clicks jumped.",
        ),
    ),
    (
        _is_only("facts"),
        Cause(
            cause="The day has far fewer rows than usual: part of the file may be missing.",
            advice="Compare the number of campaigns and items with the console, and download the day again.",
        ),
    ),
)
