"""Bring the items of lists inside JSON documents to delimited text, each with what stands around its list."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harmonization.mapping.file_kind import Format
from harmonization.mapping.header import Header, refuse_missing
from harmonization.mapping.json_rows import JsonRowError, read_record
from harmonization.mapping.refusal import FileLimits, HarmonizationRefused
from harmonization.mapping.spec import Mapping
from harmonization.mapping.workbook import too_many_columns
from harmonization.pipeline.staged_table import StagedTable, place_below

LARGEST_DOCUMENT = 1 << 28


def stage_nested(*, path: Path, mapping: Mapping, folder: Path, limits: FileLimits) -> StagedTable:
    """The items under ``rows_from`` as delimited text, counted from one over all documents of the file.

    An item carries the plain values of the objects around it, under their own keys. Raises HarmonizationRefused where
    the file is no JSON, or no item is there.
    """
    keys = tuple(mapping.shape.rows_from.split("."))
    rows = [_record(item, decimal=mapping.decimal, path=path) for item in _items(path, keys=keys)]
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    if not rows:
        raise HarmonizationRefused(
            title="The file has no rows",
            detail=f"Nothing stands under {mapping.shape.rows_from}.",
            where=path.name,
            fix="Choose the mapping of this report, or correct rows_from in the mapping.",
        )
    if len(names) > limits.columns:
        raise too_many_columns(count=len(names), where=path.name, limits=limits)
    refuse_missing(names=names, mapping=mapping, where=path.name)
    target = place_below(folder, "rows", name=path.name)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(["", *names])
        writer.writerows([number, *(row.get(name, "") for name in names)] for number, row in enumerate(rows, start=1))
    return StagedTable(
        path=target,
        format=Format.JSON_LINES,
        encoding="utf-8",
        header=Header(names=names, records_before=0, lines=1, separator=","),
        names_rows=True,
        decimal=mapping.decimal,
        has_iso_dates=True,
    )


def _items(path: Path, *, keys: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Every item, its own values over those of the objects around it."""
    for document in _documents(path):
        for top in document if isinstance(document, list) else [document]:
            yield from _below(top, keys=keys, around={})


def _below(value: Any, *, keys: tuple[str, ...], around: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _below(one, keys=keys, around=around)
    elif isinstance(value, dict):
        if not keys:
            yield around | value
            return
        own = {key: one for key, one in value.items() if key != keys[0] and not isinstance(one, list)}
        yield from _below(value.get(keys[0]), keys=keys[1:], around=around | own)


def _documents(path: Path) -> Iterator[Any]:
    """The JSON documents of a file, one after another; numbers keep their digits."""
    if path.stat().st_size > LARGEST_DOCUMENT:
        raise _broken(path, detail=f"It is larger than {LARGEST_DOCUMENT:,} bytes, which is too long at once.")
    text = path.read_text(encoding="utf-8-sig")
    decoder = json.JSONDecoder(parse_float=Number, parse_int=Number, parse_constant=Number)
    place = _after_space(text, 0)
    while place < len(text):
        try:
            document, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            raise _broken(path, detail="It cannot be read to its end as JSON.") from error
        place = _after_space(text, place)
        yield document


def _after_space(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


class Number(str):
    """A number as it is written."""

    __slots__ = ()


def _record(item: dict[str, Any], *, decimal: str, path: Path) -> dict[str, str]:
    try:
        return read_record(text=_as_json(item), decimal=decimal)
    except (JsonRowError, RecursionError) as error:
        raise _broken(path, detail=f"An item cannot be read: {error}.") from error


def _as_json(value: Any) -> str:
    """The value as JSON with its numbers digit for digit."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_as_json(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_as_json, value)) + "]"
    return json.dumps(value)


def _broken(path: Path, *, detail: str) -> HarmonizationRefused:
    return HarmonizationRefused(
        title="The JSON is broken",
        detail=detail,
        where=path.name,
        fix="Export the report again; the file may have been cut off.",
    )
