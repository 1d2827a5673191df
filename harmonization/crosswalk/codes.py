"""Bring UPC-E, EAN-8, UPC-A, EAN-13, GTIN-14 and ISBN to one GTIN of fourteen digits, and say what was done.

Source: GS1 General Specifications, sections 1.4 (structure), 2.1.11 (variable measure), 7.9 (check digit) and 7.10
(zero suppression, UPC-E); ISBN Users' Manual for the prefix 978.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from harmonization.rmis.gtin import LENGTH, check_digit

SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u00a0]")
FROM_A_SPREADSHEET = re.compile(r"(\d+)\.0+")
ISBN_10 = re.compile(r"\d{9}[\dXx]")
FORM_BY_LENGTH = {8: "EAN-8", 12: "UPC-A", 13: "EAN-13", 14: "GTIN-14"}
UPC_E_LENGTHS = (6, 7, 8)
LEAST_DIGITS = 6


class CodeProblem(StrEnum):
    """Why a text is no GTIN that can be joined on."""

    NOT_DIGITS = "not a number"
    LENGTH = "no GTIN has this many digits"
    CHECK_DIGIT = "the check digit is wrong"
    ZERO = "all digits are zero"
    SCIENTIFIC = "a spreadsheet rounded it: digits are lost"


@dataclass(frozen=True, kw_only=True)
class Gtin:
    """A code as it was read.

    Attributes:
        text: fourteen digits with a valid check digit; empty where there is a problem.
        form: what it was written as: UPC-A, UPC-E, EAN-8, EAN-13, GTIN-14, ISBN-10.
        zeros_restored: leading zeros that were put back, as spreadsheets eat them.
        is_restricted: the number means something else in each shop (variable measure, in-store prefixes 02, 04 and
            20–29, coupons 05, 98 and 99): it must never join two retailers.
    """

    text: str = ""
    form: str = ""
    zeros_restored: int = 0
    is_restricted: bool = False
    problem: CodeProblem | None = None

    @property
    def joins(self) -> bool:
        """Whether the code names one trade item everywhere."""
        return bool(self.text) and not self.is_restricted


def read_gtin(text: str) -> Gtin:
    """The GTIN in a text. A wrong check digit is never repaired, and nothing is guessed."""
    bare = SEPARATORS.sub("", text.strip().lstrip("'"))
    if found := FROM_A_SPREADSHEET.fullmatch(bare):
        bare = found[1]
    if re.fullmatch(r"\d(\.\d+)?[eE]\+?\d+", bare):
        return Gtin(problem=CodeProblem.SCIENTIFIC)
    if ISBN_10.fullmatch(bare) and _isbn_10_is_valid(bare):
        body = f"978{bare[:9]}"
        return _known(f"{body}{check_digit(body)}", form="ISBN-10")
    if not (bare.isascii() and bare.isdigit()):
        return Gtin(problem=CodeProblem.NOT_DIGITS)
    if not int(bare):
        return Gtin(problem=CodeProblem.ZERO)
    return _from_digits(bare)


def expand_upc_e(digits: str) -> str | None:
    """The UPC-A of a UPC-E: six digits, with number system in front and check digit behind where given.

    None where the number system is neither 0 nor 1, or a given check digit is wrong (figure 7.10-1).
    """
    system, six, check = "0", digits, ""
    if len(digits) == 8:
        system, six, check = digits[0], digits[1:7], digits[7]
    elif len(digits) == 7:
        system, six = digits[0], digits[1:]
    if system not in "01" or len(six) != 6:
        return None
    last = six[5]
    if last in "012":
        body = f"{six[:2]}{last}0000{six[2:5]}"
    elif last == "3":
        body = f"{six[:3]}00000{six[3:5]}"
    elif last == "4":
        body = f"{six[:4]}00000{six[4]}"
    else:
        body = f"{six[:5]}0000{last}"
    whole = f"{system}{body}"
    right = str(check_digit(whole))
    return f"{whole}{right}" if check in {"", right} else None


def _from_digits(digits: str) -> Gtin:
    """Exact lengths first; then UPC-E of eight digits; then zeros that were lost from the left."""
    if len(digits) > LENGTH:
        return Gtin(problem=CodeProblem.LENGTH)
    if len(digits) in FORM_BY_LENGTH and _check_is_right(digits):
        return _known(digits, form=FORM_BY_LENGTH[len(digits)])
    if len(digits) == 8 and (whole := expand_upc_e(digits)):
        return _known(whole, form="UPC-E")
    if len(digits) in FORM_BY_LENGTH and len(digits) != 8:
        return Gtin(problem=CodeProblem.CHECK_DIGIT)
    return _with_zeros(digits)


def _with_zeros(digits: str) -> Gtin:
    """A number shorter than its form: zeros were eaten. Padding leaves the check digit as it is (7.9)."""
    if len(digits) < LEAST_DIGITS:
        return Gtin(problem=CodeProblem.LENGTH)
    if not _check_is_right(digits):
        return Gtin(problem=CodeProblem.CHECK_DIGIT)
    form, length = ("EAN-8", 8) if len(digits) < 8 else ("UPC-A", 12)
    return _known(digits.zfill(length), form=form, zeros=length - len(digits))


def _known(digits: str, *, form: str, zeros: int = 0) -> Gtin:
    text = digits.zfill(LENGTH)
    return Gtin(text=text, form=form, zeros_restored=zeros, is_restricted=_is_restricted(text))


def _is_restricted(text: str) -> bool:
    """By the GS1 prefix of the GTIN-13 inside (indicator 9 marks variable measure trade items, 2.1.11)."""
    if text[0] == "9":
        return True
    if text.startswith("000000"):  # GTIN-8: prefixes 0 and 2 are for use inside a company
        return text[6] in "02"
    prefix = int(text[1:3])
    return prefix in {2, 4, 5, 98, 99} or 20 <= prefix <= 29


def _check_is_right(digits: str) -> bool:
    return int(digits[-1]) == check_digit(digits[:-1])


def _isbn_10_is_valid(text: str) -> bool:
    weights = range(10, 0, -1)
    values = (10 if letter in "Xx" else int(letter) for letter in text)
    return sum(weight * value for weight, value in zip(weights, values, strict=True)) % 11 == 0
