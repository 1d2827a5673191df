"""What must hold across a whole mapping: nothing is counted twice, and the essentials are there."""

from harmonization.mapping.nodes import Node
from harmonization.mapping.spec import Mapping, is_absolute, swapped_day_and_month
from harmonization.rmis.registry import FIELDS, FieldType

ADDITIVE = frozenset({FieldType.COUNT, FieldType.MONEY, FieldType.QUANTITY})


def check_mapping(*, mapping: Mapping, top: Node) -> None:
    """Raise MappingError where parts of the mapping contradict each other."""
    _check_date(mapping, top)
    _check_columns_read_once(mapping, top)
    _check_no_twins(mapping, top)
    _check_headline(mapping, top)
    _check_instants(mapping, top)
    _check_day_order(mapping, top)
    if mapping.shape.totals_in and not mapping.totals:
        raise top.fail("say with totals which words mark a row of totals", key="totals_in")
    if mapping.told_apart_by and mapping.shape.unpivot is not None:
        raise top.fail("columns become rows here, so no row can say what its figures count", key="unpivot")
    if mapping.separator == mapping.decimal:
        raise top.fail("separator and decimal mark are the same", key="decimal")


def _check_date(mapping: Mapping, top: Node) -> None:
    event_date = mapping.field_named("event_date")
    if event_date is None or not event_date.required:
        raise top.child("fields").fail("event_date must be mapped, with required: true", key="event_date")


def _check_columns_read_once(mapping: Mapping, top: Node) -> None:
    """A column that is added up may feed one number only, and none that is ignored."""
    fields = top.child("fields")
    places = [
        *((one.columns, fields.child(one.name)) for one in mapping.fields if FIELDS[one.name].type in ADDITIVE),
        *zip((one.places for one in mapping.outcomes), top.children("outcomes"), strict=True),
        *(((column,), top.child("ignored")) for column in mapping.ignored),
    ]
    seen: dict[str, str] = {}
    for columns, node in places:
        for column in columns:
            if column in seen:
                raise node.fail(f"the column “{column}” is read by {seen[column]} already")
            seen[column] = node.path


def _check_no_twins(mapping: Mapping, top: Node) -> None:
    """Two outcomes with one meaning would be added up; twins belong in one entry, as alternatives."""
    seen: dict[object, str] = {}
    for outcome, node in zip(mapping.outcomes, top.children("outcomes"), strict=True):
        meaning = (outcome.metric, outcome.qualifier)
        if meaning in seen:
            other = seen[meaning]
            raise node.fail(f"means the same as {other}; name both columns in one entry, the better one first")
        seen[meaning] = node.path


def _check_day_order(mapping: Mapping, top: Node) -> None:
    """05/01 is one day or another: day before month and month before day cannot both be tried."""
    for field in mapping.fields:
        if any(other in field.formats for form in field.formats if (other := swapped_day_and_month(form))):
            raise (
                top.child("fields")
                .child(field.name)
                .fail("one format has the day before the month and another after it; keep one", key="formats")
            )


def _check_instants(mapping: Mapping, top: Node) -> None:
    """A time without an offset is an instant only where the zone is known."""
    for name in ("event_ts", "report_pulled_at"):
        field = mapping.field_named(name)
        if field and not mapping.zone and any(not is_absolute(one) for one in field.formats):
            raise (
                top.child("fields")
                .child(name)
                .fail("needs an IANA timezone in the mapping, or formats that end in Z or %z", key="formats")
            )


def _check_headline(mapping: Mapping, top: Node) -> None:
    for qualifier, node in zip(mapping.headline, top.children("headline"), strict=True):
        if not any(one.qualifier == qualifier for one in mapping.outcomes):
            raise node.fail("no outcome of this mapping has this window, touch, scope, sales channel and model")
