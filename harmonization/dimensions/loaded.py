"""What loading one file of a dimension or a history gives."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from harmonization.mapping.spec import Mapping


@dataclass(frozen=True, kw_only=True)
class TotalsLine:
    """One metric of one day: the file's own total against what was kept; ``date`` is None for dimensions.

    Attributes:
        difference: source minus harmonized, exact.
        reason: why they differ; empty where they do not.
    """

    metric: str
    date: date | None
    source: Decimal
    harmonized: Decimal
    difference: Decimal
    reason: str


@dataclass(frozen=True, kw_only=True)
class FieldCoverage:
    """How many kept rows have a field."""

    field: str
    column: str
    rows_filled: int
    share: float


@dataclass(frozen=True, kw_only=True)
class LoadReport:
    """How a file was read, in the shape of the quality report of events, so that one page shows both."""

    format: str
    encoding: str
    separator: str
    header_row: int
    rows_read: int
    rows_kept: int
    rows_rejected: int
    blank_rows: int
    totals_rows: int
    notes: tuple[str, ...]
    unmapped_columns: tuple[str, ...]
    ignored_columns: Dictionary[str, str]
    reject_reasons: Dictionary[str, int]
    coverage: tuple[FieldCoverage, ...]
    invariants: tuple[str, ...] = ()
    unknown_values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LoadResult:
    """One file as it was loaded.

    Attributes:
        rows_path: the kept rows, all of them, as Parquet; None where none was kept.
        rejects_path: CSV of row number, reason and raw row; None where none was rejected.
        table: what the database takes: the kept rows of a dimension, rolled-up rows of a history.
    """

    source_file_id: str
    mapping: Mapping
    rows_path: Path | None
    rejects_path: Path | None
    table: pl.DataFrame
    reconciliation: tuple[TotalsLine, ...]
    report: LoadReport
    seconds: float
    retailers: tuple[str, ...] = field(default=())

    @property
    def is_reconciled(self) -> bool:
        """Whether every kept total equals the file's own."""
        return all(line.difference == 0 for line in self.reconciliation)
