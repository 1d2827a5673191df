"""What differs between two versions of a mapping, in words: column by column, and of the file as a whole."""

import difflib
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass

from harmonization.mapping.dimension_differences import dimension_settings, fields_in_words
from harmonization.mapping.editing import ColumnUse, Part, uses_of
from harmonization.mapping.header import normal
from harmonization.mapping.spec import FieldMapping, Mapping, Qualifier, Unit
from harmonization.rmis.dimensions import MappingKind

UNITS = {Unit.ONE: "", Unit.MICROS: " in micros", Unit.MICROCENTS: " in microcents", Unit.PERCENT: " in percent"}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that changed: a column or a setting, what it was, what it is. Empty where it was or is not there."""

    subject: str
    before: str
    after: str


def differences(*, before: Mapping, after: Mapping) -> tuple[Difference, ...]:
    """Every column that becomes something else, then every setting of the whole file that changed.

    Of a dimension every field instead: several columns may feed one field, and one column several fields.
    """
    if MappingKind.EVENTS not in (before.kind, after.kind):
        fields = _changes(fields_in_words(mapping=before), fields_in_words(mapping=after))
        return (*fields, *_changes(dimension_settings(mapping=before), dimension_settings(mapping=after)))
    was, now = _columns_in_words(before), _columns_in_words(after)
    shown = {normal(column): column for mapping in (before, after) for column in _columns(mapping)}
    columns = [
        Difference(subject=column, before=was.get(key, ""), after=now.get(key, ""))
        for key, column in shown.items()
        if was.get(key) != now.get(key)
    ]
    return (*columns, *_changes(_settings(before), _settings(after)))


def text_difference(*, before: str, after: str, names: tuple[str, str]) -> str:
    """The unified difference of two texts; empty where they are the same."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), *names, lineterm="", n=2)
    return "\n".join(lines)


def use_in_words(use: ColumnUse) -> str:
    """``cost in micros``, ``revenue, 14-day click, total``, ``left out: a picture``."""
    if use.part is Part.IGNORED:
        return f"left out: {use.reason}"
    if use.part is Part.CHECK:
        return f"{use.name}, compared only{UNITS.get(use.unit, '') if use.unit else ''}"
    words = f"{use.name}{UNITS[use.unit or Unit.ONE]}"
    if use.part is Part.OUTCOME:
        return f"{words}, {qualifier_words(use.qualifier)}"
    if use.part is Part.WHOLE_FILE:
        return f"{use.name} of each row"
    words += f" as {' or '.join(use.formats)}" if use.formats else ""
    return words + (", required" if use.required else "")


def qualifier_words(qualifier: Qualifier) -> str:
    """``14-day click, total, online``."""
    window = "window not stated" if qualifier.window_days is None else f"{qualifier.window_days}-day"
    touched = f"{window} {qualifier.touch}" if qualifier.touch else window
    parts = (touched, qualifier.scope, qualifier.sales_channel, qualifier.attr_model)
    return ", ".join(str(part) for part in parts if part)


def _changes(was: Dictionary[str, str], now: Dictionary[str, str]) -> list[Difference]:
    """What differs between two dictionaries of words; empty where a name is on one side only."""
    return [
        Difference(subject=name, before=was.get(name, ""), after=now.get(name, ""))
        for name in {**was, **now}
        if was.get(name) != now.get(name)
    ]


def _columns(mapping: Mapping) -> list[str]:
    return [column for group in mapping.column_groups for column in group]


def _columns_in_words(mapping: Mapping) -> dict[str, str]:
    uses = uses_of(mapping=mapping, columns=_columns(mapping))
    return {normal(use.column): use_in_words(use) for use in uses if use.part is not Part.NONE}


def _settings(mapping: Mapping) -> Dictionary[str, str]:
    retailer, currency = mapping.retailer, mapping.currency
    return {
        "title": mapping.title,
        "retailer": " ".join(part for part in (retailer.id, retailer.name) if part) or "as each row says",
        "currency": (currency.code or "as each row says") + (", assumed" if currency.is_assumed else ""),
        "time zone": mapping.timezone or "not stated",
        "days are of the": str(mapping.date_basis),
        "a row covers": f"one {mapping.grain}",
        "VAT in cost": _vat_in_words(mapping),
        "days are final after": "not stated"
        if mapping.final_after_days is None
        else f"{mapping.final_after_days} days",
        "channel": str(mapping.channel),
        "separator": repr(mapping.separator),
        "decimal mark": mapping.decimal,
        "rows of totals start with": ", ".join(mapping.totals),
        "daily facts carry": "; else ".join(qualifier_words(one) for one in mapping.headline) or "no outcomes",
        "order of equal columns": "; ".join(" or ".join(g) for g in mapping.column_groups if len(g) > 1),
        "empty cells": "; ".join(f"{one.name}: {one.when_empty}" for one in mapping.fields),
        "words of the network": "; ".join(_words_of(one) for one in mapping.fields if one.values or one.otherwise),
        "read above the header": "; ".join(f"{one.name}: {one.banner}" for one in mapping.fields if one.banner),
        "notes": " ".join(mapping.notes),
    }


def _stated(days: int | None) -> str:
    return "not stated" if days is None else str(days)


def _vat_in_words(mapping: Mapping) -> str:
    if mapping.vat_included is None:
        return "not stated"
    rate = f", {(mapping.vat_rate * 100).normalize():f} %" if mapping.vat_rate is not None else ""
    return ("included" if mapping.vat_included else "not included") + rate


def _words_of(field: FieldMapping) -> str:
    words = ", ".join(f"{word} → {value}" for word, value in field.values.items())
    return f"{field.name}: {words}, others → {field.otherwise or 'unknown'}"
