"""JSON records as flat text: numbers as they are written, nested keys joined by a dot."""

import json
from collections.abc import Iterator
from typing import Any

MAX_NESTING = 8


class JsonRowError(Exception):
    """A record cannot be read; the text says why."""


def first_records(*, text: str) -> Iterator[str]:
    """The texts of the whole records at the start of JSON lines or of an array that may be cut off."""
    decoder, place = json.JSONDecoder(), 0
    while place < len(text):
        if text[place] in "[], \t\r\n\ufeff":
            place += 1
            continue
        try:
            _, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            end = text.find("\n", place)
            if end < 0:
                return
        else:
            yield text[place:end]
        place = end


def read_record(*, text: str, decimal: str = ".") -> dict[str, str]:
    """One JSON object as names and texts. Numbers keep their digits: no float stands in between.

    Numbers get the decimal mark asked for, so that they read like the texts around them.
    Raises JsonRowError for what is no object, has a key twice, or is nested too deep.
    """
    try:
        record = json.loads(
            text,
            parse_float=lambda number: number.replace(".", decimal),
            parse_int=str,
            parse_constant=str,
            object_pairs_hook=_without_doubles,
        )
    except ValueError as error:
        raise JsonRowError(f"not JSON: {error}") from error
    except RecursionError as error:
        raise JsonRowError("nested too deep") from error
    if not isinstance(record, dict):
        raise JsonRowError("not a JSON object")
    flat: dict[str, str] = {}
    _flatten(record, into=flat, prefix="", depth=1)
    return flat


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise JsonRowError("a key stands twice")
    return record


def _flatten(record: dict[str, Any], *, into: dict[str, str], prefix: str, depth: int) -> None:
    if depth > MAX_NESTING:
        raise JsonRowError("nested too deep")
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            _flatten(value, into=into, prefix=f"{name}.", depth=depth + 1)
        elif name in into:
            raise JsonRowError(f"“{name}” stands twice")
        else:
            into[name] = _as_text(value)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
