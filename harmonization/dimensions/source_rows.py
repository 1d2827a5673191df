"""The rows of a file as text, a slice at a time, with their numbers; rows that are no rows are told apart."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from harmonization.mapping.file_head import as_csv, decoded_head, parquet_columns
from harmonization.mapping.file_kind import FileKind, Format, file_kind
from harmonization.mapping.header import MAX_CELL, ROWS_LOOKED_AT, Header, locate_header, refuse_missing
from harmonization.mapping.json_rows import JsonRowError, first_records, read_record
from harmonization.mapping.refusal import FileLimits, HarmonizationRefused
from harmonization.mapping.spec import Mapping
from harmonization.mapping.unpacking import unpack
from harmonization.mapping.workbook import read_sheet, sheet_names

SLICE = 50_000
ROW = "__row"
DECIMAL_PLACES = 6


@dataclass(frozen=True, kw_only=True)
class Reject:
    """A row that cannot be kept: its number in the file, why, and what it says."""

    row: int
    reason: str
    raw: str


@dataclass(frozen=True, kw_only=True)
class Slice:
    """Some rows: columns ``__row``, ``c0``, ``c1`` ... of text, and what is no row of the table."""

    rows: pl.DataFrame
    broken: tuple[Reject, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SourceTable:
    """An opened file.

    Attributes:
        names: of the columns, in order.
        decimal: the mark its numbers have.
        slices: its rows, once.
    """

    names: tuple[str, ...]
    format: Format
    encoding: str
    separator: str
    header_row: int
    decimal: str
    slices: Iterator[Slice]


def open_table(*, path: Path, mapping: Mapping, folder: Path, limits: FileLimits) -> SourceTable:
    """Open a file of any format that is read. Raises HarmonizationRefused where it lacks the mapping's columns."""
    if path.stat().st_size > limits.file_bytes:
        raise _too_large(path, limits)
    kind = file_kind(path=path)
    if kind.is_gzip:
        path = unpack(path=path, target=folder / path.name, limits=limits)
    if kind.format is Format.CSV:
        return _delimited(path, kind, mapping)
    if kind.format is Format.PARQUET:
        return _parquet(path, mapping)
    if kind.format is Format.XLSX:
        return _workbook(path, mapping, limits)
    return _json(path, kind, mapping, limits)


def no_rows(*, columns: int) -> Slice:
    """A slice of a table that has none."""
    return Slice(rows=pl.DataFrame(schema=_schema([f"c{place}" for place in range(columns)])))


def _delimited(path: Path, kind: FileKind, mapping: Mapping) -> SourceTable:
    header = locate_header(text=decoded_head(path=path, kind=kind), mapping=mapping, where=path.name)
    return SourceTable(
        names=header.names,
        format=kind.format,
        encoding=kind.encoding,
        separator=header.separator,
        header_row=header.records_before + 1,
        decimal=mapping.decimal,
        slices=_sliced(_csv_records(path, kind, header), width=header.width, columns=len(header.names)),
    )


def _csv_records(path: Path, kind: FileKind, header: Header) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(MAX_CELL)
    first = header.records_before + 1
    try:
        with path.open(encoding=kind.encoding, newline="") as text:
            reader = csv.reader(text, delimiter=header.separator, strict=True)
            for number, cells in enumerate(reader, start=1):
                if number > first:
                    yield number, cells
    except csv.Error as error:
        raise HarmonizationRefused(
            title="The rows cannot be told apart",
            detail=f"A quote is not opened or closed properly: {error}.",
            where=f"{path.name}, line {reader.line_num}",
            fix="Export the file again, or correct the quote.",
        ) from error
    except UnicodeError as error:
        raise HarmonizationRefused(
            title="The encoding cannot be told",
            detail=f"The text looked like {kind.encoding}, but is not so throughout.",
            where=path.name,
            fix="Save the file as UTF-8.",
        ) from error


def _sliced(records: Iterable[tuple[int, list[str]]], *, width: int, columns: int) -> Iterator[Slice]:
    """Rows of as many cells as the header has names; blank rows are no rows."""
    names = [f"c{place}" for place in range(columns)]
    pending = iter(records)
    while taken := list(islice(pending, SLICE)):
        broken: list[Reject] = []
        kept: list[list[str]] = []
        numbers: list[int] = []
        for number, cells in taken:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) < width or any(cell.strip() for cell in cells[columns:]):
                reason = f"the row has {len(cells)} cells, the header {columns} columns"
                broken.append(Reject(row=number, reason=reason, raw=as_csv([cells]).rstrip("\n")))
                continue
            numbers.append(number)
            kept.append((cells + [""] * columns)[:columns])
        texts = list(zip(*kept, strict=True)) if kept else [()] * columns
        frame = pl.DataFrame({ROW: numbers} | dict(zip(names, texts, strict=True)), schema=_schema(names))
        yield Slice(rows=frame, broken=tuple(broken))


def _schema(names: list[str]) -> dict[str, type[pl.DataType]]:
    return {ROW: pl.UInt32, **dict.fromkeys(names, pl.String)}


def _parquet(path: Path, mapping: Mapping) -> SourceTable:
    names = parquet_columns(path=path)
    refuse_missing(names=names, mapping=mapping, where=path.name)
    return SourceTable(
        names=tuple(names),
        format=Format.PARQUET,
        encoding="",
        separator="",
        header_row=0,
        decimal=".",
        slices=_parquet_slices(path, names),
    )


def _parquet_slices(path: Path, names: list[str]) -> Iterator[Slice]:
    frame = pl.scan_parquet(path, glob=False, hive_partitioning=False)
    schema = frame.collect_schema()
    texts = [_text(name, schema.get(name)).alias(f"c{place}") for place, name in enumerate(names)]
    try:
        total = int(frame.select(pl.len()).collect().item())
        for start in range(0, total, SLICE):
            part = frame.slice(start, SLICE).select(texts).collect()
            rows = part.with_row_index(ROW, offset=start + 1).with_columns(pl.col(ROW).cast(pl.UInt32))
            yield Slice(rows=rows)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise HarmonizationRefused(
            title="The Parquet file cannot be read",
            detail="It is damaged, or holds values that have no text.",
            where=path.name,
            fix="Write it again, or export it as CSV.",
        ) from error


def _text(name: str, kind: pl.DataType | None) -> pl.Expr:
    """The text of a typed column: floats to a millionth, as money is kept; times by their day."""
    if kind is None or isinstance(kind, pl.List | pl.Array | pl.Binary | pl.Struct):
        return pl.lit("")
    column = pl.col(name)
    if isinstance(kind, pl.Float32 | pl.Float64):
        exact = column.round(DECIMAL_PLACES).cast(pl.Decimal(38, DECIMAL_PLACES), strict=False).cast(pl.String)
        return pl.when(column.is_finite()).then(exact).otherwise(column.cast(pl.String)).fill_null("")
    if isinstance(kind, pl.Datetime):
        return column.dt.date().cast(pl.String).fill_null("")
    return column.cast(pl.String).fill_null("")


def _workbook(path: Path, mapping: Mapping, limits: FileLimits) -> SourceTable:
    """The first sheet that has the mapping's columns."""
    refused: HarmonizationRefused | None = None
    for sheet, name in enumerate(sheet_names(path=path, limits=limits)):
        head = read_sheet(path=path, sheet=sheet, limits=limits, rows=ROWS_LOOKED_AT)
        try:
            header = locate_header(text=as_csv(head.iter_rows()), mapping=mapping, where=f"{path.name}, sheet {name}")
        except HarmonizationRefused as error:
            refused = refused or error
            continue
        rows = read_sheet(path=path, sheet=sheet, limits=limits).iter_rows()
        first = header.records_before + 1
        records = ((number, list(cells)) for number, cells in enumerate(rows, start=1) if number > first)
        return SourceTable(
            names=header.names,
            format=Format.XLSX,
            encoding="",
            separator="",
            header_row=first,
            decimal=".",
            slices=_sliced(records, width=0, columns=len(header.names)),
        )
    raise refused or HarmonizationRefused(
        title="The workbook is empty", detail="It has no sheet.", where=path.name, fix="Export the file again."
    )


def _json(path: Path, kind: FileKind, mapping: Mapping, limits: FileLimits) -> SourceTable:
    """Records of JSON lines or of an array. They are read twice: for their keys, then for their values."""
    keys: dict[str, None] = {}
    for _, text in _json_texts(path, kind):
        try:
            keys |= dict.fromkeys(read_record(text=text))
        except JsonRowError:
            continue
        if len(keys) > limits.columns:
            break
    names = tuple(keys)
    refuse_missing(names=names, mapping=mapping, where=path.name)
    return SourceTable(
        names=names,
        format=kind.format,
        encoding=kind.encoding,
        separator="",
        header_row=0,
        decimal=".",
        slices=_json_slices(path, kind, names),
    )


def _json_slices(path: Path, kind: FileKind, names: tuple[str, ...]) -> Iterator[Slice]:
    columns = [f"c{place}" for place in range(len(names))]
    pending = _json_texts(path, kind)
    while taken := list(islice(pending, SLICE)):
        broken: list[Reject] = []
        rows: list[list[object]] = []
        for number, text in taken:
            try:
                record = read_record(text=text)
            except JsonRowError as error:
                broken.append(Reject(row=number, reason=str(error), raw=text.strip()))
                continue
            rows.append([number, *(record.get(name, "") for name in names)])
        yield Slice(rows=pl.DataFrame(rows, schema=_schema(columns), orient="row"), broken=tuple(broken))


def _json_texts(path: Path, kind: FileKind) -> Iterator[tuple[int, str]]:
    """Each record's text with its line, of an array with its place."""
    if kind.format is Format.JSON_LINES:
        with path.open(encoding=kind.encoding, errors="replace") as lines:
            yield from ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
        return
    text = path.read_text(encoding=kind.encoding, errors="replace")
    try:
        count = len(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise HarmonizationRefused(
            title="The JSON cannot be read",
            detail=str(error),
            where=path.name,
            fix="Export it again, or as JSON lines.",
        ) from error
    yield from islice(enumerate(first_records(text=text), start=1), count)


def _too_large(path: Path, limits: FileLimits) -> HarmonizationRefused:
    return HarmonizationRefused(
        title="The file is too large",
        detail=f"It has more than {limits.file_bytes:,} bytes.",
        where=path.name,
        fix="Split it and load the parts.",
    )
