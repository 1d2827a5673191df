"""The first rows of a file of any format, as the text of a delimited table."""

import contextlib
import csv
import io
import tempfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import polars as pl

from harmonization.mapping.file_kind import HEAD_BYTES, FileKind, Format, file_kind, read_head
from harmonization.mapping.header import ROWS_LOOKED_AT
from harmonization.mapping.json_rows import JsonRowError, first_records, read_record
from harmonization.mapping.refusal import DEFAULT_LIMITS, HarmonizationRefused
from harmonization.mapping.unpacking import unpack
from harmonization.mapping.workbook import read_sheet, sheet_names


def head_text(*, path: Path) -> str:
    """Some tens of rows of the file as delimited text. Raises HarmonizationRefused where the file cannot be opened."""
    kind = file_kind(path=path)
    if kind.format in {Format.PARQUET, Format.XLSX}:
        if not kind.is_gzip:
            return _binary_head(path, kind=kind)
        with tempfile.TemporaryDirectory() as folder:
            unpacked = unpack(path=path, target=Path(folder) / path.name, limits=DEFAULT_LIMITS)
            return _binary_head(unpacked, kind=kind)
    text = decoded_head(path=path, kind=kind)
    return text if kind.format is Format.CSV else as_csv([_json_keys(text)])


def decoded_head(*, path: Path, kind: FileKind) -> str:
    """The head of a text file, up to its last whole line."""
    head, _ = read_head(path=path)
    text = head.decode(kind.encoding, errors="ignore")
    is_cut = len(head) == HEAD_BYTES and "\n" in text
    return text[: text.rindex("\n") + 1] if is_cut else text


def as_csv(rows: Iterable[Iterable[str]]) -> str:
    """Rows as comma-separated text."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def parquet_columns(*, path: Path) -> list[str]:
    """The names of a Parquet file's columns, those inside structures joined by a dot."""
    try:
        schema = pl.scan_parquet(path).collect_schema()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise HarmonizationRefused(
            title="The Parquet file cannot be opened",
            detail="It is damaged, or uses a feature that is not read.",
            where=path.name,
            fix="Write it again, or export the report as CSV.",
        ) from error
    return [name for column, kind in schema.items() for name in _leaf_names(column, kind)]


def _leaf_names(name: str, kind: object) -> list[str]:
    if not isinstance(kind, pl.Struct):
        return [name]
    return [leaf for field in kind.fields for leaf in _leaf_names(f"{name}.{field.name}", field.dtype)]


def _binary_head(path: Path, *, kind: FileKind) -> str:
    return as_csv([parquet_columns(path=path)]) if kind.format is Format.PARQUET else _workbook_head(path)


def _workbook_head(path: Path) -> str:
    for sheet, _ in enumerate(sheet_names(path=path, limits=DEFAULT_LIMITS)):
        frame = read_sheet(path=path, sheet=sheet, limits=DEFAULT_LIMITS, rows=ROWS_LOOKED_AT)
        if frame.width > 1 and frame.height:
            return as_csv(frame.iter_rows())
    return ""


def _json_keys(text: str) -> list[str]:
    """The keys of the first records, in the order they come."""
    keys: dict[str, None] = {}
    for record in islice(first_records(text=text), ROWS_LOOKED_AT):
        with contextlib.suppress(JsonRowError):
            keys |= dict.fromkeys(read_record(text=record))
    return list(keys)
