"""Read the header and the first rows of a file of any format, for the proposal of its mapping."""

import csv
import io
import tempfile
from itertools import islice
from pathlib import Path

import polars as pl

from harmonization.mapping.file_head import decoded_head, head_text
from harmonization.mapping.file_kind import FileKind, Format, file_kind
from harmonization.mapping.header import Header, candidate_headers, likely_header
from harmonization.mapping.json_rows import JsonRowError, first_records, read_record
from harmonization.mapping.refusal import DEFAULT_LIMITS, HarmonizationRefused
from harmonization.mapping.unpacking import unpack
from harmonization.suggestion.grammar import meaning_of
from harmonization.suggestion.header_words import read_header
from harmonization.suggestion.sample import FileSample

SAMPLE_ROWS = 200
LEAST_MEANINGS = 2
ROWS_OF_BANNER = 30


def read_file_sample(*, path: Path, name: str = "") -> FileSample:
    """Column names and up to 200 texts of each: CSV, JSON, Parquet or XLSX, also packed by gzip.

    ``name`` is what the file is called in messages. Raises HarmonizationRefused where it holds no table.
    """
    kind = file_kind(path=path)
    if kind.format is Format.PARQUET:
        sample = _of_parquet(path, kind)
    elif kind.format is Format.JSON_LINES or kind.format is Format.JSON_ARRAY:
        sample = _of_records(path, kind)
    else:
        sample = _of_table(path)
    if not sample.columns:
        raise _no_header(path)
    return FileSample(
        name=name or path.name,
        columns=sample.columns,
        values=sample.values,
        banner=sample.banner,
        separator=sample.separator,
    )


def _of_table(path: Path) -> FileSample:
    text = head_text(path=path)
    header = _header(text)
    if header is None:
        raise _no_header(path)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=header.separator)
    body = islice(rows, header.records_before + 1, header.records_before + 1 + SAMPLE_ROWS)
    full = [row for row in body if len(row) >= header.width]
    return FileSample(
        name=path.name,
        columns=tuple(dict.fromkeys(name for name in header.names if name)),
        values={
            name: tuple(row[place] for row in full)
            for place, name in reversed(list(enumerate(header.names)))
            if name and place < header.width
        },
        banner=header.banner,
        separator=header.separator,
    )


def _header(text: str) -> Header | None:
    """The likely header; where it names hardly anything reported, the record of the head that names most."""
    likely = likely_header(text=text)
    if likely is not None and _meanings(likely) >= LEAST_MEANINGS:
        return likely
    early = [one for one in candidate_headers(text=text) if one.records_before < ROWS_OF_BANNER]
    best = max(early, key=_meanings, default=None)
    return best if best is not None and _meanings(best) >= LEAST_MEANINGS else likely


def _meanings(header: Header) -> int:
    """How many columns of a header speak of something that is reported."""
    return sum(meaning_of(reading=read_header(header=name)) is not None for name in header.names if name)


def _of_records(path: Path, kind: FileKind) -> FileSample:
    records = []
    for text in islice(first_records(text=decoded_head(path=path, kind=kind)), SAMPLE_ROWS):
        try:
            records.append(read_record(text=text))
        except JsonRowError:
            continue
    columns = tuple(dict.fromkeys(key for record in records for key in record))
    values = {column: tuple(record.get(column, "") for record in records) for column in columns}
    return FileSample(name=path.name, columns=columns, values=values)


def _of_parquet(path: Path, kind: FileKind) -> FileSample:
    with tempfile.TemporaryDirectory() as folder:
        source = unpack(path=path, target=Path(folder) / path.name, limits=DEFAULT_LIMITS) if kind.is_gzip else path
        try:
            frame = pl.scan_parquet(source).head(SAMPLE_ROWS).collect()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise _no_header(path) from error
    while structures := [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Struct)]:
        frame = frame.unnest(structures[0], separator=".")
    values = {name: tuple(_as_text(value) for value in frame[name].to_list()) for name in frame.columns}
    return FileSample(name=path.name, columns=tuple(frame.columns), values=values)


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def _no_header(path: Path) -> HarmonizationRefused:
    return HarmonizationRefused(
        title="No header found",
        detail="No row of the file looks like a row of column names.",
        where=path.name,
        fix="Keep one row of column names above the rows, and export the report again.",
    )
