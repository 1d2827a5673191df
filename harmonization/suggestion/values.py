"""What sample values say of a column: date, money, count, identifier, GTIN, percent or text."""

import re

from harmonization.rmis.gtin import is_valid_gtin
from harmonization.suggestion.sample import FileSample

DATES = re.compile(r"\d{4}-\d{2}-\d{2}.*|\d{1,2}[./]\d{1,2}[./]\d{2,4}|20\d{6}|[A-Z][a-z]{2} \d{1,2}, \d{4}")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
MONEY_SIGNS = re.compile(r"[$€£₽₹¥₩]|\b[A-Z]{3}\b|\s|%")
# Signs that belong to one currency only, and codes as words; the dollar and yen signs are shared by several.
CURRENCY_SIGNS = {
    "EUR": r"€|(?<![a-z])eur(?![a-z])",
    "GBP": r"£|(?<![a-z])gbp(?![a-z])",
    "INR": r"₹|(?<![a-z])(inr|rs\.?)(?![a-z])",
    "RUB": r"₽|(?<![a-zа-я])(rub|руб\.?)(?![a-zа-я])",
    "KRW": r"₩|(?<![a-z])krw(?![a-z])|\(원\)",
    "TRY": r"₺|(?<![a-z])(try|tl)(?![a-z])",
    "PLN": r"zł|(?<![a-z])pln(?![a-z])",
    "BRL": r"r\$|(?<![a-z])brl(?![a-z])",
    "JPY": r"(?<![a-z])jpy(?![a-z])|[((]円[))]",
    "CNY": r"(?<![a-z])(cny|rmb)(?![a-z])|[((]元[))]",
    "USD": r"(?<![a-z])usd(?![a-z])|us\$",
    "MXN": r"(?<![a-z])mxn(?![a-z])",
    "CAD": r"(?<![a-z])cad(?![a-z])",
    "AUD": r"(?<![a-z])aud(?![a-z])",
    "IDR": r"(?<![a-z])(idr|rp)(?![a-z])",
    "VND": r"₫|(?<![a-z])vnd(?![a-z])",
    "THB": r"฿|(?<![a-z])thb(?![a-z])",
    "PHP": r"₱|(?<![a-z])php(?![a-z])",
    "AED": r"(?<![a-z])aed(?![a-z])",
    "SAR": r"(?<![a-z])sar(?![a-z])",
    "SGD": r"(?<![a-z])sgd(?![a-z])",
}
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


def uses_decimal_comma(*, values: tuple[str, ...]) -> bool:
    """Whether numbers are written with a comma before the decimals."""
    return any(re.fullmatch(r"-?[\d.\s ]*\d,\d{1,2}", MONEY_SIGNS.sub("", value)) for value in values)


def currency_of(*, file: FileSample) -> str | None:
    """The one currency that signs or codes in the header, the banner or the values name; None for none or several."""
    texts = [file.banner, *file.columns, *(value for column in file.columns for value in file.texts(column)[:20])]
    joined = " ".join(texts)
    found = {code for code, pattern in CURRENCY_SIGNS.items() if re.search(pattern, joined, re.IGNORECASE)}
    return found.pop() if len(found) == 1 else None
