"""Expressions that turn text into exact numbers, or into null where the text is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import polars as pl

from harmonization.mapping.spec import Unit

AMOUNT = pl.Decimal(38, 6)
EXACT = pl.Decimal(18, 6)
FINE = pl.Decimal(38, 14)
DIVISORS = {Unit.MICROS: 1_000_000, Unit.MICROCENTS: 100_000_000, Unit.PERCENT: 100}
INVISIBLE = "[\u200b\u200e\u200f\u2066-\u2069\ufeff]"
NOTHING = ("", "-", "--", "–", "—", "n/a", "na", "null", "none")
CURRENCY_BEFORE = r"^([-+(]?)\s*(?:[A-Z]{3}|[A-Z]{0,3}\p{Sc})\s*"
CURRENCY_AFTER = r"\s*(?:[A-Z]{3}|\p{Sc})(\)?)$"
CURRENCY_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₴": "UAH", "₫": "VND"}
SIGNS_PATTERN = f"([{''.join(CURRENCY_SIGNS)}])"
NEGATIVE_BY_BRACKETS = r"^\(\s*(.+?)\s*\)$"
DIGITS = {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966, 0xFF10) for digit in range(10)}
MARKS = {"٫": ".", "٬": ",", "．": ".", "，": ",", "－": "-", "−": "-", "％": "%", "＋": "+", "（": "(", "）": ")"}
FOLDED = DIGITS | MARKS
FOREIGN = f"[{''.join(FOLDED)}{INVISIBLE[1:]}"
PLAIN = r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?$"
EASY = {".": r"^[-+]?[0-9]+(?:\.[0-9]+)?$", ",": r"^[-+]?[0-9]+(?:,[0-9]+)?$"}
GROUPED = {
    ".": r"^[-+]?\d{1,3}(?:(?:,\d{2,3})*,\d{3}|(?:['’\s]\d{3})+)(?:\.\d*)?$",
    ",": r"^[-+]?\d{1,3}(?:(?:\.\d{3})+|(?:['’\s]\d{3})+)(?:,\d*)?$",
}
GROUPING_MARKS = {".": r"[,'’\s]", ",": r"[.'’\s]"}


def column_text(place: int) -> pl.Expr:
    """The trimmed text of a column."""
    return pl.col(f"c{place}").str.strip_chars()


@dataclass(frozen=True, kw_only=True)
class Cells:
    """How the cells of a table are read.

    Attributes:
        are_plain: take only numbers in plain digits, with nothing around them, and take only "" for empty. Right for
            most files and far cheaper; what it cannot read is null, and the file is then read with everything allowed.
        numbers: places of columns that the reader of the file has parsed to exact numbers already; null where empty.
        words: places of columns that it has read as categories, with the words seen in them so far; null where empty.
        are_foreign: some cell holds digits or marks of another script, or full-width ones; they are folded to ASCII.
        are_judged_after: any cell that is wrong makes the whole reading worthless. So values are not guarded one by
            one; problems look at the columns that the values have become.
    """

    decimal: str
    has_iso_dates: bool
    are_plain: bool
    numbers: frozenset[int] = frozenset()
    words: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    are_foreign: bool = False
    are_judged_after: bool = False

    def text(self, place: int) -> pl.Expr:
        """The trimmed text of a column; of one read as numbers or categories, the column itself."""
        return pl.col(f"c{place}") if place in self.numbers or place in self.words else column_text(place)


def is_nothing(*, text: pl.Expr, cells: Cells, is_number: bool = False) -> pl.Expr:
    """Whether a cell that should hold a number or a date holds none: empty, a dash, n/a."""
    if is_number:
        return text.is_null()
    return text == "" if cells.are_plain else text.str.to_lowercase().is_in(NOTHING)


def amount(*, text: pl.Expr, unit: Unit, cells: Cells) -> pl.Expr:
    """An exact number in whole units, rounded half to even to six decimals; null where the text is no number.

    Accepts a currency sign or code, brackets for negative amounts, and thousands grouped properly. A mark that is
    neither the decimal mark nor in a proper place makes the text no number: nothing is guessed.
    """
    plain = _with_point(text, cells) if cells.are_plain else _plain_text(text, unit=unit, cells=cells)
    divisor = DIVISORS.get(unit)
    if divisor is None:
        return plain.cast(AMOUNT, strict=False)
    return (plain.cast(FINE, strict=False) / divisor).cast(AMOUNT)


def _plain_text(text: pl.Expr, *, unit: Unit, cells: Cells) -> pl.Expr:
    """The number as digits with a decimal point.

    Cells that are plain already are let through by one look; only the others are taken apart. Polars would evaluate a
    chain of conditions for every cell, and what stands in several branches several times.
    """
    read = partial(_marks_read, unit=unit, cells=cells)
    return text.map_batches(read, return_dtype=pl.String, is_elementwise=True)


def _marks_read(texts: pl.Series, *, unit: Unit, cells: Cells) -> pl.Series:
    """The texts as digits with a decimal point, null where they are no number."""
    frame = pl.DataFrame({"text": texts.cast(pl.String)})
    is_plain = pl.col("text").str.contains(EASY[cells.decimal])
    frame = frame.with_columns(pl.when(is_plain).then(_with_point(pl.col("text"), cells)).alias("bare"))
    odd = frame.select((pl.col("bare").is_null() & (pl.col("text") != "")).arg_true()).to_series()
    bare = frame["bare"]
    if not len(odd):
        return bare
    left = pl.DataFrame({"bare": frame["text"].gather(odd)})
    for step in _steps(unit=unit, cells=cells):
        left = left.with_columns(step.alias("bare"))
    return bare.scatter(odd, left["bare"])


def _steps(*, unit: Unit, cells: Cells) -> list[pl.Expr]:
    """What is taken off a number that is not plain, one after the other."""
    bare = pl.col("bare")
    in_front = bare.str.contains(CURRENCY_BEFORE)
    steps = [folded(bare)] if cells.are_foreign else []
    steps.append(
        pl.when(in_front)
        .then(bare.str.replace(CURRENCY_BEFORE, "${1}"))
        .otherwise(bare.str.replace(CURRENCY_AFTER, "${1}"))
    )
    steps.append(bare.str.replace(NEGATIVE_BY_BRACKETS, "-${1}"))
    if unit is Unit.PERCENT:
        steps.append(bare.str.replace(r"\s*%$", ""))
    is_grouped = bare.str.contains(GROUPED[cells.decimal])
    steps.append(pl.when(is_grouped).then(bare.str.replace_all(GROUPING_MARKS[cells.decimal], "")).otherwise(bare))
    steps.append(_with_point(bare, cells))
    steps.append(pl.when(bare.str.contains(PLAIN)).then(bare))
    return steps


def folded(text: pl.Expr) -> pl.Expr:
    """Digits and marks of other scripts, and full-width ones, as ASCII; invisible marks of direction left out.

    Costly: only where the table has such letters (``has_foreign``).
    """
    return text.str.replace_many(FOLDED).str.replace_all(INVISIBLE, "")


def has_foreign(rows: pl.LazyFrame) -> bool:
    """Whether any cell of a table of text holds something to fold."""
    texts = pl.selectors.string()
    found = rows.select(pl.any_horizontal(texts.str.contains(FOREIGN).any()).alias("found"))
    return bool(found.collect(engine="streaming").item())


def _with_point(text: pl.Expr, cells: Cells) -> pl.Expr:
    """Where the decimal mark is a comma, the text with a point instead; a point of its own makes it no number."""
    if cells.decimal == ".":
        return text
    return pl.when(~text.str.contains(".", literal=True)).then(text.str.replace(",", ".", literal=True))


def stated_currency(text: pl.Expr) -> pl.Expr:
    """The currency an amount names itself, by code or by a sign that means one currency only; null otherwise."""
    sign = text.str.extract(SIGNS_PATTERN).replace_strict(CURRENCY_SIGNS, default=None, return_dtype=pl.String)
    return pl.coalesce(text.str.extract(r"([A-Z]{3})"), sign)


def whole(number: pl.Expr) -> pl.Expr:
    """A whole number as an integer; null where it has a fraction."""
    return pl.when(number % 1 == 0).then(number.cast(pl.Int64, strict=False))


def gtin14(text: pl.Expr) -> pl.Expr:
    """A GTIN padded to fourteen digits; null where it is none or its check digit is wrong (GS1, section 7.9)."""
    digits = text.str.replace_all(r"[\s-]", "")
    number = pl.when(digits.str.contains(r"^[0-9]{7,14}$")).then(digits.cast(pl.Int64, strict=False))
    weights = [(place, 3 if place % 2 else 1) for place in range(14)]
    weighted = pl.sum_horizontal((number // 10**place) % 10 * weight for place, weight in weights)
    is_valid = (number > 0) & (weighted % 10 == 0)
    return pl.when(is_valid).then(number.cast(pl.String).str.zfill(14))


def constants(expressions: Iterable[pl.Expr]) -> dict[str, Any]:
    """Of the expressions that read no column, the value of each by its name; all in one small query."""
    fixed = [one for one in expressions if not one.meta.root_names()]
    return pl.select(fixed).row(0, named=True) if fixed else {}
