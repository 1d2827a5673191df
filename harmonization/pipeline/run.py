"""Harmonize one file: detect, read, clean, convert, check, write, reconcile."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import polars as pl

from harmonization.mapping.refusal import DEFAULT_LIMITS, FileLimits, HarmonizationRefused
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.contradictions import refuse_contradictions
from harmonization.pipeline.exact import harmonize_exactly
from harmonization.pipeline.harmonized import Harmonized
from harmonization.pipeline.partial import partial_folder
from harmonization.pipeline.plan import Plan, lay_plan
from harmonization.pipeline.provenance import FieldOrigin, field_origins, write_provenance
from harmonization.pipeline.quality import quality_report
from harmonization.pipeline.quick import harmonize_quickly
from harmonization.pipeline.quick_pieces import read_mostly_quickly
from harmonization.pipeline.reconciliation import reconcile
from harmonization.pipeline.reporting_currency import Reporting
from harmonization.pipeline.reshaping import reshaped
from harmonization.pipeline.result import HarmonizationResult, QualityReport, ReconciliationLine
from harmonization.pipeline.rows_read import RowsReader
from harmonization.pipeline.source_audit import SourceReader, rejected_rows, source_reader
from harmonization.pipeline.staged_table import StagedTable
from harmonization.pipeline.staging import file_digest, stage
from harmonization.pipeline.writing import (
    REJECTS_FILE,
    Datasets,
    Published,
    check_partitions,
    publish,
    stored_name,
    write_rejects,
)

__all__ = ["HarmonizationRefused", "HarmonizationResult", "QualityReport", "ReconciliationLine", "harmonize_file"]
Progress = Callable[[float, str], None]


@dataclass(frozen=True, kw_only=True)
class Options:
    """What holds for a whole run, whichever way rows are read."""

    source_file_id: str
    folder: Path
    limits: FileLimits
    reporting: Reporting | None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One file as it was read: how, and what came of it."""

    source_file_id: str
    mapping: Mapping
    plan: Plan
    reader: SourceReader
    rows: Harmonized
    origins: tuple[FieldOrigin, ...]


@dataclass(frozen=True, kw_only=True)
class Written:
    """What one file left behind."""

    daily: pl.DataFrame
    reconciliation: tuple[ReconciliationLine, ...]
    quality: QualityReport
    published: Published


def harmonize_file(
    *,
    input_path: Path,
    mapping: Mapping,
    output_dir: Path,
    progress: Progress | None = None,
    limits: FileLimits = DEFAULT_LIMITS,
    reporting: Reporting | None = None,
    read: RowsReader | None = None,
    known_digest: str = "",
) -> HarmonizationResult:
    """Harmonize a file into the datasets below ``output_dir``.

    The same file gives the same files at the same places. Nothing appears there before everything is written and
    reconciled. ``progress`` is told the share done and the step. Raises HarmonizationRefused for a file that cannot be
    read with this mapping. Cost is also written in the currency of ``reporting``. Where ``read`` is given it reads
    all rows, on a cluster for example; otherwise they are read here, in the quick way where the file is clean.
    ``known_digest`` is the file's SHA-256 where somebody has it, as the file was stored; it is not added up again.
    """
    started = perf_counter()
    tell = progress or _tell_nobody
    folder = partial_folder(input_path=input_path, output_dir=output_dir)
    try:
        digest = file_digest(path=input_path, limits=limits, known=known_digest)
        reading = _read(
            input_path=input_path,
            mapping=mapping,
            source_file_id=digest,
            folder=folder,
            tell=tell,
            limits=limits,
            reporting=reporting,
            read=read,
        )
        written = _write(reading=reading, output_dir=output_dir, folder=folder, tell=tell)
        return _result(reading=reading, written=written, output_dir=output_dir, seconds=perf_counter() - started)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _read(
    *,
    input_path: Path,
    mapping: Mapping,
    source_file_id: str,
    folder: Path,
    tell: Progress,
    limits: FileLimits,
    reporting: Reporting | None,
    read: RowsReader | None,
) -> Reading:
    tell(0.0, "Opening the file")
    table = stage(path=input_path, mapping=mapping, folder=folder, limits=limits)
    table = reshaped(table=table, mapping=mapping, folder=folder)
    plan = lay_plan(mapping=mapping, names=table.header.names, banner=table.header.banner)
    reader = source_reader(mapping=mapping, plan=plan, table=table)
    tell(0.1, "Converting rows")
    options = Options(source_file_id=source_file_id, folder=folder, limits=limits, reporting=reporting)
    rows = _rows(table=table, mapping=mapping, plan=plan, reader=reader, options=options, tell=tell, read=read)
    check_partitions(count=rows.tallies.partitions, limits=limits)
    refuse_contradictions(table=table, mapping=mapping, plan=plan, has_rejects=bool(rows.reasons))
    return Reading(
        source_file_id=source_file_id,
        mapping=mapping,
        plan=plan,
        reader=reader,
        rows=rows,
        origins=field_origins(mapping=mapping, plan=plan, reporting=reporting),
    )


def _rows(
    *,
    table: StagedTable,
    mapping: Mapping,
    plan: Plan,
    reader: SourceReader,
    options: Options,
    tell: Progress,
    read: RowsReader | None,
) -> Harmonized:
    """In the quick way where the file is clean, else what is not clean row by row; by ``read`` where it is given."""
    quick = None
    if read is None:
        quick = harmonize_quickly(
            table=table,
            mapping=mapping,
            plan=plan,
            reader=reader,
            source_file_id=options.source_file_id,
            folder=options.folder,
            limits=options.limits,
            reporting=options.reporting,
        )
    return quick or harmonize_exactly(
        table=table,
        mapping=mapping,
        plan=plan,
        reader=reader,
        source_file_id=options.source_file_id,
        folder=options.folder,
        limits=options.limits,
        reporting=options.reporting,
        tell=tell,
        read=read or read_mostly_quickly,
    )


def _write(*, reading: Reading, output_dir: Path, folder: Path, tell: Progress) -> Written:
    """Write everything the file gives, reconcile it, and only then move it into place."""
    tell(0.9, "Reconciling")
    rows, reader = reading.rows, reading.reader
    rejects, rejected_totals = rejected_rows(table=rows.table, reasons=rows.reasons, reader=reader)
    rejected_count = write_rejects(rejects=rejects, path=folder / REJECTS_FILE)
    lines = reconcile(
        source=rows.audit.totals,
        rejected=rejected_totals,
        daily=rows.daily,
        reader=reader,
        rows_by_day=rows.tallies.rows_by_day,
    )
    quality = _quality(reading)
    name = stored_name(source_file_id=reading.source_file_id, mapping=reading.mapping)
    write_provenance(
        origins=reading.origins,
        source_file_id=reading.source_file_id,
        mapping=reading.mapping,
        path=folder / Datasets.PROVENANCE / f"{name}.jsonl",
    )
    published = publish(staged=folder, output_dir=output_dir, name=name, has_rejects=rejected_count > 0)
    tell(1.0, "Done")
    return Written(daily=rows.daily, reconciliation=lines, quality=quality, published=published)


def _result(*, reading: Reading, written: Written, output_dir: Path, seconds: float) -> HarmonizationResult:
    return HarmonizationResult(
        source_file_id=reading.source_file_id,
        mapping_name=reading.mapping.name,
        mapping_version=reading.mapping.full_version,
        rows_read=written.quality.rows_read,
        rows_kept=written.quality.rows_kept,
        rows_rejected=written.quality.rows_rejected,
        events_path=output_dir / Datasets.EVENTS,
        event_files=written.published.events,
        rejects_path=written.published.rejects,
        daily=written.daily,
        reconciliation=written.reconciliation,
        quality=written.quality,
        seconds=seconds,
        part=reading.plan.part,
    )


def _quality(reading: Reading) -> QualityReport:
    rows = reading.rows
    return quality_report(
        daily=rows.daily,
        tallies=rows.tallies,
        mapping=reading.mapping,
        plan=reading.plan,
        table=rows.table,
        audit=rows.audit,
        rejected=[*rows.reasons.values(), *(one.reason for one in rows.table.unreadable)],
    )


def _tell_nobody(share: float, step: str) -> None:
    """Progress without a listener."""
