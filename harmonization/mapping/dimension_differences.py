"""A mapping of a dimension in words, field by field and of the file as a whole, to compare versions."""

from collections.abc import Mapping as Dictionary

from harmonization.mapping.spec import FieldMapping, Mapping, Unit, WhenEmpty

UNITS = {Unit.ONE: "", Unit.MICROS: " in micros", Unit.MICROCENTS: " in microcents", Unit.PERCENT: " in percent"}


def fields_in_words(*, mapping: Mapping) -> dict[str, str]:
    """What each field is read from, and each column left out; by name."""
    columns = {
        "retailer_id": mapping.retailer.id_columns,
        "retailer_name": mapping.retailer.name_columns,
        "currency": mapping.currency.columns,
    }
    return {
        **{one.name: _in_words(one) for one in mapping.fields},
        **{name: " or ".join(group) for name, group in columns.items() if group},
        **{f"column {column}": f"left out: {reason}" for column, reason in mapping.ignored.items()},
    }


def dimension_settings(*, mapping: Mapping) -> Dictionary[str, str]:
    """The settings of the whole file."""
    retailer, currency = mapping.retailer, mapping.currency
    stated = currency.code or ("as each row says" if currency.columns else "no amounts")
    named = " ".join(part for part in (retailer.id, retailer.name) if part)
    return {
        "rows are": str(mapping.kind),
        "title": mapping.title,
        "retailer": named or ("as each row says" if retailer.id_columns else "all retailers"),
        "currency of amounts": stated + (", assumed" if currency.is_assumed else ""),
        "separator": repr(mapping.separator),
        "decimal mark": mapping.decimal,
        "rows of totals start with": ", ".join(mapping.totals),
        "notes": " ".join(mapping.notes),
    }


def _in_words(field: FieldMapping) -> str:
    joined = f" joined by “{field.join}”" if field.join else ""
    words = (" and " if field.join else " or ").join(field.columns) + joined + UNITS[field.unit]
    words += f" as {' or '.join(field.formats)}" if field.formats else ""
    words += f", weeks counted from {field.weeks_from}" if field.weeks_from else ""
    words += ", required" if field.required else ""
    is_default = field.when_empty is (WhenEmpty.REJECT if field.required else WhenEmpty.NULL)
    words += "" if is_default else f", empty cells: {field.when_empty}"
    told = [f"{word} → {value}" for word, value in field.values.items() if word != value]
    words += f", words: {', '.join(told)}" if told else ""
    return words + (f", others → {field.otherwise}" if field.otherwise else "")
