"""Bring JSON lines and JSON arrays to delimited text, digit for digit."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from harmonization.mapping.file_kind import Format
from harmonization.mapping.header import Header, refuse_missing
from harmonization.mapping.json_rows import JsonRowError, read_record
from harmonization.mapping.refusal import FileLimits, HarmonizationRefused
from harmonization.mapping.spec import Mapping
from harmonization.mapping.workbook import too_many_columns
from harmonization.pipeline.staged_table import Reject, StagedTable, place_below

LONGEST_LINE = 1 << 24
LARGEST_ARRAY = 1 << 28
SHOWN_OF_BROKEN = 2000
MOST_BROKEN = 10_000
Records = Callable[[Path], Iterator[tuple[int, str]]]


def stage_json(*, path: Path, is_array: bool, mapping: Mapping, folder: Path, limits: FileLimits) -> StagedTable:
    """JSON records as delimited text; the number of a row is its line, in an array its place.

    Records are read twice, since later ones may have keys that the first lack. Raises HarmonizationRefused.
    """
    records = _array_items if is_array else _lines
    names = _all_names(path, records=records, limits=limits)
    refuse_missing(names=names, mapping=mapping, where=path.name)
    target = place_below(folder, "rows", name=path.name)
    unreadable: list[Reject] = []
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(["", *names])
        for row, text in records(path):
            try:
                record = read_record(text=text, decimal=mapping.decimal)
            except JsonRowError as error:
                unreadable.append(Reject(row=row, reason=str(error), raw=text[:SHOWN_OF_BROKEN]))
                if len(unreadable) > MOST_BROKEN:
                    raise _mostly_broken(path) from error
                continue
            writer.writerow([row, *(record.get(name, "") for name in names)])
    return StagedTable(
        path=target,
        format=Format.JSON_ARRAY if is_array else Format.JSON_LINES,
        encoding="utf-8",
        header=Header(names=names, records_before=0, lines=1, separator=","),
        names_rows=True,
        decimal=mapping.decimal,
        has_iso_dates=True,
        unreadable=tuple(unreadable),
    )


def _all_names(path: Path, *, records: Records, limits: FileLimits) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for _, text in records(path):
        try:
            names |= dict.fromkeys(read_record(text=text))
        except JsonRowError:
            continue
        if len(names) > limits.columns:
            raise too_many_columns(count=len(names), where=path.name, limits=limits)
    return tuple(names)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf-8-sig", newline="\n") as text:
        for row in range(1, 1 << 62):
            line = text.readline(LONGEST_LINE)
            if not line:
                return
            if len(line) == LONGEST_LINE:
                raise _too_long(path, what=f"line {row}")
            if line.strip():
                yield row, line.strip()


def _array_items(path: Path) -> Iterator[tuple[int, str]]:
    """The texts of an array's items."""
    if path.stat().st_size > LARGEST_ARRAY:
        raise _too_long(path, what="the JSON array")
    text = path.read_text(encoding="utf-8-sig")
    decoder, place = json.JSONDecoder(), _after_space(text, text.index("[") + 1)
    row = 0
    while text[place : place + 1] not in {"]", ""}:
        try:
            _, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            raise _broken_array(path, row=row + 1) from error
        row += 1
        yield row, text[place:end]
        place = _after_space(text, end)
        if text[place : place + 1] == ",":
            place = _after_space(text, place + 1)
        elif text[place : place + 1] != "]":
            raise _broken_array(path, row=row)


def _after_space(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _broken_array(path: Path, *, row: int) -> HarmonizationRefused:
    return HarmonizationRefused(
        title="The JSON is broken",
        detail=f"The array cannot be read beyond item {row}.",
        where=path.name,
        fix="Export the report again; the file may have been cut off.",
    )


def _mostly_broken(path: Path) -> HarmonizationRefused:
    return HarmonizationRefused(
        title="The JSON is broken",
        detail=f"More than {MOST_BROKEN:,} lines are not JSON objects.",
        where=path.name,
        fix="Write one JSON object a line.",
    )


def _too_long(path: Path, *, what: str) -> HarmonizationRefused:
    return HarmonizationRefused(
        title="The JSON is too large",
        detail=f"{what.capitalize()} is too long to be read at once.",
        where=path.name,
        fix="Write one JSON object a line.",
    )
