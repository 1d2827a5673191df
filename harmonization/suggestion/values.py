"""What sample values say of a column: date, money, count, identifier, GTIN, percent or text."""

import re

from harmonization.rmis.gtin import is_valid_gtin
from harmonization.suggestion.sample import FileSample

DATES = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d).*|\d{1,2}[-./]\d{1,2}[-./](20)?\d{2}( .*)?|20\d{6}|\d{4}年\d{1,2}月\d{1,2}日"
    r"|[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{1,2}[ -][A-Z][a-z]{2,8}[ -]\d{2,4}|\d{4}년 ?\d{1,2}월 ?\d{1,2}일"
)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
MONEY_SIGNS = re.compile(r"[$€£₽₹¥₩₺₫฿₱¥円元원]|R\$|zł|Kč|Ft|kr\.?|lei|Rp\.?|Rs\.?|руб\.?|\b[A-Z]{3}\b|\s|%|[+]")
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
MOSTLY = 0.8  # one row of totals or a footnote does not change what a column is
NOTHING = frozenset({"", "-", "--", "—", "n/a", "na", "null", "none", "nan", "(null)"})
NUMBERS = frozenset({"count", "decimal"})
KINDS_OF_MEANING: dict[str, frozenset[str]] = (
    {"currency": frozenset({"currency", "text"})}
    | dict.fromkeys(("impressions", "clicks", "stock_level", "video_views"), frozenset({"count"}))
    | dict.fromkeys(
        (
            *("cost", "orders", "units_sold", "revenue", "revenue_halo", "revenue_same_sku", "price", "bid", "budget"),
            *("ctr", "cpc", "roas", "new_to_brand_orders", "new_to_brand_revenue"),
        ),
        NUMBERS,
    )
    | dict.fromkeys(
        ("keyword", "search_term", "product_name", "brand", "match_type", "placement_type", "device", "ad_format"),
        frozenset({"text", "currency", "count", "gtin"}),
    )
)
DAYS = frozenset({"event_date", "period_start", "period_end"})
STATUSES = frozenset({"enabled", "paused", "active", "inactive", "archived", "running", "ended", "live", "draft"})
# Words that show what a column of few different texts is.
FORMATS = re.compile(r"sponsor|display|video|brand|banner|product|listing|search|native|shopping", re.IGNORECASE)
MATCHES = re.compile(
    r"exact|phrase|broad|точн|фраз|широк|exakt|exacta|ampl|完全|部分|フレーズ|精确|广泛|일치", re.IGNORECASE
)


def filled(*, values: tuple[str, ...]) -> tuple[str, ...]:
    """The values that hold something."""
    return tuple(value.strip() for value in values if value.strip().lower() not in NOTHING)


def numbers(*, values: tuple[str, ...]) -> list[float | None] | None:
    """The values as numbers, symbols and decimal commas read, None for one that is none; None where most are none."""
    plain = [_plain(value) for value in values]
    texts = filled(values=values)
    found = [float(one) if NUMBER.fullmatch(one) else None for one in plain]
    is_numeric = bool(texts) and sum(one is not None for one in found) >= MOSTLY * len(texts)
    return found if is_numeric else None


def kind_of(*, values: tuple[str, ...]) -> str | None:
    """The kind of all values: date, currency, gtin, count, decimal or text; None where there are none."""
    texts = filled(values=values)
    if not texts:
        return None
    if sum(bool(DATES.fullmatch(text)) for text in texts) >= MOSTLY * len(texts):
        return "date"
    if all(re.fullmatch("[A-Z]{3}", value) for value in texts):
        return "currency"
    if all(len(value) > 7 and is_valid_gtin(value) for value in texts):
        return "gtin"
    found = numbers(values=texts)
    if found is None:
        return "text"
    return "count" if all(number is None or number.is_integer() for number in found) else "decimal"


def contradicts(*, meaning: str, values: tuple[str, ...]) -> bool:
    """Whether such values cannot be values of the field."""
    kind, allowed = kind_of(values=values), KINDS_OF_MEANING.get(meaning)
    if meaning in DAYS and kind is not None:
        return kind != "date" and not _may_be_days(filled(values=values))
    if meaning == "region" and kind == "text":
        return {value.lower() for value in filled(values=values)} <= STATUSES
    if kind is None or allowed is None or kind in allowed:
        return False
    is_day_number = kind == "gtin" and "count" in allowed
    return not is_day_number


def _may_be_days(texts: tuple[str, ...]) -> bool:
    """Days written out, as seconds since 1970, or as a spreadsheet counts them."""
    numbered = re.compile(r"1\d{9}(\d{3})?|4\d{4}(\.\d+)?")
    worded = re.compile(r".*\d.*[^\W\d].*|.*[^\W\d].*\d.*")
    return all(numbered.fullmatch(text) or (worded.fullmatch(text) and "20" in text) for text in texts)


def _plain(value: str) -> str:
    negative = re.fullmatch(r"\s*\((.+)\)\s*", value)
    value = f"-{negative[1]}" if negative else value
    bare = MONEY_SIGNS.sub("", value).replace("\u202f", "").replace("'", "").rstrip(".")
    if "," in bare and "." in bare:
        last = max(bare.rindex(","), bare.rindex("."))
        return bare[:last].replace(",", "").replace(".", "") + "." + bare[last + 1 :]
    if re.fullmatch(r"-?\d{1,3}(,\d{2,3})*,\d{3}", bare):
        return bare.replace(",", "")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3}){2,}", bare):
        return bare.replace(".", "")
    return bare.replace(",", ".") if bare.count(",") == 1 else bare


def are_percentages(*, values: tuple[str, ...]) -> bool:
    """Whether the numbers are written with a percent sign."""
    texts = filled(values=values)
    return bool(texts) and all("%" in text for text in texts)


def uses_decimal_comma(*, values: tuple[str, ...]) -> bool:
    """Whether numbers are written with a comma before the decimals."""
    return any(re.fullmatch(r"-?[\d.\s ]*\d,\d{1,2}", MONEY_SIGNS.sub("", value)) for value in values)


def currency_of(*, file: FileSample) -> str | None:
    """The one currency that signs or codes in the header, the banner or the values name; None for none or several."""
    texts = [file.banner, *file.columns, *(value for column in file.columns for value in file.texts(column)[:20])]
    joined = " ".join(texts)
    found = {code for code, pattern in CURRENCY_SIGNS.items() if re.search(pattern, joined, re.IGNORECASE)}
    return found.pop() if len(found) == 1 else None
