"""Edit a mapping of a dimension field by field: one column may feed several fields, and one field join several."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from harmonization.mapping.header import normal
from harmonization.mapping.spec import FieldMapping, Mapping, Unit, WhenEmpty
from harmonization.rmis.dimensions import FIELDS_BY_KIND, REQUIRED
from harmonization.rmis.registry import FieldType, RmisField

ISO_DAY = ("%Y-%m-%d",)


@dataclass(frozen=True, kw_only=True)
class FieldUse:
    """What one field of the kind is read from; without columns it is not read.

    Attributes:
        columns: they mean the same, and the first that a file has is read; with ``join`` all are, as one text.
        formats: how days are written; none where ``weeks_from`` counts weeks.
    """

    name: str
    columns: tuple[str, ...] = ()
    join: str = ""
    required: bool = False
    unit: Unit = Unit.ONE
    formats: tuple[str, ...] = ()
    weeks_from: date | None = None


def field_uses(*, mapping: Mapping) -> tuple[FieldUse, ...]:
    """Every field of the mapping's kind, in the order of the schema, with what it is read from."""
    return tuple(_use(name, mapping.field_named(name)) for name in FIELDS_BY_KIND[mapping.kind])


def with_field_uses(*, mapping: Mapping, uses: Iterable[FieldUse]) -> Mapping:
    """The mapping in which each of these fields is read so, and all others as they were.

    A field that the kind needs is required; a column that is read now is left out on purpose no more.
    """
    fields = {one.name: one for one in mapping.fields}
    for use in uses:
        there = fields.get(use.name)
        is_required = use.required or use.name in REQUIRED[mapping.kind]
        if not use.columns:
            fields.pop(use.name, None)
        elif replace(use, required=is_required) != _use(use.name, there):
            changed = _field(use, there, known=FIELDS_BY_KIND[mapping.kind][use.name])
            fields[use.name] = _as_required(changed, is_required=is_required)
    read = {normal(column) for one in fields.values() for column in one.columns}
    ignored = {column: why for column, why in mapping.ignored.items() if normal(column) not in read}
    return replace(mapping, fields=tuple(fields.values()), ignored=ignored)


def _use(name: str, field: FieldMapping | None) -> FieldUse:
    if field is None:
        return FieldUse(name=name)
    return FieldUse(
        name=name,
        columns=field.columns,
        join=field.join,
        required=field.required,
        unit=field.unit,
        formats=field.formats,
        weeks_from=field.weeks_from,
    )


def _field(use: FieldUse, there: FieldMapping | None, *, known: RmisField) -> FieldMapping:
    is_day = known.type is FieldType.DATE and use.weeks_from is None
    words = {choice: choice for choice in known.choices}
    before = there or FieldMapping(name=use.name, columns=(), values=words)
    return replace(
        before,
        columns=use.columns,
        join=use.join if known.type is FieldType.TEXT else "",
        unit=use.unit,
        formats=(use.formats or ISO_DAY) if is_day else (),
        weeks_from=use.weeks_from if known.type is FieldType.DATE else None,
    )


def _as_required(field: FieldMapping, *, is_required: bool) -> FieldMapping:
    """Required or not; what an empty cell means follows, unless the mapping says it of its own."""
    was_default = field.when_empty is (WhenEmpty.REJECT if field.required else WhenEmpty.NULL)
    default = WhenEmpty.REJECT if is_required else WhenEmpty.NULL
    return replace(field, required=is_required, when_empty=default if was_default else field.when_empty)
