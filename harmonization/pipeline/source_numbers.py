"""Numbers and days of the source read by Python, apart from the Polars plan, to hold one against the other."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from harmonization.mapping.spec import Unit
from harmonization.pipeline.numbers import FOLDED, INVISIBLE

EXPONENTS = {Unit.ONE: 0, Unit.PERCENT: -2, Unit.MICROS: -6, Unit.MICROCENTS: -8}
DIGITS = frozenset("0123456789")
SIGNS_AND_DIGITS = re.compile(r"[-+]?[0-9]*\.?[0-9]*(?:[eE][-+]?[0-9]{1,2})?")
PLAIN = {".": re.compile(r"-?[0-9]+(\.[0-9]+)?"), ",": re.compile(r"-?[0-9]+(,[0-9]+)?")}
CODE_IN_FRONT = re.compile(r"\s*([A-Z]{0,3})")
CODE_BEHIND = re.compile(r"\s*[A-Z]{3}$")
CODE_LENGTH = 3
FOLDING = str.maketrans(FOLDED)
REMEMBERED = 1 << 16


def number_reader(*, decimal: str, unit: Unit) -> Callable[[str], Decimal | None]:
    """A function from a cell's text to its exact value in whole units; None where the cell holds no number."""

    @lru_cache(maxsize=REMEMBERED)
    def read(text: str) -> Decimal | None:
        if PLAIN[decimal].fullmatch(text):
            return Decimal(text.replace(",", ".")).scaleb(EXPONENTS[unit])
        bare, is_negative = _without_currency(_folded(text.strip()))
        bare = _without_groups(bare, decimal=decimal)
        if decimal == ",":
            bare = "" if "." in bare else bare.replace(",", ".")
        if unit is Unit.PERCENT:
            bare = bare.removesuffix("%").rstrip()
        if not SIGNS_AND_DIGITS.fullmatch(bare) or not DIGITS & set(bare):
            return None
        try:
            value = Decimal(bare).scaleb(EXPONENTS[unit])
        except InvalidOperation:
            return None
        return -value if is_negative else value

    return read


def day_reader(*, formats: tuple[str, ...]) -> Callable[[str], date | None]:
    """A function from a cell's text to its day; None where it is none."""

    @lru_cache(maxsize=REMEMBERED)
    def read(text: str) -> date | None:
        for one in formats:
            try:
                return datetime.strptime(_folded(text.strip()), one).date()
            except ValueError:
                continue
        return None

    return read


def _folded(text: str) -> str:
    return text if text.isascii() else re.sub(INVISIBLE, "", text.translate(FOLDING))


def _without_currency(text: str) -> tuple[str, bool]:
    """The text without brackets, currency sign or code; whether it is negative by brackets."""
    is_negative = text.startswith("(") and text.endswith(")")
    if is_negative:
        text = text[1:-1].strip()
        if text[:1] in {"-", "+"}:
            return "", True
    sign = text[:1] if text[:1] in {"-", "+"} else ""
    body = text[len(sign) :]
    code = CODE_IN_FRONT.match(body)
    after = body[code.end() :] if code else body
    if _is_sign(after[:1]):
        return sign + after[1:].strip(), is_negative
    if code and len(code.group(1)) == CODE_LENGTH:
        return sign + after.strip(), is_negative
    if _is_sign(body[-1:]):
        return sign + body[:-1].rstrip(), is_negative
    return sign + CODE_BEHIND.sub("", body), is_negative


def _is_sign(letter: str) -> bool:
    return bool(letter) and unicodedata.category(letter) == "Sc"


def _without_groups(text: str, *, decimal: str) -> str:
    """The text without thousands marks where each stands in a proper place; unchanged otherwise."""
    sign = text[:1] if text[:1] in {"-", "+"} else ""
    whole, mark, fraction = text[len(sign) :].partition(decimal)
    thousands = "," if decimal == "." else "."
    for separator in (thousands, "'", "’", " ", "\u00a0", "\u202f", "\u2009"):
        first, *groups = whole.split(separator)
        if groups and _are_groups(first, groups, may_be_indian=separator == ","):
            return f"{sign}{first}{''.join(groups)}{mark}{fraction}"
    return text


def _are_groups(first: str, groups: list[str], *, may_be_indian: bool) -> bool:
    lengths = {2, 3} if may_be_indian else {3}
    is_digits = all(part and set(part) <= DIGITS for part in (first, *groups))
    return is_digits and len(first) <= 3 and len(groups[-1]) == 3 and all(len(part) in lengths for part in groups)
