"""The rows of a file as they stand in it, every column in its own words, by the numbers event rows carry.

Nothing of this is stored with the harmonized rows: the file itself is kept, and read again when somebody asks.
"""

from pathlib import Path

import polars as pl

from harmonization.mapping.refusal import DEFAULT_LIMITS, FileLimits
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.requoting import requoted
from harmonization.pipeline.reshaping import reshaped
from harmonization.pipeline.staged_table import ROW, StagedTable
from harmonization.pipeline.staging import stage

ROW_NUMBER = "source_row_no"


def scan_raw(*, path: Path, mapping: Mapping, folder: Path, limits: FileLimits = DEFAULT_LIMITS) -> pl.LazyFrame:
    """Every row of a file as text, with ``source_row_no``; ``folder`` is for files in between.

    Columns have the file's own names, the second of two alike with its place behind; where columns were turned into
    rows, those rows are meant. Raises HarmonizationRefused for a file that cannot be opened.
    """
    return _named(_table(path=path, mapping=mapping, folder=folder, limits=limits))


def header_and_rows(
    *, path: Path, mapping: Mapping, numbers: list[int], folder: Path, limits: FileLimits = DEFAULT_LIMITS
) -> tuple[StagedTable, dict[int, tuple[str, ...]]]:
    """The table a file is read as, and the cells of some of its rows by number. Raises HarmonizationRefused."""
    table = _table(path=path, mapping=mapping, folder=folder, limits=limits)
    found = table.scan().filter(pl.col(ROW).is_in(numbers)).collect(engine="streaming")
    return table, {row[0]: tuple(row[1:]) for row in found.select(ROW, *_columns(table)).iter_rows()}


def _table(*, path: Path, mapping: Mapping, folder: Path, limits: FileLimits) -> StagedTable:
    table = reshaped(
        table=stage(path=path, mapping=mapping, folder=folder, limits=limits), mapping=mapping, folder=folder
    )
    shape = table.shape
    is_plain = shape is not None and shape.path == table.path and not shape.has_quotes and not shape.has_lone_returns
    return table if is_plain or table.names_rows else requoted(table=table, folder=folder)


def _named(table: StagedTable) -> pl.LazyFrame:
    names = [name or f"column {place + 1}" for place, name in enumerate(table.header.names)]
    texts = [name if names.index(name) == place else f"{name} ({place + 1})" for place, name in enumerate(names)]
    columns = [pl.col(column).alias(text) for column, text in zip(_columns(table), texts, strict=True)]
    return table.scan().select(pl.col(ROW).alias(ROW_NUMBER), *columns)


def _columns(table: StagedTable) -> list[str]:
    return [f"c{place}" for place in range(len(table.header.names))]
