"""From texts of source columns to the fields of a kind, as Polars expressions, with the reasons to reject a row."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from harmonization.crosswalk.codes import read_gtin
from harmonization.dimensions.source_rows import ROW, SourceTable
from harmonization.mapping.header import normal
from harmonization.mapping.spec import FieldMapping, Mapping, Unit, WhenEmpty
from harmonization.rmis.dimensions import FIELDS_BY_KIND, NEEDS_RETAILER
from harmonization.rmis.registry import FieldType, RmisField

DECIMAL = pl.Decimal(38, 6)
TYPES: dict[FieldType, pl.DataType] = {
    **dict.fromkeys((FieldType.TEXT, FieldType.GTIN, FieldType.ENUM), pl.String()),
    **dict.fromkeys((FieldType.MONEY, FieldType.QUANTITY, FieldType.RATIO), DECIMAL),
    FieldType.COUNT: pl.Int64(),
    FieldType.DATE: pl.Date(),
    FieldType.FLAG: pl.Boolean(),
}
SHOWN = 60
IDENTIFIERS = frozenset(
    ("sku", "sku_id", "item_id", "seller_sku", "mpn", "store_id", "region", "audience_id", "document_id", "term_id")
)
LONGEST_IDENTIFIER = 80
LONGEST_WEEK = 600
TRUE, FALSE = ("1", "true", "yes", "y", "t"), ("0", "false", "no", "n", "f")
DIVISORS = {Unit.MICROS: 1_000_000, Unit.PERCENT: 100}
SYMBOLS = r"^([-+]?)\s*[$€£¥₹₩]\s*"
GTIN_PROBLEM = "gtin_problem"
GTIN_SPELLING = "gtin_spelling"


@dataclass(frozen=True, kw_only=True)
class Check:
    """A reason to reject a row: when it holds, and what to say."""

    holds: pl.Expr
    words: pl.Expr


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """Expressions over a slice's text columns: the fields of the kind in order, and what rejects a row."""

    values: tuple[pl.Expr, ...]
    checks: tuple[Check, ...]

    @property
    def reason(self) -> pl.Expr:
        """Every reason against a row; empty where it is kept."""
        if not self.checks:
            return pl.lit("")
        said = [pl.when(check.holds.fill_null(value=False)).then(check.words) for check in self.checks]
        return pl.concat_str(said, separator="; ", ignore_nulls=True)


def compile_conversion(*, mapping: Mapping, table: SourceTable) -> Conversion:
    """The conversion of this very file: of columns that mean the same, the first it has."""
    places = {normal(name): place for place, name in reversed(list(enumerate(table.names)))}
    values: list[pl.Expr] = [pl.col(ROW)]
    checks: list[Check] = []
    for name, field in FIELDS_BY_KIND[mapping.kind].items():
        given = mapping.field_named(name)
        text = _text(given, places) if given else None
        if given is None or text is None:
            values.append(pl.lit(None, dtype=TYPES[field.type]).alias(name))
            continue
        value, own = _converted(field, given, text, decimal=table.decimal)
        values.append(value.alias(name))
        if field.type is FieldType.GTIN:
            values += [(text.is_not_null() & value.is_null()).alias(GTIN_PROBLEM), text.alias(GTIN_SPELLING)]
        checks += own
    for expression, check in (_retailer(mapping, places), _currency(mapping, places)):
        values.append(expression)
        checks += check
    values.append(_retailer_name(mapping, places))
    if mapping.totals:
        is_total = pl.col("c0").str.strip_chars().str.to_lowercase().is_in(list(mapping.totals))
        checks.append(Check(holds=is_total, words=pl.lit("a row of totals, not of data")))
    return Conversion(values=tuple(values), checks=tuple(checks))


def places_of(*, columns: Sequence[str], names: Sequence[str]) -> list[int]:
    """Where the columns stand in the file; those it lacks are left out."""
    places = {normal(name): place for place, name in reversed(list(enumerate(names)))}
    return [places[normal(column)] for column in columns if normal(column) in places]


def _text(field: FieldMapping, places: dict[str, int]) -> pl.Expr | None:
    """The text a field is read from, null where it is empty."""
    found = [_cell(places[normal(column)]) for column in field.columns if normal(column) in places]
    if not found:
        return None
    if not field.join:
        return found[0]
    joined = pl.concat_str(found, separator=field.join, ignore_nulls=True)
    return pl.when(joined != "").then(joined)


def _cell(place: int) -> pl.Expr:
    text = pl.col(f"c{place}").str.replace_all("\x00", "", literal=True).str.strip_chars()
    return pl.when(text != "").then(text)


def _converted(field: RmisField, given: FieldMapping, text: pl.Expr, *, decimal: str) -> tuple[pl.Expr, list[Check]]:
    value, wrong = _value(field, given, text, decimal=decimal)
    is_unreadable = text.is_not_null() & value.is_null()
    checks: list[Check] = []
    if field.type is not FieldType.GTIN:
        checks.append(Check(holds=is_unreadable, words=_words(given, wrong, text)))
    if field.name in IDENTIFIERS:
        is_long = text.str.len_chars() > LONGEST_IDENTIFIER
        checks.append(
            Check(holds=is_long, words=_words(given, f"is longer than {LONGEST_IDENTIFIER} characters", text))
        )
    if given.when_empty is WhenEmpty.REJECT:
        checks.append(Check(holds=text.is_null(), words=pl.lit(f"{given.name} ({given.columns[0]}): is empty")))
    if given.when_empty is WhenEmpty.ZERO:
        value = pl.when(text.is_null()).then(pl.lit(0).cast(TYPES[field.type])).otherwise(value)
    return value, checks


def _value(field: RmisField, given: FieldMapping, text: pl.Expr, *, decimal: str) -> tuple[pl.Expr, str]:
    """The value and what to say of a text that has none."""
    if field.type in {FieldType.MONEY, FieldType.QUANTITY, FieldType.RATIO, FieldType.COUNT}:
        return _number(field, given, text, decimal=decimal), "is no number with at most six decimals"
    if field.type is FieldType.DATE:
        return _day(given, text), "is no day as the mapping writes them"
    if field.type is FieldType.FLAG:
        word = text.str.to_lowercase()
        return pl.when(word.is_in(TRUE)).then(True).when(word.is_in(FALSE)).then(False), "is neither yes nor no"
    if field.type is FieldType.ENUM:
        words = {str(word): str(value) for word, value in given.values.items()}
        otherwise = pl.lit(given.otherwise or None, dtype=pl.String)
        known = text.str.to_lowercase().replace_strict(words, default=otherwise, return_dtype=pl.String)
        return known, f"is none of {', '.join(field.choices)}"
    if field.type is FieldType.GTIN:
        return text.map_elements(_gtin, return_dtype=pl.String), ""
    return text, ""


def _gtin(text: str) -> str | None:
    return read_gtin(text).text or None


def _number(field: RmisField, given: FieldMapping, text: pl.Expr, *, decimal: str) -> pl.Expr:
    bare = text.str.replace(SYMBOLS, "$1")
    if decimal == ",":
        bare = bare.str.replace_all(".", "\x01", literal=True).str.replace(",", ".", literal=True)
        bare = bare.str.replace_all("\x01", ",", literal=True)
    places = r"\d*" if field.type is FieldType.RATIO or given.unit is not Unit.ONE else r"\d{1,6}"
    is_number = bare.str.contains(rf"^[-+]?(\d+|\d{{1,3}}(,\d{{3}})+)(\.{places}0*)?$")
    plain = pl.when(is_number).then(bare.str.replace_all(",", "", literal=True).str.strip_prefix("+"))
    if field.type is FieldType.COUNT:
        return plain.str.replace(r"\.0*$", "").cast(pl.Int64, strict=False)
    if field.type is FieldType.RATIO:
        ratio = plain.cast(pl.Float64, strict=False) / DIVISORS.get(given.unit, 1)
        return ratio.round(6).cast(DECIMAL, strict=False)
    value = plain.cast(DECIMAL, strict=False)
    if given.unit is Unit.ONE:
        return value
    return (plain.cast(pl.Float64, strict=False) / DIVISORS[given.unit]).round(6).cast(DECIMAL, strict=False)


def _day(given: FieldMapping, text: pl.Expr) -> pl.Expr:
    if given.weeks_from is not None:
        week = text.cast(pl.Int32, strict=False)
        is_week = week.is_between(1, LONGEST_WEEK)
        return pl.when(is_week).then(pl.lit(given.weeks_from) + pl.duration(days=7 * (week - 1)))
    readings = [
        text.str.to_datetime(form, strict=False, exact=True).dt.date()
        if any(mark in form for mark in ("%H", "%M", "%S"))
        else text.str.to_date(form, strict=False, exact=True)
        for form in given.formats
    ]
    return pl.coalesce(readings)


def _words(given: FieldMapping, wrong: str, text: pl.Expr) -> pl.Expr:
    before = f"{given.name} ({given.columns[0]}): “".replace("{", "{{").replace("}", "}}")
    return pl.format(before + "{}” " + wrong, text.str.slice(0, SHOWN))


def _retailer(mapping: Mapping, places: dict[str, int]) -> tuple[pl.Expr, list[Check]]:
    retailer = mapping.retailer
    if not retailer.id_columns:
        return pl.lit(retailer.id).alias("retailer_id"), []
    given = FieldMapping(name="retailer_id", columns=retailer.id_columns)
    text = _text(given, places)
    if text is None:
        return pl.lit("").alias("retailer_id"), []
    checks = [Check(holds=text.str.len_chars() > LONGEST_IDENTIFIER, words=_words(given, "is too long", text))]
    if mapping.kind in NEEDS_RETAILER:
        checks.append(Check(holds=text.is_null(), words=pl.lit(f"retailer_id ({given.columns[0]}): is empty")))
    return text.fill_null("").alias("retailer_id"), checks


def _retailer_name(mapping: Mapping, places: dict[str, int]) -> pl.Expr:
    text = _text(FieldMapping(name="retailer_name", columns=mapping.retailer.name_columns), places)
    named = pl.lit(mapping.retailer.name or mapping.retailer.id) if text is None else text.fill_null("")
    return named.alias("retailer_name")


def _currency(mapping: Mapping, places: dict[str, int]) -> tuple[pl.Expr, list[Check]]:
    currency = mapping.currency
    given = FieldMapping(name="currency", columns=currency.columns)
    text = _text(given, places) if currency.columns else None
    if text is None:
        return pl.lit(currency.code).alias("currency"), []
    code = text.str.to_uppercase().fill_null(currency.code)
    is_wrong = ~code.str.contains("^[A-Z]{3}$")
    return code.alias("currency"), [
        Check(holds=is_wrong, words=_words(given, "is no currency code", text.fill_null("")))
    ]
