"""Edit a mapping column by column: what a column becomes, and the mapping in which it becomes something else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from harmonization.mapping.header import normal
from harmonization.mapping.spec import CheckMapping, FieldMapping, Mapping, OutcomeMapping, Qualifier, Unit, WhenEmpty
from harmonization.rmis.registry import FIELDS, FieldType

NO_QUALIFIER = Qualifier()
LEFT_OUT = "left out on purpose"


class Part(StrEnum):
    """Which part of a mapping a column belongs to. NONE: the mapping does not know it."""

    NONE = ""
    FIELD = "field"
    OUTCOME = "outcome"
    CHECK = "check"
    WHOLE_FILE = "file"
    IGNORED = "ignored"


@dataclass(frozen=True, kw_only=True)
class ColumnUse:
    """What becomes of one source column.

    Attributes:
        name: the RMIS field or metric; of a whole file ``retailer_id``, ``retailer_name``, ``currency`` or ``unique``.
        unit: None where a check lets the file tell.
        reason: why the column is left out.
    """

    column: str
    part: Part = Part.NONE
    name: str = ""
    unit: Unit | None = Unit.ONE
    qualifier: Qualifier = NO_QUALIFIER
    formats: tuple[str, ...] = ()
    required: bool = False
    reason: str = ""

    @property
    def target(self) -> str:
        """Part and name in one word, as forms send it."""
        return f"{self.part}:{self.name}" if self.name else str(self.part)


def uses_of(*, mapping: Mapping, columns: Sequence[str]) -> tuple[ColumnUse, ...]:
    """What the mapping makes of each column; of a column used twice, the first use in the order of the schema."""
    known: dict[str, ColumnUse] = {}
    for use in _all_uses(mapping):
        known.setdefault(normal(use.column), use)
    return tuple(replace(known.get(normal(one), ColumnUse(column=one)), column=one) for one in columns)


def columns_of(*, mapping: Mapping) -> tuple[str, ...]:
    """Every column the mapping speaks of, once."""
    return tuple(dict.fromkeys(use.column for use in _all_uses(mapping)))


def with_use(*, mapping: Mapping, use: ColumnUse) -> Mapping:
    """The mapping in which this column becomes that, and all others what they were."""
    before = uses_of(mapping=mapping, columns=[use.column])[0]
    if before == use:
        return mapping
    if before.part == use.part == Part.OUTCOME:
        return _with_outcome_changed(mapping, before=before, after=use)
    if before.target == use.target and use.part is Part.FIELD:
        return _with_field_changed(mapping, use)
    return _attached(_detached(mapping, before), use)


def without_dangling_headline(*, mapping: Mapping) -> Mapping:
    """Headlines that no outcome has any more leave; where none is left, the first outcome gives it."""
    present = [one.qualifier for one in mapping.outcomes]
    headline = tuple(one for one in mapping.headline if one in present)
    if not headline and present:
        revenue = [one.qualifier for one in mapping.outcomes if one.metric == "revenue"]
        headline = ((revenue or present)[0],)
    return mapping if headline == mapping.headline else replace(mapping, headline=headline)


def doubled_uses(*, uses: Sequence[ColumnUse]) -> tuple[tuple[ColumnUse, ...], ...]:
    """Columns of one file that become the same: only the first of each group would be read."""
    groups: dict[tuple[str, Qualifier], list[ColumnUse]] = {}
    for use in uses:
        if use.name:
            groups.setdefault((use.target, use.qualifier), []).append(use)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _all_uses(mapping: Mapping) -> list[ColumnUse]:
    uses = [
        ColumnUse(
            column=column,
            part=Part.FIELD,
            name=one.name,
            unit=one.unit,
            formats=one.formats,
            required=one.required,
        )
        for one in mapping.fields
        for column in one.columns
    ]
    uses += [
        ColumnUse(column=column, part=Part.OUTCOME, name=one.metric, unit=one.unit, qualifier=one.qualifier)
        for one in mapping.outcomes
        for column in one.columns
    ]
    uses += [
        ColumnUse(column=column, part=Part.CHECK, name=one.metric, unit=one.unit)
        for one in mapping.checks
        for column in one.columns
    ]
    whole = {
        "retailer_id": mapping.retailer.id_columns,
        "retailer_name": mapping.retailer.name_columns,
        "currency": mapping.currency.columns,
        "unique": mapping.unique,
    }
    uses += [
        ColumnUse(column=column, part=Part.WHOLE_FILE, name=name) for name, group in whole.items() for column in group
    ]
    uses += [ColumnUse(column=column, part=Part.IGNORED, reason=reason) for column, reason in mapping.ignored.items()]
    return uses


def _with_field_changed(mapping: Mapping, use: ColumnUse) -> Mapping:
    fields = (_field_as(one, use) if one.name == use.name else one for one in mapping.fields)
    return replace(mapping, fields=tuple(fields))


def _field_as(field: FieldMapping, use: ColumnUse) -> FieldMapping:
    was_default = field.when_empty is (WhenEmpty.REJECT if field.required else WhenEmpty.NULL)
    when_empty = (WhenEmpty.REJECT if use.required else WhenEmpty.NULL) if was_default else field.when_empty
    return replace(field, unit=use.unit or Unit.ONE, formats=use.formats, required=use.required, when_empty=when_empty)


def _with_outcome_changed(mapping: Mapping, *, before: ColumnUse, after: ColumnUse) -> Mapping:
    """In place where the outcome has this column only, so that the order of the file stays."""
    outcomes = list(mapping.outcomes)
    for place, one in enumerate(outcomes):
        if _is_outcome(one, before) and _without(one.columns, before.column) == ():
            rest = [*outcomes[:place], *outcomes[place + 1 :]]
            twin = next((number for number, other in enumerate(rest) if _is_outcome(other, after)), None)
            if twin is None:
                outcomes[place] = _new_outcome(after, columns=one.columns)
                return replace(mapping, outcomes=tuple(outcomes))
    return _attached(_detached(mapping, before), after)


def _detached(mapping: Mapping, use: ColumnUse) -> Mapping:
    """The mapping without this one use of the column."""
    column = use.column
    match use.part:
        case Part.FIELD:
            fields = (_field_without(one, column) if one.name == use.name else one for one in mapping.fields)
            return replace(mapping, fields=tuple(one for one in fields if one.columns or one.banner))
        case Part.OUTCOME:
            outcomes = (
                replace(one, columns=_without(one.columns, column)) if _is_outcome(one, use) else one
                for one in mapping.outcomes
            )
            return replace(mapping, outcomes=tuple(one for one in outcomes if one.columns))
        case Part.CHECK:
            checks = (replace(one, columns=_without(one.columns, column)) for one in mapping.checks)
            return replace(mapping, checks=tuple(one for one in checks if one.columns))
        case Part.WHOLE_FILE:
            return _whole_file(mapping, use.name, drop=column)
        case Part.IGNORED:
            kept = {name: why for name, why in mapping.ignored.items() if normal(name) != normal(column)}
            return replace(mapping, ignored=kept)
    return mapping


def _attached(mapping: Mapping, use: ColumnUse) -> Mapping:
    """The mapping with this use of the column, which nothing else uses."""
    match use.part:
        case Part.FIELD:
            return _with_field(mapping, use)
        case Part.OUTCOME:
            return _with_outcome(mapping, use)
        case Part.CHECK:
            check = CheckMapping(metric=use.name, columns=(use.column,), unit=use.unit)
            return replace(mapping, checks=(*mapping.checks, check))
        case Part.WHOLE_FILE:
            return _whole_file(mapping, use.name, add=use.column)
        case Part.IGNORED:
            return replace(mapping, ignored={**mapping.ignored, use.column: use.reason or LEFT_OUT})
    return mapping


def _with_field(mapping: Mapping, use: ColumnUse) -> Mapping:
    there = mapping.field_named(use.name)
    if there is not None:
        grown = replace(there, columns=(*there.columns, use.column))
        fields = (grown if one is there else one for one in mapping.fields)
        return replace(mapping, fields=tuple(fields))
    is_date = FIELDS[use.name].type is FieldType.DATE
    required = use.required or use.name == "event_date"
    field = FieldMapping(
        name=use.name,
        columns=(use.column,),
        required=required,
        when_empty=WhenEmpty.REJECT if required else WhenEmpty.NULL,
        unit=use.unit or Unit.ONE,
        formats=use.formats or (("%Y-%m-%d",) if is_date else ()),
        otherwise="other" if "other" in FIELDS[use.name].choices else "",
    )
    return replace(mapping, fields=(*mapping.fields, field))


def _with_outcome(mapping: Mapping, use: ColumnUse) -> Mapping:
    there = next((one for one in mapping.outcomes if _is_outcome(one, use)), None)
    if there is None:
        return replace(mapping, outcomes=(*mapping.outcomes, _new_outcome(use, columns=(use.column,))))
    grown = replace(there, columns=(*there.columns, use.column))
    return replace(mapping, outcomes=tuple(grown if one is there else one for one in mapping.outcomes))


def _new_outcome(use: ColumnUse, *, columns: tuple[str, ...]) -> OutcomeMapping:
    return OutcomeMapping(metric=use.name, columns=columns, qualifier=use.qualifier, unit=use.unit or Unit.ONE)


def _whole_file(mapping: Mapping, name: str, *, add: str = "", drop: str = "") -> Mapping:
    def changed(columns: tuple[str, ...]) -> tuple[str, ...]:
        return (*_without(columns, drop), add) if add else _without(columns, drop)

    retailer, currency = mapping.retailer, mapping.currency
    match name:
        case "retailer_id":
            return replace(mapping, retailer=replace(retailer, id_columns=changed(retailer.id_columns)))
        case "retailer_name":
            return replace(mapping, retailer=replace(retailer, name_columns=changed(retailer.name_columns)))
        case "currency":
            return replace(mapping, currency=replace(currency, columns=changed(currency.columns)))
    return replace(mapping, unique=changed(mapping.unique))


def _field_without(field: FieldMapping, column: str) -> FieldMapping:
    return replace(field, columns=_without(field.columns, column))


def _is_outcome(outcome: OutcomeMapping, use: ColumnUse) -> bool:
    return outcome.metric == use.name and outcome.qualifier == use.qualifier


def _without(columns: tuple[str, ...], column: str) -> tuple[str, ...]:
    return tuple(one for one in columns if normal(one) != normal(column))
