"""A mapping as lines that people and programs read: source columns, RMIS field, what the number counts, definition."""

from dataclasses import dataclass

from harmonization.mapping.spec import FieldMapping, Mapping, Qualifier, Unit
from harmonization.rmis.dimensions import MappingKind, dimension_definition
from harmonization.rmis.registry import definition_of
from harmonization.selectors.performance import attribution_label

UNITS = {
    Unit.ONE: "",
    Unit.MICROS: "divided by 1,000,000",
    Unit.MICROCENTS: "divided by 100,000,000",
    Unit.PERCENT: "percent to fraction",
}

UNIQUE = "Tells rows apart: a row that repeats one of an earlier row is rejected."


@dataclass(frozen=True, kw_only=True)
class MappingLine:
    """What becomes of one group of source columns.

    Attributes:
        source_columns: names that mean the same; the first a file has is read.
        rmis_field: empty for columns left out on purpose.
        part: ``field``, ``outcome``, ``check`` (compared, never taken as truth) or ``ignored``.
        qualifier: window, touch and scope of an outcome in words.
        transform: what is done to the value.
        definition: the field's definition with its source, or why the column is left out.
    """

    source_columns: tuple[str, ...]
    rmis_field: str
    part: str
    qualifier: str = ""
    transform: str = ""
    definition: str = ""


def mapping_lines(*, mapping: Mapping) -> tuple[MappingLine, ...]:
    """Every column the mapping reads, checks or leaves out, in that order."""
    fields = (
        MappingLine(
            source_columns=one.columns,
            rmis_field=one.name,
            part="field",
            transform=_transform(one),
            definition=_definition(mapping, one.name),
        )
        for one in mapping.fields
    )
    outcomes = (
        MappingLine(
            source_columns=one.columns,
            rmis_field=one.metric,
            part="outcome",
            qualifier=qualifier_in_words(one.qualifier),
            transform=UNITS[one.unit],
            definition=definition_of(one.metric),
        )
        for one in mapping.outcomes
    )
    checks = (
        MappingLine(
            source_columns=one.columns,
            rmis_field=one.metric,
            part="check",
            transform=UNITS[one.unit] if one.unit else "percent or fraction, told by the file",
            definition=definition_of(one.metric),
        )
        for one in mapping.checks
    )
    return (*fields, *outcomes, *checks, *_left_out(mapping))


def _left_out(mapping: Mapping) -> tuple[MappingLine, ...]:
    """Columns that give no field, with the reason."""
    reasons = dict.fromkeys(mapping.unique, UNIQUE) | dict(mapping.ignored)
    return tuple(
        MappingLine(source_columns=(column,), rmis_field="", part="ignored", definition=reason)
        for column, reason in reasons.items()
    )


def qualifier_in_words(qualifier: Qualifier) -> str:
    """``14-day click, total, online``."""
    label = attribution_label(
        window_days=qualifier.window_days, touch=qualifier.touch or "", scope=qualifier.scope or ""
    )
    return ", ".join(part for part in (label, qualifier.sales_channel, qualifier.attr_model) if part)


def _definition(mapping: Mapping, name: str) -> str:
    is_event = mapping.kind is MappingKind.EVENTS
    return definition_of(name) if is_event else dimension_definition(kind=mapping.kind, name=name)


def _transform(field: FieldMapping) -> str:
    parts = [UNITS[field.unit], f"date {' or '.join(field.formats)}" if field.formats else ""]
    parts.append(f"{len(field.values)} words known" if field.values else "")
    parts.append(f"others become {field.otherwise}, counted" if field.otherwise else "")
    parts.append(f"weeks counted from {field.weeks_from}" if field.weeks_from else "")
    parts.append(f"all columns, joined by “{field.join}”" if field.join else "")
    parts.append("read above the header" if field.banner else "")
    return "; ".join(part for part in parts if part)
