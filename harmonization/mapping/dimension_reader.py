"""From a mapping file of a dimension or a history to a mapping, as strictly as for events."""

import re
from datetime import date

from harmonization.mapping.nodes import Node
from harmonization.mapping.spec import Currency, FieldMapping, Mapping, MappingError, Retailer, Unit, WhenEmpty
from harmonization.rmis.dimensions import FIELDS_BY_KIND, NEEDS_RETAILER, REQUIRED, MappingKind
from harmonization.rmis.registry import FieldType, RmisField

TOP_KEYS = (
    *("kind", "name", "title", "version", "retailer", "currency", "separator", "decimal", "totals", "fields"),
    *("ignored", "notes"),
)
SLUG = r"[a-z0-9][a-z0-9_.-]{0,63}"
DATE_FORMAT = r"(%[YymdbBHMSf]|[-/. :,TZ年月日])+"
NUMBERS = frozenset({FieldType.MONEY, FieldType.RATIO, FieldType.QUANTITY})
UNITS = frozenset({Unit.ONE, Unit.MICROS, Unit.PERCENT})


def read_dimension(*, top: Node, kind: MappingKind, digest: str, is_checked: bool = True) -> Mapping:
    """The mapping of one of the kinds that are not events. Raises MappingError naming line and field.

    One that is being edited is not ``is_checked``: it is well formed, but may lack what its kind needs.
    """
    top.expect(TOP_KEYS)
    registry = FIELDS_BY_KIND[kind]
    nodes = top.child("fields")
    nodes.expect(registry)
    fields = tuple(_field(registry[name], nodes.child(name)) for name in nodes.located.value)
    mapping = Mapping(
        kind=kind,
        name=top.text("name", pattern=SLUG),
        title=top.text("title"),
        version=top.text("version", pattern=r"[0-9A-Za-z.-]{1,20}"),
        retailer=_retailer(top, is_needed=is_checked and kind in NEEDS_RETAILER, kind=kind),
        currency=_currency(
            top, is_needed=is_checked and any(registry[one.name].type is FieldType.MONEY for one in fields)
        ),
        separator=top.text("separator", default=",", pattern=r"[,;\t|]"),
        decimal=top.text("decimal", default=".", pattern=r"[.,]"),
        totals=tuple(one.lower().strip() for one in top.texts("totals", default=())),
        fields=fields,
        ignored=top.pairs("ignored"),
        notes=top.texts("notes", default=()),
        digest=digest,
    )
    if is_checked:
        _check(mapping, top=top, nodes=nodes)
    return mapping


def _retailer(top: Node, *, is_needed: bool, kind: MappingKind) -> Retailer:
    """Whose items or stores; a dimension may hold for all retailers and then has none."""
    if not top.has("retailer"):
        if is_needed:
            raise top.fail(f"a mapping of {kind} needs a retailer: an id, or id_from", key="retailer")
        return Retailer()
    node = top.child("retailer")
    node.expect(("id", "name", "id_from", "name_from"))
    if node.has("id") == node.has("id_from"):
        raise node.fail("give either id (a constant) or id_from (columns)")
    return Retailer(
        id=node.text("id", default="", pattern=rf"({SLUG})?"),
        name=node.text("name", default=""),
        id_columns=node.texts("id_from", default=()),
        name_columns=node.texts("name_from", default=()),
    )


def _currency(top: Node, *, is_needed: bool) -> Currency:
    if not top.has("currency"):
        if is_needed:
            raise top.fail("money is mapped, so the currency has to be given: code, or from", key="currency")
        return Currency()
    node = top.child("currency")
    node.expect(("code", "from", "assumed"))
    if not node.has("code") and not node.has("from"):
        raise node.fail("give a code, or the columns it is read from")
    return Currency(
        code=node.text("code", default="", pattern="([A-Z]{3})?"),
        columns=node.texts("from", default=()),
        is_assumed=node.flag("assumed"),
    )


def _field(field: RmisField, node: Node) -> FieldMapping:
    keys = ["from", "required", "empty"]
    keys += ["formats", "weeks_from"] if field.type is FieldType.DATE else []
    keys += ["join"] if field.type is FieldType.TEXT else []
    keys += ["values", "otherwise"] if field.type is FieldType.ENUM else []
    keys += ["unit"] if field.type in NUMBERS else []
    node.expect(keys)
    is_required = node.flag("required")
    when_empty = node.choice("empty", WhenEmpty) or (WhenEmpty.REJECT if is_required else WhenEmpty.NULL)
    if when_empty is WhenEmpty.ZERO and field.type not in {FieldType.MONEY, FieldType.QUANTITY, FieldType.COUNT}:
        raise node.fail("only amounts may be taken as zero where they are empty", key="empty")
    unit = node.choice("unit", Unit) or Unit.ONE
    if unit not in UNITS:
        raise node.fail(f"must be one of {', '.join(sorted(UNITS))}", key="unit")
    return FieldMapping(
        name=field.name,
        columns=node.texts("from"),
        required=is_required,
        when_empty=when_empty,
        unit=unit,
        formats=_formats(node) if field.type is FieldType.DATE and not node.has("weeks_from") else (),
        weeks_from=_weeks_from(node),
        join=node.text("join", default=""),
        values=_values(field, node),
        otherwise=_otherwise(field, node),
    )


def _formats(node: Node) -> tuple[str, ...]:
    formats = node.texts("formats", default=("%Y-%m-%d",))
    for one in formats:
        if not re.fullmatch(DATE_FORMAT, one):
            raise node.fail(f"“{one}” is no date format, such as %Y-%m-%d or %d.%m.%Y", key="formats")
    return formats


def _weeks_from(node: Node) -> date | None:
    """The first day of week 1, where the file numbers its weeks."""
    if not node.has("weeks_from"):
        return None
    if node.has("formats"):
        raise node.fail("give either formats or weeks_from", key="weeks_from")
    try:
        return date.fromisoformat(node.text("weeks_from"))
    except ValueError as error:
        raise node.fail("must be a day such as 2024-01-01", key="weeks_from") from error


def _values(field: RmisField, node: Node) -> dict[str, str]:
    if field.type is not FieldType.ENUM:
        return {}
    pairs = node.pairs("values")
    for word, value in pairs.items():
        if value not in field.choices:
            raise node.child("values").fail(f"must be one of {', '.join(field.choices)}", key=word)
    folded = {word.lower().strip(): value for word, value in pairs.items()}
    if len(folded) != len(pairs):
        raise node.fail("two words differ in case only", key="values")
    return {choice: choice for choice in field.choices} | folded


def _otherwise(field: RmisField, node: Node) -> str:
    value = node.text("otherwise", default="") if field.type is FieldType.ENUM else ""
    if value and value not in field.choices:
        raise node.fail(f"must be one of {', '.join(field.choices)}", key="otherwise")
    return value


def _check(mapping: Mapping, *, top: Node, nodes: Node) -> None:
    if mapping.separator == mapping.decimal:
        raise top.fail("separator and decimal mark are the same", key="decimal")
    for name in REQUIRED[mapping.kind]:
        found = mapping.field_named(name)
        if found is None or not found.required:
            raise nodes.fail(f"a mapping of {mapping.kind} needs {name}, with required: true", key=name)
    item_id = mapping.field_named("item_id")
    has_retailer = mapping.retailer.id or mapping.retailer.id_columns
    if item_id is not None and not has_retailer:
        raise nodes.child("item_id").fail("an item id means nothing without the retailer: give one above")
    _check_amounts(mapping, nodes)


def _check_amounts(mapping: Mapping, nodes: Node) -> None:
    """A column that is added up feeds one number only."""
    registry = FIELDS_BY_KIND[mapping.kind]
    seen: dict[str, str] = {}
    for field in mapping.fields:
        if registry[field.name].type not in {FieldType.MONEY, FieldType.QUANTITY, FieldType.COUNT}:
            continue
        for column in field.columns:
            if column in seen:
                raise nodes.child(field.name).fail(f"the column “{column}” is read by {seen[column]} already")
            seen[column] = field.name
    for column in mapping.ignored:
        if any(column in field.columns for field in mapping.fields):
            raise MappingError(f"the column “{column}” is both read and ignored", field="ignored")
