"""What the editor's rows send: for each column of the file, what it becomes, with unit, qualifiers and date formats."""

from collections.abc import Mapping, Sequence

from django.utils.datastructures import MultiValueDict

from harmonization.mapping.editing import ColumnUse, Part
from harmonization.mapping.spec import Qualifier, Unit
from harmonization.rmis.enums import AttributionModel, SalesChannel, Scope, Touch
from harmonization.rmis.registry import FIELDS, METRICS, FieldType

CHECKS = ("ctr", "cpc")
WHOLE_FILE = ("retailer_id", "retailer_name", "currency", "unique")
NOT_FROM_COLUMNS = frozenset({"retailer_id", "retailer_name", "currency", "placement_raw"})
WITH_UNIT = frozenset({FieldType.MONEY, FieldType.RATIO, FieldType.QUANTITY})
WITH_FORMATS = frozenset({FieldType.DATE, FieldType.TIMESTAMP})
QUALIFIERS: dict[str, tuple[str, ...]] = {
    "touch": tuple(Touch),
    "scope": tuple(Scope),
    "sales_channel": tuple(SalesChannel),
    "attr_model": tuple(AttributionModel),
}
LONGEST_WINDOW = 365
MAX_FORMATS = 200
Sent = MultiValueDict[str, str]


def sent_uses(*, sent: Sent, before: Sequence[ColumnUse], proposed: Mapping[str, ColumnUse]) -> tuple[ColumnUse, ...]:
    """What each column becomes as the form says; ``before`` where the form says nothing that can be.

    A column that was given another target and has no details yet gets those that were ``proposed`` for it.
    """
    return tuple(_use(sent, number, one, proposed.get(one.column)) for number, one in enumerate(before))


def has_unit(*, use: ColumnUse) -> bool:
    """Whether a unit can be chosen for it."""
    if use.part is Part.FIELD:
        return FIELDS[use.name].type in WITH_UNIT
    return use.part in (Part.OUTCOME, Part.CHECK)


def has_formats(*, use: ColumnUse) -> bool:
    """Whether it is written in date formats."""
    return use.part is Part.FIELD and (FIELDS[use.name].type in WITH_FORMATS or use.name == "hour")


def _use(sent: Sent, number: int, before: ColumnUse, proposed: ColumnUse | None) -> ColumnUse:
    part, name = _target(sent.get(f"c{number}-target", before.target), before)
    if (part, name) != (before.part, before.name):
        like = proposed if proposed and proposed.target == f"{part}:{name}" else None
        unit = None if part is Part.CHECK else Unit.ONE
        return like or ColumnUse(column=before.column, part=part, name=name, unit=unit)
    return ColumnUse(
        column=before.column,
        part=part,
        name=name,
        unit=_unit(sent.get(f"c{number}-unit"), before),
        qualifier=_qualifier(sent, number, before.qualifier) if part is Part.OUTCOME else before.qualifier,
        formats=_formats(sent.get(f"c{number}-formats"), before),
        required=_required(sent, number, before),
        reason=(sent.get(f"c{number}-reason") or before.reason)[:MAX_FORMATS],
    )


def _target(text: str, before: ColumnUse) -> tuple[Part, str]:
    part, _, name = text.partition(":")
    allowed = {
        Part.FIELD: FIELDS.keys() - NOT_FROM_COLUMNS,
        Part.OUTCOME: METRICS.keys(),
        Part.CHECK: set(CHECKS),
        Part.WHOLE_FILE: set(WHOLE_FILE),
        Part.IGNORED: {""},
        Part.NONE: {""},
    }
    is_known = part in set(Part) and name in allowed[Part(part)]
    return (Part(part), name) if is_known else (before.part, before.name)


def _unit(text: str | None, before: ColumnUse) -> Unit | None:
    if text == "" and before.part is Part.CHECK:
        return None
    return Unit(text) if text in set(Unit) else before.unit


def _qualifier(sent: Sent, number: int, before: Qualifier) -> Qualifier:
    window = sent.get(f"c{number}-window")
    return Qualifier(
        window_days=_window(window, before.window_days),
        touch=_choice(sent.get(f"c{number}-touch"), QUALIFIERS["touch"], before.touch),
        scope=_choice(sent.get(f"c{number}-scope"), QUALIFIERS["scope"], before.scope) or Scope.TOTAL,
        sales_channel=_choice(sent.get(f"c{number}-sales_channel"), QUALIFIERS["sales_channel"], before.sales_channel),
        attr_model=_choice(sent.get(f"c{number}-attr_model"), QUALIFIERS["attr_model"], before.attr_model),
    )


def _window(text: str | None, before: int | None) -> int | None:
    if text is None:
        return before
    digits = text.strip()
    if not digits:
        return None
    is_days = digits.isascii() and digits.isdigit() and len(digits) <= 3 and int(digits) <= LONGEST_WINDOW
    return int(digits) if is_days else before


def _choice(text: str | None, choices: tuple[str, ...], before: str | None) -> str | None:
    if text is None or (text and text not in choices):
        return before
    return text or None


def _formats(text: str | None, before: ColumnUse) -> tuple[str, ...]:
    if text is None or not has_formats(use=before):
        return before.formats
    return tuple(dict.fromkeys(one.strip() for one in text[:MAX_FORMATS].split(" or ") if one.strip()))


def _required(sent: Sent, number: int, before: ColumnUse) -> bool:
    """A box that is not ticked sends nothing: a field beside it says that it was there."""
    return f"c{number}-required" in sent if f"c{number}-has-required" in sent else before.required
