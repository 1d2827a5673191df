"""What harmonizing a file gives back."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from harmonization.rmis.enums import ReportPart


@dataclass(frozen=True, kw_only=True)
class ReconciliationLine:
    """One metric of one day: the sum of the file's own figures against the sum of the daily facts.

    Attributes:
        date: None for rows whose day cannot be read.
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
    """How many of the kept rows carry a field; ``column`` is the source column it is read from."""

    field: str
    column: str
    rows_filled: int
    share: float


@dataclass(frozen=True, kw_only=True)
class UnknownValue:
    """A word no mapping entry knows, what it was taken as, and in how many rows it stood."""

    field: str
    value: str
    taken_as: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class Invariant:
    """A rule rows should keep. Rows that break it are kept, and counted here.

    Attributes:
        first_row: the first row of the original file that breaks it; None where none does.
    """

    name: str
    description: str
    rows_checked: int
    rows_broken: int
    first_row: int | None


@dataclass(frozen=True, kw_only=True)
class QualityReport:
    """What was read, how complete it is, and what looks wrong.

    Attributes:
        blank_rows, totals_rows: left out of ``rows_read``.
        unmapped_columns: columns of the file that the mapping does not know; they are not harmonized.
        ignored_columns: columns that the mapping leaves out on purpose, with the reason.
        notes: assumptions that were made, in sentences.
    """

    rows_read: int
    rows_kept: int
    rows_rejected: int
    blank_rows: int
    totals_rows: int
    format: str
    encoding: str
    separator: str
    header_row: int
    first_date: date | None
    last_date: date | None
    currencies: tuple[str, ...]
    coverage: tuple[FieldCoverage, ...]
    unknown_values: tuple[UnknownValue, ...]
    invariants: tuple[Invariant, ...]
    unmapped_columns: tuple[str, ...]
    ignored_columns: dict[str, str]
    reject_reasons: dict[str, int]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HarmonizationResult:
    """The outcome of one file.

    Attributes:
        source_file_id: SHA-256 of the file's bytes, hexadecimal.
        events_path: root of the Parquet dataset, which :mod:`harmonization.pipeline.dataset` reads; ``event_files``
            are what this file wrote into it.
        rejects_path: None where no row was rejected.
        daily: one row per day, retailer, advertiser, campaign, channel, placement, SKU and currency.
        seconds: how long it took.
        part: which figures of a day the file states.
    """

    source_file_id: str
    mapping_name: str
    mapping_version: str
    rows_read: int
    rows_kept: int
    rows_rejected: int
    events_path: Path
    event_files: tuple[Path, ...]
    rejects_path: Path | None
    daily: pl.DataFrame
    reconciliation: tuple[ReconciliationLine, ...]
    quality: QualityReport
    seconds: float
    part: ReportPart = ReportPart.WHOLE
