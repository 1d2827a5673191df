"""From a mapping back to the text of a mapping file; what is read from it again is the same mapping."""

import re
from collections.abc import Iterable

import yaml

from harmonization.mapping.shape import Shape
from harmonization.mapping.spec import (
    CheckMapping,
    Currency,
    FieldMapping,
    Mapping,
    OutcomeMapping,
    Qualifier,
    Retailer,
    Unit,
    WhenEmpty,
)
from harmonization.rmis.dimensions import FIELDS_BY_KIND, MappingKind
from harmonization.rmis.enums import Channel
from harmonization.rmis.registry import FieldType

Value = str | int | bool | None
Entry = Value | tuple[str, ...] | dict[str, str]
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
ENDLESS = 1 << 20


def mapping_text(*, mapping: Mapping) -> str:
    """The YAML of a mapping, one line for every field, outcome, check and column left out."""
    is_of_events = mapping.kind is MappingKind.EVENTS
    retailer, currency = _retailer(mapping.retailer), _currency(mapping.currency)
    lines = [
        *([] if is_of_events else [f"kind: {mapping.kind}"]),
        f"name: {_scalar(mapping.name)}",
        f"title: {_scalar(mapping.title)}",
        f"version: {_quoted(mapping.version)}",
        *_listed("notes", (_scalar(note) for note in mapping.notes)),
        *([f"retailer: {_flow(retailer)}"] if is_of_events or mapping.retailer != Retailer() else []),
        *([f"currency: {_flow(currency)}"] if is_of_events or mapping.currency != Currency() else []),
        *(f"{key}: {_value(value)}" for key, value in _file_settings(mapping).items()),
        *(f"{key}: {_flow(_present(entries))}" for key, entries in _shape(mapping.shape).items()),
        *_listed("headline", (_flow(_qualifier(one)) for one in mapping.headline)),
        "fields:" if mapping.fields else "fields: {}",
        *(f"  {one.name}: {_flow(_field(one, kind=mapping.kind))}" for one in mapping.fields),
        *_listed("outcomes", (_flow(_outcome(one)) for one in mapping.outcomes)),
        *_listed("checks", (_flow(_check(one)) for one in mapping.checks)),
        *(["ignored:"] if mapping.ignored else []),
        *(f"  {_scalar(column)}: {_scalar(reason)}" for column, reason in mapping.ignored.items()),
    ]
    return "\n".join(lines) + "\n"


def _file_settings(mapping: Mapping) -> dict[str, Entry]:
    """What is said of the whole file, where it is not what is taken without a word."""
    settings: dict[str, Entry] = {"timezone": mapping.timezone} if mapping.timezone else {}
    settings |= {"date_basis": str(mapping.date_basis)} if mapping.kind is MappingKind.EVENTS else {}
    settings |= {"time_grain": str(mapping.time_grain)} if mapping.time_grain else {}
    settings |= {} if mapping.vat_included is None else {"vat_included": mapping.vat_included}
    settings |= {} if mapping.vat_rate is None else {"vat_rate": f"{(mapping.vat_rate * 100).normalize():f}"}
    settings |= {} if mapping.final_after_days is None else {"final_after_days": mapping.final_after_days}
    defaults: list[tuple[str, Entry, Entry]] = [
        ("channel", str(mapping.channel), str(Channel.ONSITE)),
        ("separator", mapping.separator, ","),
        ("decimal", mapping.decimal, "."),
        ("encoding", mapping.encoding, ""),
        ("totals", mapping.totals, ()),
        ("totals_in", mapping.shape.totals_in, ()),
        ("rows_from", mapping.shape.rows_from, ""),
        ("unique", mapping.unique, ()),
    ]
    settings |= {key: value for key, value, default in defaults if value != default}
    return settings


def _shape(shape: Shape) -> dict[str, dict[str, Entry]]:
    """What is done to the table, where it takes more than one value to say."""
    entries: dict[str, dict[str, Entry]] = {}
    if shape.level is not None:
        entries["level"] = {"column": shape.level.column, "values": shape.level.values}
    if shape.unpivot is not None:
        one = shape.unpivot
        entries["unpivot"] = {"columns": one.columns, "name": one.name, "value": one.value}
    return entries


def _listed(key: str, items: Iterable[str]) -> list[str]:
    lines = [f"  - {item}" for item in items]
    return [f"{key}:", *lines] if lines else []


def _retailer(retailer: Retailer) -> dict[str, Entry]:
    return _present(
        {
            "id": retailer.id,
            "name": retailer.name,
            "id_from": retailer.id_columns,
            "name_from": retailer.name_columns,
        }
    )


def _currency(currency: Currency) -> dict[str, Entry]:
    return _present({"code": currency.code, "from": currency.columns, "assumed": currency.is_assumed})


def _field(field: FieldMapping, *, kind: MappingKind) -> dict[str, Entry]:
    known = FIELDS_BY_KIND[kind][field.name]
    when_empty = WhenEmpty.REJECT if field.required else WhenEmpty.NULL
    entries: dict[str, Entry] = {
        "from": field.columns,
        "banner": field.banner,
        "required": field.required,
        "empty": "" if field.when_empty is when_empty else str(field.when_empty),
        "unit": _unit(field.unit),
        "formats": field.formats,
        "weeks_from": str(field.weeks_from or ""),
        "join": field.join,
    }
    if known.type is FieldType.ENUM:
        unspoken = "other" if "other" in known.choices else ""
        entries |= {
            "values": dict(field.values),
            "otherwise": "" if field.otherwise == unspoken else field.otherwise,
        }
    return _present(entries)


def _outcome(outcome: OutcomeMapping) -> dict[str, Entry]:
    named: dict[str, Entry] = {"metric": outcome.metric, "from": outcome.columns, "unit": _unit(outcome.unit)}
    where: dict[str, Entry] = {"where": dict(outcome.where)} if outcome.where else {}
    return {**_present(named), **where, **_qualifier(outcome.qualifier)}


def _check(check: CheckMapping) -> dict[str, Entry]:
    unit = str(check.unit) if check.unit else ""
    return _present({"metric": check.metric, "from": check.columns, "unit": unit})


def _qualifier(qualifier: Qualifier) -> dict[str, Entry]:
    window: dict[str, Entry] = {} if qualifier.window_days is None else {"window_days": qualifier.window_days}
    rest = {
        "touch": qualifier.touch,
        "scope": qualifier.scope,
        "sales_channel": qualifier.sales_channel,
        "attr_model": qualifier.attr_model,
    }
    return {**window, **{key: str(value) for key, value in rest.items() if value}}


def _unit(unit: Unit) -> str:
    return "" if unit is Unit.ONE else str(unit)


def _present(entries: dict[str, Entry]) -> dict[str, Entry]:
    return {key: value for key, value in entries.items() if value}


def _flow(entries: dict[str, Entry]) -> str:
    return "{" + ", ".join(f"{key}: {_value(value)}" for key, value in entries.items()) + "}"


def _value(value: Entry) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_scalar(one)}" for key, one in value.items()) + "}"
    if isinstance(value, tuple):
        items = [_scalar(one) for one in value]
        return items[0] if len(items) == 1 else f"[{', '.join(items)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else _scalar(value or "")


def _scalar(text: str) -> str:
    return text if PLAIN.fullmatch(text) and text.lower() not in RESERVED else _quoted(text)


def _quoted(text: str) -> str:
    """Double quotes, with what YAML cannot show escaped."""
    written: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=ENDLESS)
    return written.rstrip("\n")
