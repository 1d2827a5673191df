"""Arguments against a tool's JSON Schema: the first thing wrong, in words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

KINDS: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
MOST_NODES = 500


def first_fault(*, arguments: Any, schema: Mapping[str, Any]) -> str:
    """What is wrong with the arguments; empty where they fit.

    Knows the keywords that tools here use (type, properties, required, enum, const, bounds of numbers, texts and lists,
    pattern); objects allow nothing that is not named.
    """
    return next(_faults(arguments, schema, "arguments", [0]), "")


def _faults(value: Any, schema: Mapping[str, Any], where: str, seen: list[int]) -> Iterator[str]:
    seen[0] += 1
    if seen[0] > MOST_NODES:
        yield "the arguments hold too much"
        return
    kind = schema.get("type")
    if kind and not _is_kind(value, kind):
        yield f"{where} must be {kind}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} must be one of {', '.join(map(str, schema['enum']))}"
    if "const" in schema and value != schema["const"]:
        yield f"{where} must be {schema['const']}"
    yield from _bound_faults(value, schema, where)
    if isinstance(value, dict):
        yield from _object_faults(value, schema, where, seen)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _faults(item, schema.get("items", {}), f"{where}[{place}]", seen)


def _is_kind(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, KINDS[kind]) and (not isinstance(value, float) or (value == value and abs(value) < 1e300))


def _bound_faults(value: Any, schema: Mapping[str, Any], where: str) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) > schema.get("maxLength", 2_000):
            yield f"{where} is longer than {schema.get('maxLength', 2_000)} characters"
        if len(value) < schema.get("minLength", 0):
            yield f"{where} is empty"
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{where} must look like {schema['pattern']}"
    elif isinstance(value, int | float) and not isinstance(value, bool):
        if value < schema.get("minimum", -1e300) or value > schema.get("maximum", 1e300):
            yield f"{where} must lie from {schema.get('minimum', '-∞')} to {schema.get('maximum', '∞')}"
    elif isinstance(value, list) and not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 100):
        yield f"{where} must hold from {schema.get('minItems', 0)} to {schema.get('maxItems', 100)} items"


def _object_faults(value: dict[str, Any], schema: Mapping[str, Any], where: str, seen: list[int]) -> Iterator[str]:
    known = schema.get("properties", {})
    for name in sorted(set(schema.get("required", ())) - value.keys()):
        yield f"{where} lacks {name}"
    extra = schema.get("additionalProperties", False)
    for name, inner in value.items():
        if name in known:
            yield from _faults(inner, known[name], f"{where}.{name}", seen)
        elif isinstance(extra, Mapping):
            yield from _faults(inner, extra, f"{where}.{name}", seen)
        else:
            yield f"{where} has no {str(name)[:40]}"
