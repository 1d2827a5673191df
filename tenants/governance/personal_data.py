"""Find personal data in text by its form: what has a check digit is checked, so that figures are not taken for people.

E-mail (RFC 5322, the common part), payment cards (Luhn, ISO/IEC 7812), IBAN (ISO 13616, mod 97), US social security
numbers (SSA: areas 000, 666 and 9xx, group 00 and serial 0000 are never issued), IP addresses, phone numbers written
with their country's prefix. Names are not found.
"""

import ipaddress
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

MOST_CHARACTERS = 5_000


class PersonalData(StrEnum):
    """What was found."""

    EMAIL = "email"
    CARD = "payment card"
    IBAN = "IBAN"
    SSN = "social security number"
    IP = "IP address"
    PHONE = "phone number"


@dataclass(frozen=True, kw_only=True)
class Span:
    """Where: characters ``start`` to ``end`` (exclusive) of the text."""

    start: int
    end: int
    kind: PersonalData


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _is_card(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return 13 <= len(digits) <= 19 and digits[0] in "23456" and len(set(digits)) > 1 and _luhn(digits)


def _is_iban(text: str) -> bool:
    plain = text.replace(" ", "").upper()
    if not 15 <= len(plain) <= 34:
        return False
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


def _is_ssn(text: str) -> bool:
    area, group, serial = re.split(r"[- ]", text)
    return area not in {"000", "666"} and area[0] != "9" and group != "00" and serial != "0000"


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_phone(text: str) -> bool:
    return 8 <= len(re.sub(r"\D", "", text)) <= 15


FORMS: tuple[tuple[PersonalData, re.Pattern[str], Callable[[str], bool]], ...] = (
    (
        PersonalData.EMAIL,
        re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])"),
        lambda text: True,
    ),
    (
        PersonalData.IBAN,
        re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,4})?(?![A-Za-z0-9])"),
        _is_iban,
    ),
    (PersonalData.CARD, re.compile(r"(?<![\d.,])\d(?:[ -]?\d){12,18}(?![\d])"), _is_card),
    (PersonalData.SSN, re.compile(r"(?<![\d-])\d{3}([- ])\d{2}\1\d{4}(?![\d-])"), _is_ssn),
    (PersonalData.IP, re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:]{3,39})(?![\w.:])"), _is_address),
    (PersonalData.PHONE, re.compile(r"(?<![\w+])\+\d{1,3}(?:[ .()-]{0,2}\d){6,13}(?!\d)"), _is_phone),
)


def find_personal_data(text: str) -> tuple[Span, ...]:
    """Spans from left to right that do not overlap; of two at one place the earlier kind of ``FORMS`` wins.

    Only the first ``MOST_CHARACTERS`` characters are looked at; every quantifier is bounded.
    """
    found: list[Span] = []
    for kind, pattern, holds in FORMS:
        found += [one for one in _matches(text[:MOST_CHARACTERS], kind, pattern, holds) if not _taken(one, found)]
    return tuple(sorted(found, key=lambda span: span.start))


def _matches(text: str, kind: PersonalData, pattern: re.Pattern[str], holds: Callable[[str], bool]) -> Iterator[Span]:
    for match in pattern.finditer(text):
        if holds(match.group()):
            yield Span(start=match.start(), end=match.end(), kind=kind)


def _taken(span: Span, found: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in found)
