"""Compile a mapping into one lazy Polars plan: rows of text in, typed RMIS rows out, with what cannot be read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from harmonization.mapping.spec import FieldMapping, Mapping, Unit, WhenEmpty
from harmonization.pipeline.numbers import (
    EXACT,
    Cells,
    amount,
    column_text,
    folded,
    gtin14,
    is_nothing,
    stated_currency,
    whole,
)
from harmonization.pipeline.plan import CheckSource, FieldSource, OutcomeSource, Plan
from harmonization.pipeline.problems import Conversion, Problem, escaped
from harmonization.pipeline.staged_table import ROW
from harmonization.pipeline.time_zones import instant
from harmonization.rmis.enums import CHANNEL_OF_PLACEMENT
from harmonization.rmis.money import LARGEST_AMOUNT
from harmonization.rmis.registry import FIELDS, METRICS, FieldType

ISO_DATE = "%Y-%m-%d"
FIRST_YEAR, LAST_YEAR = 1990, 2100
ADDED_UP = {"cost", "fees"}
RAW = "raw_{}"
UNREADABLE = "bad_{}"


def compile_conversion(*, mapping: Mapping, plan: Plan, cells: Cells) -> Conversion:
    """The conversion of a table whose columns are as planned, by this mapping."""
    currency, problems = _currency(mapping, plan)
    retailer, no_retailer = _retailer_id(mapping, plan)
    problems += no_retailer
    values = [pl.col(ROW), currency, retailer, _retailer_name(mapping, plan)]
    for source in plan.fields:
        made, wrong = _field(source, plan=plan, cells=cells, currency=currency)
        values += made
        problems += wrong
    for outcome in plan.outcomes:
        value, problem = _outcome(outcome, plan=plan, cells=cells, currency=currency)
        values.append(value)
        problems += problem
    values += [_check(check, cells=cells) for check in plan.checks]
    values += [_from_banner(mapping, name, value) for name, value in plan.banner.items()]
    if plan.field_named("channel") is None:
        values.append(_channel(mapping, plan, cells=cells))
    names = (value.meta.output_name() for value in values)
    unreadable = tuple(name for name in names if name.startswith(UNREADABLE.format("")))
    return Conversion(values=tuple(values), problems=tuple(problems), unreadable=unreadable)


def _field(source: FieldSource, *, plan: Plan, cells: Cells, currency: pl.Expr) -> tuple[list[pl.Expr], list[Problem]]:
    mapping, text, kind = source.mapping, cells.text(source.place), FIELDS[source.mapping.name].type
    if kind is FieldType.ENUM:
        made = [_enum(mapping, text, words=cells.words.get(source.place)), text.alias(RAW.format(mapping.name))]
        return made, []
    if kind is FieldType.TEXT:
        filled = text if source.place in cells.words else pl.when(text != "").then(text)
        return [filled.alias(mapping.name)], _missing(mapping, text == "", text, plan=plan, place=source.place)
    is_number = source.place in cells.numbers
    if kind is FieldType.DATE and cells.are_judged_after:
        text = pl.col(f"c{source.place}")
    if kind is FieldType.GTIN:
        value, wrong = gtin14(text), "“{}” is no GTIN"
    else:
        value, wrong = _typed(mapping, text, kind=kind, cells=cells, is_number=is_number)
    empty = is_nothing(text=text, cells=cells, is_number=is_number)
    problem = Problem(
        holds=_unreadable(source, value, empty, cells=cells),
        field=mapping.name,
        column=plan.names[source.place],
        text=text,
        wrong=wrong,
    )
    if kind is FieldType.GTIN or not _must_be_readable(mapping):
        return _lenient(mapping, value, problem, cells=cells)
    missing = _missing(mapping, empty, text, plan=plan, place=source.place)
    if kind is FieldType.MONEY and not cells.are_plain:
        missing.append(_other_currency(problem, currency=currency))
    if mapping.when_empty is WhenEmpty.ZERO:
        value = pl.when(empty).then(0).otherwise(value)
    return [value.alias(mapping.name)], [problem, *missing]


def _from_banner(mapping: Mapping, name: str, value: str) -> pl.Expr:
    """What stands above the header, the same for all rows."""
    source = mapping.field_named(name)
    if source is None or FIELDS[name].type is not FieldType.TIMESTAMP:
        return pl.lit(value).alias(name)
    return instant(text=pl.lit(value.strip()), formats=source.formats, zone=source.zone).alias(name)


def _must_be_readable(mapping: FieldMapping) -> bool:
    """Whether a row without a readable value is rejected: what is required or added up; attributes are not."""
    return mapping.required or mapping.name in ADDED_UP or FIELDS[mapping.name].group == "delivery"


def _lenient(
    mapping: FieldMapping, value: pl.Expr, problem: Problem, *, cells: Cells
) -> tuple[list[pl.Expr], list[Problem]]:
    """An attribute: null where it cannot be read, which is counted."""
    unreadable = pl.lit(value=False) if cells.are_judged_after else problem.holds
    made = [value.alias(mapping.name), unreadable.alias(UNREADABLE.format(mapping.name))]
    return made, [problem] if cells.are_judged_after else []


def _unreadable(source: FieldSource, value: pl.Expr, empty: pl.Expr, *, cells: Cells) -> pl.Expr:
    """Whether a cell that says something became nothing, or what :func:`_typed` would have made nothing of."""
    if not cells.are_judged_after:
        return value.is_null() & ~empty
    made, kind = pl.col(source.mapping.name), FIELDS[source.mapping.name].type
    unreadable = made.is_null() & ~empty
    if kind is FieldType.DATE:
        return unreadable | ~made.is_between(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
    if kind is FieldType.COUNT and source.place in cells.numbers:
        return unreadable | ~made.is_between(-int(LARGEST_AMOUNT), int(LARGEST_AMOUNT), closed="none")
    return unreadable


def _typed(
    mapping: FieldMapping, text: pl.Expr, *, kind: FieldType, cells: Cells, is_number: bool = False
) -> tuple[pl.Expr, str]:
    """A date, count, quantity, amount or ratio; null where it cannot be read, and what to say then."""
    if kind is FieldType.DATE:
        return _date(mapping, text, cells=cells), f"“{{}}” is no date written {escaped(' or '.join(mapping.formats))}"
    if kind is FieldType.TIMESTAMP:
        return instant(text=text, formats=mapping.formats, zone=mapping.zone), "“{}” is no time"
    if mapping.formats:
        return pl.coalesce([_parsed_time(text, one).dt.hour() for one in mapping.formats]), "“{}” is no time"
    if kind is FieldType.COUNT and is_number:
        return text if cells.are_judged_after else _in_range(text), "“{}” is too large"
    if is_number:
        return text.cast(EXACT), "“{}” is too large"
    number = _number(text, mapping.unit, cells=cells)
    if kind is FieldType.COUNT:
        return whole(number), "“{}” is no whole number"
    return number, "“{}” is no number"


def _number(text: pl.Expr, unit: Unit, *, cells: Cells) -> pl.Expr:
    """An amount within range; what is stored has no place for a larger one."""
    number = amount(text=text, unit=unit, cells=cells)
    return number.cast(EXACT, strict=False) if cells.are_judged_after else _in_range(number)


def _in_range(number: pl.Expr) -> pl.Expr:
    """Null for amounts of a million millions and more, which no day of one SKU has: the unit must be wrong."""
    return pl.when(number.abs() < LARGEST_AMOUNT).then(number)


def _date(mapping: FieldMapping, text: pl.Expr, *, cells: Cells) -> pl.Expr:
    text = folded(text) if cells.are_foreign else text
    formats = (*mapping.formats, *((ISO_DATE,) if cells.has_iso_dates and ISO_DATE not in mapping.formats else ()))
    day = pl.coalesce([_parsed_date(text, one) for one in formats])
    if cells.are_judged_after:
        return day
    return pl.when(day.dt.year().is_between(FIRST_YEAR, LAST_YEAR)).then(day)


def _parsed_date(text: pl.Expr, form: str) -> pl.Expr:
    if "%H" in form:
        return _parsed_time(text, form).dt.date()
    return text.str.to_date(form, strict=False)


def _parsed_time(text: pl.Expr, form: str) -> pl.Expr:
    """A time; fractions of a second are written %f as in Python, which Polars writes with their point."""
    return text.str.to_datetime(form.replace(".%f", "%.f"), strict=False, time_unit="us")


def _enum(mapping: FieldMapping, text: pl.Expr, *, words: Sequence[str] | None = None) -> pl.Expr:
    """The RMIS value of a word. Where the column holds categories, each of the ``words`` seen is compared by number."""
    otherwise = mapping.otherwise or None
    if not mapping.values:
        return pl.lit(otherwise, dtype=pl.String).alias(mapping.name)
    if words is not None:
        return _chosen(text, mapping=mapping, words=words).alias(mapping.name)
    word = text.str.to_lowercase()
    found = word.replace_strict(dict(mapping.values), default=otherwise, return_dtype=pl.String)
    return found.alias(mapping.name)


def _chosen(text: pl.Expr, *, mapping: FieldMapping, words: Sequence[str]) -> pl.Expr:
    """The value of every word whose meaning is not the fallback; the fallback for all others."""
    chosen = pl.lit(mapping.otherwise or None, dtype=pl.Categorical)
    for word in words:
        value = mapping.values.get(word.strip().lower())
        if value is not None and value != mapping.otherwise:
            chosen = pl.when(text == word).then(pl.lit(value, dtype=pl.Categorical)).otherwise(chosen)
    return chosen


def _outcome(source: OutcomeSource, *, plan: Plan, cells: Cells, currency: pl.Expr) -> tuple[pl.Expr, list[Problem]]:
    text, is_number = cells.text(source.place), source.place in cells.numbers
    value = text.cast(EXACT) if is_number else _number(text, source.mapping.unit, cells=cells)
    seen = pl.col(source.name) if cells.are_judged_after else value
    problem = Problem(
        holds=seen.is_null() & ~is_nothing(text=text, cells=cells, is_number=is_number),
        field=source.mapping.metric,
        column=plan.names[source.place],
        text=text,
        wrong="“{}” is no number",
    )
    is_money = METRICS[source.mapping.metric].type is FieldType.MONEY and not cells.are_plain
    return value.alias(source.name), [problem, *([_other_currency(problem, currency=currency)] if is_money else [])]


def _other_currency(problem: Problem, *, currency: pl.Expr) -> Problem:
    """An amount that names another currency than its row has."""
    return replace(problem, holds=stated_currency(problem.text) != currency, wrong="“{}” is not in the row's currency")


def _check(source: CheckSource, *, cells: Cells) -> pl.Expr:
    unit = source.mapping.unit
    text = column_text(source.place).str.replace(r"\s*%$", "")
    number = amount(text=text, unit=unit, cells=cells) if unit else _as_written(text, cells=cells)
    return number.cast(pl.Float64).alias(f"check_{source.mapping.metric}")


def _as_written(text: pl.Expr, *, cells: Cells) -> pl.Expr:
    return amount(text=text, unit=FieldMapping(name="", columns=()).unit, cells=cells)


def _missing(mapping: FieldMapping, empty: pl.Expr, text: pl.Expr, *, plan: Plan, place: int) -> list[Problem]:
    if mapping.when_empty is not WhenEmpty.REJECT:
        return []
    return [Problem(holds=empty, field=mapping.name, column=plan.names[place], text=text, wrong="is empty")]


def _retailer_id(mapping: Mapping, plan: Plan) -> tuple[pl.Expr, list[Problem]]:
    if plan.retailer_id is None:
        return pl.lit(mapping.retailer.id).alias("retailer_id"), []
    text = column_text(plan.retailer_id)
    column = plan.names[plan.retailer_id]
    problem = Problem(holds=text == "", field="retailer_id", column=column, text=text, wrong="is empty")
    return text.alias("retailer_id"), [problem]


def _retailer_name(mapping: Mapping, plan: Plan) -> pl.Expr:
    if plan.retailer_name is not None:
        return column_text(plan.retailer_name).alias("retailer_name")
    if plan.retailer_id is not None and not mapping.retailer.name:
        return column_text(plan.retailer_id).alias("retailer_name")
    return pl.lit(mapping.retailer.name or mapping.retailer.id).alias("retailer_name")


def _currency(mapping: Mapping, plan: Plan) -> tuple[pl.Expr, list[Problem]]:
    if plan.currency is None:
        return pl.lit(mapping.currency.code).alias("currency"), []
    text = column_text(plan.currency).str.to_uppercase()
    if plan.currency_stands_in_amounts:
        text = stated_currency(text).fill_null("")
    if mapping.currency.code:
        text = pl.when(text == "").then(pl.lit(mapping.currency.code)).otherwise(text)
    problem = Problem(
        holds=~text.str.contains(r"^[A-Z]{3}$"),
        field="currency",
        column=plan.names[plan.currency],
        text=text,
        wrong="“{}” is no currency code of three letters",
    )
    return text.alias("currency"), [problem]


def _channel(mapping: Mapping, plan: Plan, *, cells: Cells) -> pl.Expr:
    """Ads on the retailer's site, unless the placement says otherwise."""
    source = plan.field_named("placement_type")
    places = {str(place): channel.value for place, channel in CHANNEL_OF_PLACEMENT.items()}
    if source is None or not places.keys() & {*source.mapping.values.values(), source.mapping.otherwise}:
        return pl.lit(mapping.channel.value).alias("channel")
    words = cells.words.get(source.place)
    placement = _enum(source.mapping, cells.text(source.place), words=words).cast(pl.String)
    return placement.replace_strict(places, default=mapping.channel.value, return_dtype=pl.String).alias("channel")
