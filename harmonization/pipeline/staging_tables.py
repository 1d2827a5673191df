"""Bring Parquet files and XLSX workbooks to delimited text."""

import io
from pathlib import Path
from typing import Any

import polars as pl

from harmonization.mapping.file_head import as_csv, parquet_columns
from harmonization.mapping.file_kind import Format
from harmonization.mapping.header import ROWS_LOOKED_AT, Header, locate_header, refuse_missing
from harmonization.mapping.refusal import FileLimits, HarmonizationRefused, refuse_expansion
from harmonization.mapping.spec import Mapping
from harmonization.mapping.workbook import read_sheet, sheet_names, too_many_columns
from harmonization.pipeline.staged_table import StagedTable, place_below


def stage_parquet(*, path: Path, mapping: Mapping, folder: Path, limits: FileLimits) -> StagedTable:
    """A Parquet file as delimited text, streamed; the number of a row counts from one. Raises HarmonizationRefused."""
    names = parquet_columns(path=path)
    if len(names) > limits.columns:
        raise too_many_columns(count=len(names), where=path.name, limits=limits)
    refuse_missing(names=names, mapping=mapping, where=path.name)
    frame = pl.scan_parquet(path, glob=False, hive_partitioning=False)
    target = place_below(folder, "rows", name=path.name)
    try:
        rows = int(frame.select(pl.len()).collect().item())
        if rows > limits.rows:
            raise _too_many_rows(path, rows=rows, limits=limits)
        schema = frame.collect_schema()
        texts = [_leaf(name, schema, decimal=mapping.decimal).alias(f"c{place}") for place, name in enumerate(names)]
        _write_counted(frame.select(texts).with_row_index("row", offset=1), path=path, target=target, limits=limits)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise HarmonizationRefused(
            title="The Parquet file cannot be read",
            detail="It is damaged, or holds values that have no text.",
            where=path.name,
            fix="Write it again, or export the report as CSV.",
        ) from error
    return _typed(target, kind=Format.PARQUET, mapping=mapping, names=tuple(names), names_rows=True)


class CountedFile(io.FileIO):
    """A file that stops taking bytes at a limit."""

    def __init__(self, path: Path, *, limit: int) -> None:
        super().__init__(path, "wb")
        self.limit = limit
        self.written = 0

    def write(self, chunk: Any) -> int:
        self.written += memoryview(chunk).nbytes
        if self.written > self.limit:
            raise OSError("the limit of unpacked bytes is reached")
        return super().write(chunk)


def _write_counted(rows: pl.LazyFrame, *, path: Path, target: Path, limits: FileLimits) -> None:
    """Write rows as delimited text. Raises HarmonizationRefused as soon as they unpack to too much."""
    with CountedFile(target, limit=limits.expanded_bytes) as file:
        try:
            rows.sink_csv(file, include_header=True)
        except (pl.exceptions.PolarsError, OSError):
            refuse_expansion(packed=path.stat().st_size, expanded=file.written, limits=limits, where=path.name)
            raise


def stage_workbook(*, path: Path, mapping: Mapping, folder: Path, limits: FileLimits) -> StagedTable:
    """The sheet of a workbook that fits the mapping, as delimited text. Raises HarmonizationRefused."""
    refused: HarmonizationRefused | None = None
    for number, name in enumerate(sheet_names(path=path, limits=limits)):
        head = read_sheet(path=path, sheet=number, limits=limits, rows=ROWS_LOOKED_AT)
        where = f"{path.name}, sheet {name}"
        try:
            header = locate_header(text=as_csv(head.iter_rows()), mapping=mapping, where=where)
        except HarmonizationRefused as error:
            refused = refused or error
            continue
        target = place_below(folder, "rows", name=path.name)
        sheet = read_sheet(path=path, sheet=number, limits=limits)
        sheet.select(_marked(pl.col(column), decimal=mapping.decimal) for column in sheet.columns).write_csv(
            target, include_header=False
        )
        return _typed(target, kind=Format.XLSX, mapping=mapping, names=header.names, header=header)
    raise refused or HarmonizationRefused(
        title="The workbook is empty", detail="It has no sheet.", where=path.name, fix="Export the report again."
    )


def _typed(
    path: Path,
    *,
    kind: Format,
    mapping: Mapping,
    names: tuple[str, ...],
    names_rows: bool = False,
    header: Header | None = None,
) -> StagedTable:
    return StagedTable(
        path=path,
        format=kind,
        encoding="",
        header=header or Header(names=names, records_before=0, lines=1, separator=","),
        names_rows=names_rows,
        decimal=mapping.decimal,
        has_iso_dates=True,
    )


def _marked(text: pl.Expr, *, decimal: str) -> pl.Expr:
    """Numbers with the mapping's decimal mark. A text cell like 1.234 cannot be told from a number in a workbook."""
    if decimal == ".":
        return text
    is_number = text.str.contains(r"^-?\d+\.\d+$")
    return pl.when(is_number).then(text.str.replace(".", decimal, literal=True)).otherwise(text)


def _leaf(name: str, schema: pl.Schema, *, decimal: str) -> pl.Expr:
    """The text of a column, or of a field inside structures."""
    column = max((one for one in schema if name == one or name.startswith(f"{one}.")), key=len)
    expression = pl.col(column)
    kind: object = schema[column]
    rest = name[len(column) + 1 :]
    while isinstance(kind, pl.Struct) and rest:
        field = max((one for one in kind.fields if rest == one.name or rest.startswith(f"{one.name}.")), key=_length)
        expression, kind, rest = expression.struct.field(field.name), field.dtype, rest[len(field.name) + 1 :]
    if isinstance(kind, pl.Datetime):
        midnight = expression.dt.truncate("1d") == expression
        text = pl.when(midnight).then(expression.dt.to_string("%Y-%m-%d")).otherwise(expression.cast(pl.String))
        return text.fill_null("")
    if isinstance(kind, pl.List | pl.Array | pl.Binary):
        return pl.lit("")
    text = expression.cast(pl.String).fill_null("")
    is_number = isinstance(kind, pl.Float32 | pl.Float64 | pl.Decimal)
    return text.str.replace(".", decimal, literal=True) if is_number else text


def _length(field: pl.Field) -> int:
    return len(field.name)


def _too_many_rows(path: Path, *, rows: int, limits: FileLimits) -> HarmonizationRefused:
    return HarmonizationRefused(
        title="The table has too many rows",
        detail=f"It has {rows:,} rows; at most {limits.rows:,} are read.",
        where=path.name,
        fix="Split the export by month.",
    )
