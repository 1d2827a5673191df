"""The rows of the mapping editor: a source column with samples, what it becomes, and what was proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from harmonization.forms.mapping_columns import (
    CHECKS,
    NOT_FROM_COLUMNS,
    QUALIFIERS,
    WHOLE_FILE,
    has_formats,
    has_unit,
)
from harmonization.mapping.differences import use_in_words
from harmonization.mapping.editing import ColumnUse, Part
from harmonization.mapping.spec import Unit
from harmonization.rmis.registry import FIELDS, METRICS, definition_of
from harmonization.services.mapping_editing import Workbench

UNIT_LABELS = {
    Unit.ONE: "as it stands",
    Unit.MICROS: "micros (÷ 1,000,000)",
    Unit.MICROCENTS: "microcents (÷ 100,000,000)",
    Unit.PERCENT: "percent (÷ 100)",
}
QUALIFIER_LABELS = {"touch": "Touch", "scope": "Scope", "sales_channel": "Sales channel", "attr_model": "Model"}
WHOLE_FILE_LABELS = {
    "retailer_id": "retailer_id, of each row",
    "retailer_name": "retailer_name, of each row",
    "currency": "currency, of each row",
    "unique": "identifier that no two rows share",
}
SURE, LIKELY = 0.85, 0.6


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One option of a select."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class EditorSelect:
    """A select among a row's details."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class EditorRow:
    """One column in the editor. ``proposal`` is what the suggestion would make of it, in words; empty for nothing."""

    number: int
    use: ColumnUse
    target_label: str
    definition: str
    samples: tuple[str, ...]
    selects: tuple[EditorSelect, ...]
    has_formats: bool
    proposal: str
    confidence: str
    tone: str
    why: str
    is_as_proposed: bool

    @property
    def formats(self) -> str:
        return " or ".join(self.use.formats)

    @property
    def is_outcome(self) -> bool:
        return self.use.part is Part.OUTCOME

    @property
    def is_field(self) -> bool:
        return self.use.part is Part.FIELD

    @property
    def is_left_out(self) -> bool:
        return self.use.part is Part.IGNORED


def editor_rows(*, bench: Workbench, uses: Sequence[ColumnUse]) -> tuple[EditorRow, ...]:
    """A row for each column, in the order of the file."""
    return tuple(_row(number, use, bench) for number, use in enumerate(uses))


@cache
def target_groups() -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """What a column can become, by groups of the registry."""
    nothing = [Choice(value="", label="–"), Choice(value="ignored", label="left out on purpose")]
    groups: dict[str, list[Choice]] = {"Not mapped": nothing}
    for field in FIELDS.values():
        if field.name not in NOT_FROM_COLUMNS:
            group = groups.setdefault(field.group.capitalize(), [])
            group.append(Choice(value=f"field:{field.name}", label=field.name))
    groups["Attributed outcomes"] = [Choice(value=f"outcome:{name}", label=name) for name in METRICS]
    groups["Compared, never taken as truth"] = [Choice(value=f"check:{name}", label=name) for name in CHECKS]
    groups["Of the whole file"] = [Choice(value=f"file:{name}", label=WHOLE_FILE_LABELS[name]) for name in WHOLE_FILE]
    return tuple((group, tuple(choices)) for group, choices in groups.items())


@cache
def dictionary() -> tuple[dict[str, Any], ...]:
    """Every field with its definition, unit and source, for the page's glossary."""
    known = [*FIELDS.values(), *METRICS.values()]
    return tuple({"term": one.name, "value": f"{definition_of(one.name)}{_in_unit(one.unit)}"} for one in known)


def _row(number: int, use: ColumnUse, bench: Workbench) -> EditorRow:
    suggestion, proposal = bench.suggestions.get(use.column), bench.proposals.get(use.column)
    is_proposed = proposal is not None and proposal.part not in (Part.NONE, Part.IGNORED)
    share = suggestion.confidence if suggestion else 0.0
    return EditorRow(
        number=number,
        use=use,
        target_label=_label(use.target),
        definition=definition_of(use.name),
        samples=bench.samples.get(use.column, ()),
        selects=_selects(use),
        has_formats=has_formats(use=use),
        proposal=use_in_words(proposal) if proposal and is_proposed else "",
        confidence=f"{share:.0%}" if is_proposed and share else "",
        tone="good" if share >= SURE else "warn" if share >= LIKELY else "neutral",
        why=suggestion.why.rstrip(".") if suggestion else "",
        is_as_proposed=bool(proposal and is_proposed and _same(proposal, use)),
    )


def _same(proposal: ColumnUse, use: ColumnUse) -> bool:
    return (proposal.target, proposal.unit, proposal.qualifier) == (use.target, use.unit, use.qualifier)


def _selects(use: ColumnUse) -> tuple[EditorSelect, ...]:
    selects = [_unit_select(use)] if has_unit(use=use) else []
    if use.part is Part.OUTCOME:
        selects += [_qualifier_select(name, getattr(use.qualifier, name)) for name in QUALIFIERS]
    return tuple(selects)


def _unit_select(use: ColumnUse) -> EditorSelect:
    choices = [Choice(value=one, label=label, is_chosen=use.unit is one) for one, label in UNIT_LABELS.items()]
    told = [Choice(value="", label="told by the file", is_chosen=use.unit is None)] if use.part is Part.CHECK else []
    return EditorSelect(name="unit", label="Unit", choices=(*told, *choices))


def _qualifier_select(name: str, chosen: str | None) -> EditorSelect:
    empty = () if name == "scope" else (Choice(value="", label="not stated", is_chosen=not chosen),)
    choices = (Choice(value=one, label=one, is_chosen=one == chosen) for one in QUALIFIERS[name])
    return EditorSelect(name=name, label=QUALIFIER_LABELS[name], choices=(*empty, *choices))


def _label(target: str) -> str:
    return next((one.label for _, choices in target_groups() for one in choices if one.value == target), "–")


def _in_unit(unit: str) -> str:
    return f" Unit: {unit}." if unit else ""
