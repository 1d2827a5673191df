"""Read a header: the concepts it names, its window, touch, scope, channel and date basis, and what stays unknown."""

import re
from dataclasses import dataclass

from harmonization.suggestion.words import plain, words_of

UNIT = (
    r"days?|d|дней|дня|день|дн|일|日間|日|天|hours?|hrs?|h|時間|小时|시간|часов|часа|tage?n?|dagen|dag|dias?|jours?|giorni|"
    r"dni|gun|hari|ngay|วัน|weeks?|wk"
)
WINDOW = re.compile(rf"(?<!\d)(\d{{1,3}})\s*[-–]?\s*({UNIT})(?![a-z])|(?<![a-z])[dt]\+?(\d{{1,2}})(?!\d)(?![a-z])")
HOURS = ("h", "hr", "hour", "時間", "小时", "시간", "часов", "часа")
OUTCOME = frozenset({"order", "conversion", "unit", "sale", "revenue", "newbuyer", "atc", "dpv", "roas", "acos"})
MONEY = frozenset({"cost", "revenue", "sale", "amount", "price", "bid", "budget", "cpc"})
CURRENCY_ENDING = re.compile(r"(.+?)[\s(,]+(?:in )?[a-z]+ currency\)?")
UNITS = {"micros": "divide:1000000", "microcents": "divide:100000000"}


@dataclass(frozen=True, kw_only=True)
class HeaderReading:
    """What the words of one header say.

    Attributes:
        concepts: what is spoken of, without the words that only qualify it.
        window: attribution window as ``14d`` or ``12h``; None where the header names none.
        unknown: words the lexicon lacks.
        is_percent: the header has a percent sign.
        unit: the transform that the header itself names, ``divide:1000000``.
    """

    header: str
    concepts: frozenset[str]
    window: str | None
    touch: str | None
    scope: str | None
    sales_channel: str | None
    date_basis: str | None
    unknown: tuple[str, ...]
    is_percent: bool
    unit: str


def read_header(*, header: str) -> HeaderReading:
    """The meaning of a header in any of the lexicon's languages, camelCase, snake_case or spaced."""
    text = _without_currency(plain(header))
    match = WINDOW.search(text)
    words = words_of(text=WINDOW.sub(" ", text, count=1) if match else text)
    concepts = {word.concept for word in words if word.concept} - {"null"}
    if "converting" in concepts and concepts - {"converting", "ad", "adly", "total", "same", "halo"}:
        concepts = concepts - {"converting"} | {"conversion"}
    if "promoted" in concepts:
        concepts = _promoted(concepts)
    if "listing" in concepts and not concepts & OUTCOME:
        concepts = concepts | {"product"}
    is_outcome = bool(concepts & OUTCOME) or ("amount" in concepts and bool(concepts & {"same", "halo", "total"}))
    return HeaderReading(
        header=header,
        concepts=frozenset(_subject(concepts, is_outcome=is_outcome)),
        window=_window(match) if match else None,
        touch=_touch(concepts, is_outcome=is_outcome),
        scope=_scope(concepts, is_outcome=is_outcome),
        sales_channel="in_store" if "offline" in concepts else ("online" if "online" in concepts else None),
        date_basis=next((basis for basis in ("click", "impression", "order") if f"{basis}date" in concepts), None),
        unknown=tuple(word.text for word in words if not word.concept),
        is_percent="%" in text,
        unit=next((UNITS[word.concept] for word in words if word.concept in UNITS), ""),
    )


def _without_currency(text: str) -> str:
    """An amount without the words that tell in which currency it is, “(account currency)”."""
    match = CURRENCY_ENDING.fullmatch(text)
    if match and {word.concept for word in words_of(text=match[1])} & MONEY:
        return match[1]
    return text


def _promoted(concepts: set[str]) -> set[str]:
    """“Promoted” products are the advertised ones; promoted sales may be theirs or all that the ads led to."""
    if concepts & {"product", "sku"}:
        return concepts - {"promoted"} | {"advertised"}
    return concepts if concepts & OUTCOME else concepts - {"promoted"} | {"ad"}


def _subject(concepts: set[str], *, is_outcome: bool) -> set[str]:
    """The concepts left when those that qualify are taken out; touches of outcomes are no clicks or impressions."""
    taken = {
        "clicktouch",
        "viewtouch",
        "bothtouch",
        "clickdate",
        "impressiondate",
        "orderdate",
        "total",
        "online",
        *UNITS,
    }
    if is_outcome:
        taken |= {"click", "view", "impression", "same", "halo", "advertised", "parent", "offline"}
        taken |= {"product", "sku"} if concepts & {"same", "halo", "advertised"} else set()
    left = concepts - taken
    return left or concepts


def _touch(concepts: set[str], *, is_outcome: bool) -> str | None:
    clicks = "clicktouch" in concepts or "clickdate" in concepts or (is_outcome and "click" in concepts)
    views = "viewtouch" in concepts or (is_outcome and bool(concepts & {"view", "impression"}))
    if "bothtouch" in concepts or (clicks and views and "clickdate" not in concepts):
        return "click+view"
    if views:
        return "view"
    return "click" if clicks else None


def _scope(concepts: set[str], *, is_outcome: bool) -> str | None:
    if "halo" in concepts or (is_outcome and "parent" in concepts):
        return "halo"
    if "same" in concepts or (is_outcome and "advertised" in concepts):
        return "same_sku"
    return "total" if "total" in concepts else None


def _window(match: re.Match[str]) -> str:
    if match[3]:
        return f"{int(match[3])}d"
    number, unit = int(match[1]), match[2]
    if unit.startswith("w"):
        return f"{number * 7}d"
    return f"{number}h" if unit.rstrip("s") in HOURS else f"{number}d"
