"""The rows of the editor of a dimension: a field of the kind, the columns it is read from with samples, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from harmonization.mapping.dimension_editing import FieldUse
from harmonization.mapping.dimension_reader import NUMBERS, UNITS
from harmonization.mapping.header import normal
from harmonization.mapping.spec import Mapping
from harmonization.rmis.dimensions import FIELDS_BY_KIND, REQUIRED, MappingKind, dimension_definition
from harmonization.rmis.registry import FieldType
from harmonization.services.mapping_editing import Workbench
from harmonization.views.mapping_rows import UNIT_LABELS, Choice

IN_OPTION = 40


@dataclass(frozen=True, kw_only=True)
class ColumnSelect:
    """One select of a column. The last of a field is empty: it adds one."""

    number: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class FieldRow:
    """One field in the editor.

    Attributes:
        is_needed: the kind cannot do without it, so it is always required.
        is_text: several columns of text, which may be joined.
        words: of a choice, what is understood without a word of the mapping.
    """

    use: FieldUse
    definition: str
    is_needed: bool
    selects: tuple[ColumnSelect, ...]
    units: tuple[Choice, ...]
    is_text: bool
    is_day: bool
    words: str

    @property
    def formats(self) -> str:
        return " or ".join(self.use.formats)

    @property
    def weeks_from(self) -> str:
        return self.use.weeks_from.isoformat() if self.use.weeks_from else ""


@dataclass(frozen=True, kw_only=True)
class SourceColumn:
    """A column of the file, its first values, and what becomes of it in words."""

    name: str
    samples: tuple[str, ...]
    read_by: tuple[str, ...]
    left_out: str = ""


def field_rows(*, kind: MappingKind, uses: Sequence[FieldUse], bench: Workbench) -> tuple[FieldRow, ...]:
    """A row for each field, in the order of the schema."""
    return tuple(_row(kind, use, bench) for use in uses)


def source_columns(*, mapping: Mapping, bench: Workbench) -> tuple[SourceColumn, ...]:
    """Every column of the file with the fields that read it."""
    readers: dict[str, list[str]] = {}
    for field in mapping.fields:
        for column in field.columns:
            readers.setdefault(normal(column), []).append(field.name)
    whole = {
        "retailer_id": mapping.retailer.id_columns,
        "retailer_name": mapping.retailer.name_columns,
        "currency": mapping.currency.columns,
    }
    for name, columns in whole.items():
        for column in columns:
            readers.setdefault(normal(column), []).append(name)
    ignored = {normal(column): why for column, why in mapping.ignored.items()}
    return tuple(
        SourceColumn(
            name=column,
            samples=bench.samples.get(column, ()),
            read_by=tuple(readers.get(normal(column), ())),
            left_out=ignored.get(normal(column), ""),
        )
        for column in bench.columns
    )


@cache
def field_dictionary(kind: MappingKind) -> tuple[dict[str, Any], ...]:
    """Every field of the kind with its definition, unit and source, for the page's glossary."""
    return tuple(
        {
            "term": one.name,
            "value": dimension_definition(kind=kind, name=one.name) + (f" Unit: {one.unit}." if one.unit else ""),
        }
        for one in FIELDS_BY_KIND[kind].values()
    )


def _row(kind: MappingKind, use: FieldUse, bench: Workbench) -> FieldRow:
    known = FIELDS_BY_KIND[kind][use.name]
    units = [
        Choice(value=one, label=UNIT_LABELS[one], is_chosen=use.unit is one) for one in UNIT_LABELS if one in UNITS
    ]
    return FieldRow(
        use=use,
        definition=dimension_definition(kind=kind, name=use.name),
        is_needed=use.name in REQUIRED[kind],
        selects=tuple(_select(number, column, bench) for number, column in enumerate((*use.columns, ""))),
        units=tuple(units) if known.type in NUMBERS and use.columns else (),
        is_text=known.type is FieldType.TEXT and (len(use.columns) > 1 or bool(use.join)),
        is_day=known.type is FieldType.DATE and bool(use.columns),
        words=", ".join(known.choices),
    )


def _select(number: int, chosen: str, bench: Workbench) -> ColumnSelect:
    """The file's columns, each with its first values; one that the file lacks is offered where it is chosen."""
    names = {normal(one): one for one in bench.columns}
    there = names.get(normal(chosen), chosen)
    lacking = [Choice(value=chosen, label=f"{chosen} (not in this file)", is_chosen=True)]
    choices = [Choice(value=one, label=_label(one, bench), is_chosen=one == there) for one in bench.columns]
    is_lacking = bool(chosen) and normal(chosen) not in names and bool(bench.samples)
    is_unknown = bool(chosen) and normal(chosen) not in names
    extra = lacking if is_lacking else [Choice(value=chosen, label=chosen, is_chosen=True)] if is_unknown else []
    return ColumnSelect(number=number, choices=(*extra, *choices))


def _label(column: str, bench: Workbench) -> str:
    samples = ", ".join(bench.samples.get(column, ())[:2])
    return f"{column}: {samples[:IN_OPTION]}" if samples else column
