"""Run the conversion: the rows that can be read, and why the others cannot."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.pipeline.problems import Conversion
from harmonization.pipeline.source_audit import SourceAudit
from harmonization.pipeline.staged_table import ROW, StagedTable

IN_MEMORY_BYTES = 64 << 20
MOST_REJECTED = 1_000_000
BAD = "__bad"


class RowsUnclear(HarmonizationRefused):
    """Polars and Python do not see the same rows in a text."""


@dataclass(frozen=True, kw_only=True)
class Converted:
    """The outcome of a conversion.

    Attributes:
        kept: rows that could be read, in the order of the file: in memory where the file is small, else on disk.
        reasons: of every rejected row, by its number in the original file.
    """

    kept: pl.LazyFrame
    rows_kept: int
    reasons: dict[int, str]


def convert(
    *, table: StagedTable, plain: Conversion, lenient: Callable[[], Conversion], audit: SourceAudit, folder: Path
) -> Converted:
    """Convert every row, first as plain numbers and, where any cell is not plain, with everything allowed.

    ``folder`` takes the rows of a file too large for memory.

    Raises RowsUnclear where Polars and Python do not see the same rows, HarmonizationRefused where nearly everything
    is rejected.
    """
    rows = table.scan()
    if audit.left_out:
        rows = rows.filter(~pl.col(ROW).is_in(audit.left_out))
    conversion = plain
    everything = _materialised(rows, conversion=plain, table=table, path=folder / "plain.parquet")
    read, bad, doubtful = _counts(everything, conversion=plain)
    if bad or doubtful:
        conversion = lenient()
        everything = _materialised(rows, conversion=conversion, table=table, path=folder / "lenient.parquet")
        read, bad, _ = _counts(everything, conversion=conversion)
    if read != audit.rows - len(audit.ragged):
        expected = audit.rows - len(audit.ragged)
        raise _rows_unclear(table, detail=f"Two readers see {expected:,} and {read:,} rows.")
    reasons = dict(audit.ragged)
    if bad + len(reasons) > MOST_REJECTED:
        example = rows.filter(conversion.is_bad).select(conversion.reason).head(1).collect()
        refuse_mostly_rejected(table, count=bad + len(reasons), example=str(example.item()) if len(example) else "")
    if bad:
        numbers = everything.filter(pl.col(BAD)).select(ROW).collect(engine="streaming")[ROW]
        spoilt = rows.filter(pl.col(ROW).is_in(numbers.implode()))
        found = spoilt.filter(conversion.is_bad).select(pl.col(ROW), conversion.reason.alias("reason"))
        reasons |= dict(found.collect(engine="streaming").iter_rows())
    return Converted(kept=everything.filter(~pl.col(BAD)).drop(BAD), rows_kept=read - bad, reasons=reasons)


def _materialised(rows: pl.LazyFrame, *, conversion: Conversion, table: StagedTable, path: Path) -> pl.LazyFrame:
    """The rows evaluated once, so that every later step reads them instead of the file."""
    selected = rows.select(*conversion.values, conversion.is_bad.alias(BAD))
    try:
        if table.path.stat().st_size <= IN_MEMORY_BYTES:
            return selected.collect(engine="streaming").lazy()
        selected.sink_parquet(path, compression="lz4", engine="streaming")
    except pl.exceptions.ComputeError as error:
        raise _rows_unclear(table, detail="The text is not properly quoted.") from error
    return pl.scan_parquet(path, glob=False)


def _counts(rows: pl.LazyFrame, *, conversion: Conversion) -> tuple[int, int, int]:
    """How many rows there are, how many are bad, how many attributes could not be read."""
    doubtful = pl.sum_horizontal([pl.lit(0), *(pl.col(name).sum() for name in conversion.unreadable)])
    counts = rows.select(pl.len(), pl.col(BAD).sum().alias("bad"), doubtful.alias("doubtful")).collect().row(0)
    return int(counts[0]), int(counts[1] or 0), int(counts[2] or 0)


def _rows_unclear(table: StagedTable, *, detail: str) -> RowsUnclear:
    return RowsUnclear(
        title="The rows cannot be told apart",
        detail=detail,
        where=table.path.name,
        fix="Export the report again, or correct the quotes.",
    )


def refuse_mostly_rejected(table: StagedTable, *, count: int, example: str) -> None:
    """Raise HarmonizationRefused where more rows cannot be read than a person could look at."""
    if count <= MOST_REJECTED:
        return
    raise HarmonizationRefused(
        title="Too many rows cannot be read",
        detail=f"{count:,} rows would be rejected, such as: {example}.",
        where=table.path.name,
        fix="Check that the mapping fits this report.",
    )
