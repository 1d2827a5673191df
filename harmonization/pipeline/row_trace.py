"""One event row beside the row of the file it was made from: what each field says, from which cell, and how."""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from harmonization.mapping.spec import FieldMapping, Mapping, WhenEmpty
from harmonization.pipeline.plan import FieldSource, OutcomeSource, Plan
from harmonization.pipeline.provenance import UNITS, Origin, transform_of, words_of
from harmonization.rmis.registry import FIELDS, FieldType

STATED_STAMPS = ("date_basis", "time_grain", "timezone", "vat_included", "vat_rate")
DERIVED_STAMPS = ("event_ts", "is_final", "channel")
ESTIMATED_STAMPS = ("cost_reporting", "reporting_currency", "fx_rate", "fx_date")


class CellOrigin(StrEnum):
    """How one row got one value; the ones of :class:`Origin`, and what only a row can tell."""

    READ = Origin.READ.value
    BANNER = Origin.BANNER.value
    STATED = Origin.STATED.value
    ASSUMED = Origin.ASSUMED.value
    DERIVED = Origin.DERIVED.value
    ESTIMATED = Origin.ESTIMATED.value
    DEFAULTED = "defaulted"
    FALLBACK = "fallback"
    UNREAD = "unread"
    RAW = "raw"


@dataclass(frozen=True, kw_only=True)
class TracedField:
    """A value of an event row, or a column that became none.

    Attributes:
        field: the RMIS field or metric; empty for a column that is not mapped.
        value: as stored, as text; empty for null.
        column: of the file; empty where none was read.
        raw: the cell as it stands in the file.
        note: a sentence where more is to be said.
        confidence: with which the column was proposed to be this field; None where a person mapped it by hand.
        is_confirmed: whether a person was asked about the proposal and agreed; None where there was none.
        confirmed_by: that person's e-mail address; empty where the account is gone.
    """

    field: str
    value: str
    origin: CellOrigin
    column: str
    raw: str
    note: str
    confidence: float | None = None
    is_confirmed: bool | None = None
    confirmed_by: str = ""


def trace_row(
    *, mapping: Mapping, plan: Plan, cells: Sequence[str], event: Dictionary[str, object], outcomes: Sequence[object]
) -> tuple[TracedField, ...]:
    """Every field of a row with its origin, then the columns that were not read.

    ``event`` holds the stored row by field, ``outcomes`` the values of the plan's attributed columns in their order.
    """
    fields = [_field(source, plan=plan, cells=cells, event=event) for source in plan.fields]
    numbers = zip(plan.outcomes, outcomes, strict=True)
    return (
        *_whole_file(mapping, plan, cells=cells, event=event),
        *fields,
        *(_outcome(source, value, plan=plan, cells=cells) for source, value in numbers),
        *_stamps(plan, event=event, known={one.field for one in fields}),
        *_passed_through(plan, cells=cells),
    )


def _field(source: FieldSource, *, plan: Plan, cells: Sequence[str], event: Dictionary[str, object]) -> TracedField:
    mapping, raw = source.mapping, _cell(cells, source.place)
    value = event.get(mapping.name)
    origin, note = _judged(mapping, raw=raw, value=value)
    return TracedField(
        field=mapping.name,
        value=_text(value),
        origin=origin,
        column=plan.names[source.place],
        raw=raw,
        note=note,
    )


def _judged(mapping: FieldMapping, *, raw: str, value: object) -> tuple[CellOrigin, str]:
    if not raw.strip():
        if mapping.when_empty is WhenEmpty.ZERO and value is not None:
            return CellOrigin.DEFAULTED, "The cell is empty, which the mapping takes as zero."
        if value is not None:
            return CellOrigin.DEFAULTED, "The cell is empty; the mapping's fallback stands."
        return CellOrigin.READ, "The cell is empty."
    if FIELDS[mapping.name].type is FieldType.ENUM and raw.strip().lower() not in mapping.values:
        return CellOrigin.FALLBACK, f"The mapping does not know “{raw.strip()}”."
    if value is None:
        return CellOrigin.UNREAD, "The cell could not be read and was left empty."
    transform = transform_of(mapping)
    return CellOrigin.READ, f"{transform[0].upper()}{transform[1:]}." if transform else ""


def _outcome(source: OutcomeSource, value: object, *, plan: Plan, cells: Sequence[str]) -> TracedField:
    transform = UNITS.get(source.mapping.unit, "")
    return TracedField(
        field=f"{source.mapping.metric}{words_of(source.mapping.qualifier)}",
        value=_text(value),
        origin=CellOrigin.READ,
        column=plan.names[source.place],
        raw=_cell(cells, source.place),
        note=f"{transform[0].upper()}{transform[1:]}." if transform else "",
    )


def _whole_file(
    mapping: Mapping, plan: Plan, *, cells: Sequence[str], event: Dictionary[str, object]
) -> list[TracedField]:
    places = {"retailer_id": plan.retailer_id, "retailer_name": plan.retailer_name, "currency": plan.currency}
    found = []
    for name, place in places.items():
        raw = "" if place is None else _cell(cells, place)
        origin, note = CellOrigin.READ, ""
        if place is None:
            is_guess = name == "currency" and mapping.currency.is_assumed
            origin = CellOrigin.ASSUMED if is_guess else CellOrigin.STATED
            note = "The file does not state it; the mapping assumes it." if is_guess else "The same for every file."
        elif not raw.strip() and name == "currency":
            origin, note = CellOrigin.DEFAULTED, "The cell is empty; the mapping's currency stands."
        column = "" if place is None else plan.names[place]
        found.append(
            TracedField(field=name, value=_text(event.get(name)), origin=origin, column=column, raw=raw, note=note)
        )
    return found


def _stamps(plan: Plan, *, event: Dictionary[str, object], known: set[str]) -> list[TracedField]:
    groups = [
        (plan.banner, CellOrigin.BANNER, "Read above the header."),
        (STATED_STAMPS, CellOrigin.STATED, "The mapping says so."),
        (DERIVED_STAMPS, CellOrigin.DERIVED, "Made from other fields of the row."),
        (ESTIMATED_STAMPS, CellOrigin.ESTIMATED, "By the exchange rate of the day."),
    ]
    return [
        TracedField(field=name, value=_text(event[name]), origin=origin, column="", raw="", note=note)
        for names, origin, note in groups
        for name in names
        if name not in known and event.get(name) is not None
    ]


def _passed_through(plan: Plan, *, cells: Sequence[str]) -> list[TracedField]:
    read = {source.place for source in plan.fields} | {source.place for source in plan.outcomes}
    read |= {place for place in (plan.retailer_id, plan.retailer_name, plan.currency) if place is not None}
    checks = {source.place: f"Compared with the row's own {source.mapping.metric}." for source in plan.checks}
    return [
        TracedField(
            field="",
            value="",
            origin=CellOrigin.RAW,
            column=name,
            raw=_cell(cells, place),
            note=checks.get(place) or _left_out(plan, name, is_unique=place == plan.unique),
        )
        for place, name in enumerate(plan.names)
        if place not in read and name
    ]


def _left_out(plan: Plan, name: str, *, is_unique: bool) -> str:
    if is_unique:
        return "Tells the row from all others."
    if name in plan.ignored:
        return f"Left out: {plan.ignored[name]}."
    return "The mapping does not know this column."


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _text(value: object) -> str:
    return "" if value is None else str(value)
