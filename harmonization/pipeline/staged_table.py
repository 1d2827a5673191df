"""A table ready to be read: UTF-8 delimited text on disk, its header, and how its numbers and dates are written."""

import csv
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from harmonization.mapping.file_kind import Format
from harmonization.mapping.header import MAX_CELL, Header
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.pipeline.numbers import Cells, has_foreign

ROW = "__row"


def place_below(folder: Path, step: str, *, name: str) -> Path:
    """Where a step puts its version of a file, under the file's own name so that messages tell it."""
    (folder / step).mkdir(exist_ok=True)
    return folder / step / name


@dataclass(frozen=True, kw_only=True)
class Reject:
    """A row that cannot be read: its number in the original file, why, and what it says."""

    row: int
    reason: str
    raw: str


@dataclass(frozen=True, kw_only=True)
class TextShape:
    """What the bytes of a text tell of its lines.

    Attributes:
        path: the text it was told of.
        has_lone_returns: whether a carriage return stands without its line feed, which ends a row to some readers.
        has_long_lines: whether a line is so long that a cell may be too.
        separator: the one its first lines have most of; ``separators`` is how often the whole text has it.
    """

    path: Path
    line_feeds: int
    ends_with_line_feed: bool
    has_lone_returns: bool
    has_long_lines: bool
    has_quotes: bool
    separator: str
    separators: int

    def lines_below(self, lines: int) -> int:
        """Lines after the first ``lines``, the last one with or without its line feed."""
        return self.line_feeds + (0 if self.ends_with_line_feed else 1) - lines


@dataclass(frozen=True, kw_only=True)
class StagedTable:
    """Delimited UTF-8 text that stands for the original file.

    Attributes:
        header: names of the table's columns, without the column of row numbers.
        names_rows: whether a first, unnamed column holds each row's number in the original file.
        decimal: the decimal mark.
        has_iso_dates: whether dates may be written as ISO 8601, as typed formats give them.
        remarks: sentences on what was done to the table, for the quality report.
        unreadable: rows that are no rows of a table, such as broken JSON.
        shape: of the text at ``path``, where it was looked at.
        rows_before: rows of the original file that stand above those of this text, where it is a piece.
    """

    path: Path
    format: Format
    encoding: str
    header: Header
    names_rows: bool
    decimal: str
    has_iso_dates: bool
    unreadable: tuple[Reject, ...] = ()
    remarks: tuple[str, ...] = ()
    shape: TextShape | None = None
    rows_before: int = 0

    def plain_cells(self) -> Cells:
        """How its cells are read first: as plain digits."""
        return Cells(decimal=self.decimal, has_iso_dates=self.has_iso_dates, are_plain=True)

    def lenient_cells(self) -> Cells:
        """How its cells are read with everything allowed; looks through the table for other scripts."""
        return Cells(
            decimal=self.decimal,
            has_iso_dates=self.has_iso_dates,
            are_plain=False,
            are_foreign=has_foreign(self.scan()),
        )

    @property
    def first_row(self) -> int:
        """The number of the first row below the header, the header's own row counted from one."""
        return self.header.records_before + 2 + self.rows_before

    def scan(self, text: bytes = b"") -> pl.LazyFrame:
        """All rows as text: columns ``c0``, ``c1`` ... in the header's order, and the row's number.

        Of ``text`` where it is given: the beginning of the table's.
        """
        names = [f"c{place}" for place in range(len(self.header.names))]
        frame = pl.scan_csv(
            text or self.path,
            separator=self.header.separator,
            has_header=False,
            skip_lines=self.header.lines,
            schema=dict.fromkeys([ROW, *names] if self.names_rows else names, pl.String),
            missing_columns="insert",
            extra_columns="ignore",
            truncate_ragged_lines=True,
            empty_string_is_null=False,
            raise_if_empty=False,
            glob=False,
            row_index_name=None if self.names_rows else ROW,
            row_index_offset=0 if self.names_rows else self.first_row,
        )
        return frame.with_columns(pl.col(ROW).cast(pl.UInt32), pl.col(names).fill_null(""))

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Every record below the header with its row number, read by Python's own csv module.

        Raises HarmonizationRefused where quotes are broken so that rows cannot be told apart.
        """
        csv.field_size_limit(MAX_CELL)
        with self.path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, delimiter=self.header.separator, strict=True)
            try:
                for _ in range(self.header.records_before + 1):
                    next(reader)
                for row, cells in enumerate(reader, start=self.first_row):
                    yield (int(cells[0]), cells[1:]) if self.names_rows else (row, cells)
            except csv.Error as error:
                raise HarmonizationRefused(
                    title="The rows cannot be told apart",
                    detail=f"A quote is not opened or closed properly: {error}.",
                    where=f"{self.path.name}, line {reader.line_num}",
                    fix="Export the report again, or correct the quote.",
                ) from error

    def records_at(self, rows: Container[int]) -> Iterator[tuple[int, list[str]]]:
        """The records with these numbers, in their order; where each line is a row, no others are taken apart."""
        shape = self.shape
        if self.names_rows or shape is None or shape.path != self.path or shape.has_quotes or shape.has_lone_returns:
            yield from ((row, cells) for row, cells in self.records() if row in rows)
            return
        csv.field_size_limit(MAX_CELL)
        with self.path.open("rb") as lines:
            for _ in range(self.header.lines):
                lines.readline()
            for row, line in enumerate(lines, start=self.first_row):
                if row in rows:
                    yield row, next(csv.reader([line.decode()], delimiter=self.header.separator, strict=True))
