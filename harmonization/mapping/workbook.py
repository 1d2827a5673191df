"""Open an XLSX workbook without being blown up by it, and read one sheet as text."""

import re
import zipfile
import zlib
from pathlib import Path

import fastexcel
import polars as pl

from harmonization.mapping.refusal import FileLimits, HarmonizationRefused, refuse_expansion
from harmonization.mapping.sheet_extent import SheetExtent

CHUNK = 1 << 20
MIDNIGHT = r"^(\d{4}-\d{2}-\d{2})[ T]00:00:00(?:\.0+)?$"
LONG_NUMBER = re.compile(r"-?\d+\.\d+")
DIGITS_OF_EXCEL = 15


def read_sheet(*, path: Path, sheet: int, limits: FileLimits, rows: int | None = None) -> pl.DataFrame:
    """The first ``rows`` rows of a sheet (all where None), every cell as text, header and banner as they stand.

    Dates are written as ISO 8601. Numbers have 15 significant digits, which is what Excel itself keeps and shows.
    Raises HarmonizationRefused.
    """
    try:
        reader = fastexcel.read_excel(path)
        loaded = reader.load_sheet(sheet, header_row=None, skip_rows=0, n_rows=rows, dtypes="string")
        frame = loaded.to_polars()
    except fastexcel.FastExcelError as error:
        raise _unreadable(path) from error
    if frame.width > limits.columns:
        raise too_many_columns(count=frame.width, where=path.name, limits=limits)
    return frame.select(_as_shown(name) for name in frame.columns)


def sheet_names(*, path: Path, limits: FileLimits) -> tuple[str, ...]:
    """The sheets of a workbook that is safe to open: it is unpacked once, counting. Raises HarmonizationRefused."""
    check_workbook(path=path, limits=limits)
    try:
        return tuple(fastexcel.read_excel(path).sheet_names)
    except fastexcel.FastExcelError as error:
        raise _unreadable(path) from error


def check_workbook(*, path: Path, limits: FileLimits) -> None:
    """Raise HarmonizationRefused for a zip that is no workbook, is encrypted, is damaged, or holds too much.

    Sizes in the directory of a zip can lie, so entries are unpacked and counted.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist() or any(entry.flag_bits & 1 for entry in entries):
                raise _unreadable(path)
            _count_unpacked(archive, entries, path=path, limits=limits)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise _unreadable(path) from error


def _count_unpacked(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], *, path: Path, limits: FileLimits
) -> None:
    packed, expanded = path.stat().st_size, 0
    for entry in entries:
        extent = SheetExtent()
        with archive.open(entry) as unpacked:
            while chunk := unpacked.read(CHUNK):
                expanded += len(chunk)
                refuse_expansion(packed=packed, expanded=expanded, limits=limits, where=path.name)
                if expanded > limits.workbook_bytes:
                    raise _too_large(f"It unpacks to more than {limits.workbook_bytes:,} bytes.", path=path)
                extent.add(chunk)
                if extent.cells > limits.workbook_cells:
                    raise _too_large(
                        f"The filled cells of {entry.filename} span a table of {extent.cells:,} cells; at most "
                        f"{limits.workbook_cells:,} are read.",
                        path=path,
                    )


def _as_shown(name: str) -> pl.Expr:
    text = pl.col(name).fill_null("").str.replace(MIDNIGHT, "$1")
    is_long = (text.str.len_chars() > DIGITS_OF_EXCEL) & text.str.contains(r"^-?\d+\.\d+$")
    return pl.when(is_long).then(text.map_elements(_rounded, return_dtype=pl.String)).otherwise(text).alias(name)


def _rounded(text: str) -> str:
    """A number of more than 15 digits without the noise of binary floating point."""
    return f"{float(text):.{DIGITS_OF_EXCEL}g}" if LONG_NUMBER.fullmatch(text) else text


def _unreadable(path: Path) -> HarmonizationRefused:
    return HarmonizationRefused(
        title="The workbook cannot be opened",
        detail="It is no .xlsx workbook, is protected by a password, or is damaged.",
        where=path.name,
        fix="Open it in Excel and save it as .xlsx or .csv without a password.",
    )


def _too_large(detail: str, *, path: Path) -> HarmonizationRefused:
    return HarmonizationRefused(
        title="The workbook is too large",
        detail=detail,
        where=path.name,
        fix="Delete stray cells far from the table, or export the report as CSV.",
    )


def too_many_columns(*, count: int, where: str, limits: FileLimits) -> HarmonizationRefused:
    """The refusal of a table wider than the limit."""
    return HarmonizationRefused(
        title="The table has too many columns",
        detail=f"It has {count:,} columns; at most {limits.columns:,} are read.",
        where=where,
        fix="Export only the columns of the report.",
    )
