"""What sample values say of a column: date, money, count, identifier, GTIN, percent or text."""

import re

from harmonization.rmis.gtin import is_valid_gtin

DATES = re.compile(r"\d{4}-\d{2}-\d{2}.*|\d{1,2}[./]\d{1,2}[./]\d{2,4}|20\d{6}|[A-Z][a-z]{2} \d{1,2}, \d{4}")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
MONEY_SIGNS = re.compile(r"[$€£₽₹¥₩]|\b[A-Z]{3}\b|\s|%")
KINDS_OF_FIELD: dict[str, frozenset[str]] = (
    {
        "event_date": frozenset({"date"}),
        "currency": frozenset({"currency", "text"}),
    }
    | dict.fromkeys(("impressions", "clicks"), frozenset({"count"}))
    | dict.fromkeys(
        ("cost", "orders", "units_sold", "revenue", "price", "bid", "ctr", "cpc", "roas"),
        frozenset({"count", "decimal"}),
    )
)


def numbers(*, values: tuple[str, ...]) -> list[float] | None:
    """The values as numbers, symbols and decimal commas read; None where one is no number."""
    plain = [_plain(value) for value in values if value.strip()]
    return [float(value) for value in plain] if plain and all(map(NUMBER.fullmatch, plain)) else None


def kind_of(*, values: tuple[str, ...]) -> str | None:
    """The kind of all values; None where there are none."""
    filled = [value.strip() for value in values if value.strip()]
    if not filled:
        return None
    if all(map(DATES.fullmatch, filled)):
        return "date"
    if all(re.fullmatch("[A-Z]{3}", value) for value in filled):
        return "currency"
    if all(map(is_valid_gtin, filled)):
        return "gtin"
    found = numbers(values=values)
    if found is None:
        return "text"
    return "count" if all(number.is_integer() for number in found) and not _has_point(filled) else "decimal"


def contradicts(*, field: str, kind: str | None) -> bool:
    """Whether values of this kind cannot be values of the field."""
    allowed = KINDS_OF_FIELD.get(field)
    return kind is not None and allowed is not None and kind not in allowed and kind != "gtin"


def _plain(value: str) -> str:
    bare = MONEY_SIGNS.sub("", value)
    if re.fullmatch(r"-?\d+,\d{1,2}|-?\d+,\d{4,}", bare):
        return bare.replace(",", ".")
    return bare.replace(",", "")


def _has_point(values: list[str]) -> bool:
    return any("." in value or re.search(r",\d{1,2}$", value) for value in values)
