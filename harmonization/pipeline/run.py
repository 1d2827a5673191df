"""Harmonize one file: detect, read, clean, convert, check, write, reconcile."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import polars as pl

from harmonization.mapping.refusal import DEFAULT_LIMITS, FileLimits, HarmonizationRefused
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.contradictions import refuse_contradictions
from harmonization.pipeline.conversion import compile_conversion
from harmonization.pipeline.converted import Converted, RowsUnclear, convert
from harmonization.pipeline.daily_facts import daily_facts
from harmonization.pipeline.event_rows import event_rows
from harmonization.pipeline.plan import Plan, lay_plan
from harmonization.pipeline.quality import quality_report
from harmonization.pipeline.reconciliation import reconcile
from harmonization.pipeline.reporting_currency import Reporting
from harmonization.pipeline.requoting import requoted
from harmonization.pipeline.reshaping import reshaped
from harmonization.pipeline.result import HarmonizationResult, QualityReport, ReconciliationLine
from harmonization.pipeline.source_audit import SourceAudit, SourceReader, audit_source, rejected_rows, source_reader
from harmonization.pipeline.staged_table import StagedTable
from harmonization.pipeline.staging import file_digest, stage
from harmonization.pipeline.tallies import Tallies, tallies_of
from harmonization.pipeline.writing import (
    REJECTS_FILE,
    Datasets,
    Published,
    check_partitions,
    dataset_sink,
    publish,
    stored_name,
    write_rejects,
)

__all__ = ["HarmonizationRefused", "HarmonizationResult", "QualityReport", "ReconciliationLine", "harmonize_file"]
Progress = Callable[[float, str], None]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One file as it was read: table, plan, the source's own totals, and the converted rows."""

    source_file_id: str
    mapping: Mapping
    table: StagedTable
    plan: Plan
    reader: SourceReader
    audit: SourceAudit
    converted: Converted
    reporting: Reporting | None = None

    @property
    def name(self) -> str:
        """The name of everything this file writes."""
        return stored_name(source_file_id=self.source_file_id, mapping=self.mapping)


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
) -> HarmonizationResult:
    """Harmonize a file into the datasets below ``output_dir``.

    The same file gives the same files at the same places. Nothing appears there before everything is written and
    reconciled. ``progress`` is told the share done and the step. Raises HarmonizationRefused for a file that cannot be
    read with this mapping. Cost is also written in the currency of ``reporting``.
    """
    started = perf_counter()
    tell = progress or _tell_nobody
    output_dir.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".partial-", dir=output_dir))
    try:
        reading = _read(input_path=input_path, mapping=mapping, folder=folder, tell=tell, limits=limits)
        reading = replace(reading, reporting=reporting)
        written = _write(reading=reading, output_dir=output_dir, folder=folder, tell=tell, limits=limits)
        return _result(reading=reading, written=written, output_dir=output_dir, seconds=perf_counter() - started)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _read(*, input_path: Path, mapping: Mapping, folder: Path, tell: Progress, limits: FileLimits) -> Reading:
    tell(0.0, "Opening the file")
    source_file_id = file_digest(path=input_path, limits=limits)
    table = stage(path=input_path, mapping=mapping, folder=folder, limits=limits)
    table = reshaped(table=table, mapping=mapping, folder=folder)
    plan = lay_plan(mapping=mapping, names=table.header.names, banner=table.header.banner)
    tell(0.1, "Adding up the source's own totals")
    reader = source_reader(mapping=mapping, plan=plan, table=table)
    audit = audit_source(table=table, mapping=mapping, reader=reader, limits=limits)
    tell(0.35, "Converting rows")
    converted = _convert(table, mapping=mapping, plan=plan, audit=audit, folder=folder)
    refuse_contradictions(table=table, mapping=mapping, plan=plan, has_rejects=bool(converted.reasons))
    return Reading(
        source_file_id=source_file_id,
        mapping=mapping,
        table=table,
        plan=plan,
        reader=reader,
        audit=audit,
        converted=converted,
    )


def _convert(table: StagedTable, *, mapping: Mapping, plan: Plan, audit: SourceAudit, folder: Path) -> Converted:
    """Convert as it lies; where quotes are doubtful, a properly quoted copy."""
    plain = compile_conversion(mapping=mapping, plan=plan, cells=table.cells(are_plain=True))
    lenient = compile_conversion(mapping=mapping, plan=plan, cells=table.cells(are_plain=False))
    if not table.names_rows:
        try:
            if not audit.has_quotes:
                return convert(table=table, plain=plain, lenient=lenient, audit=audit, folder=folder)
        except RowsUnclear:
            pass
        table = requoted(table=table, folder=folder)
    return convert(table=table, plain=plain, lenient=lenient, audit=audit, folder=folder)


def _write(*, reading: Reading, output_dir: Path, folder: Path, tell: Progress, limits: FileLimits) -> Written:
    """Write everything the file gives, reconcile it, and only then move it into place."""
    kept, plan = reading.converted.kept, reading.plan
    tell(0.6, "Adding up days")
    daily = daily_facts(kept=kept, plan=plan)
    tallies = tallies_of(kept=kept, mapping=reading.mapping, plan=plan, rows=reading.converted.rows_kept)
    tell(0.7, "Writing rows")
    check_partitions(count=tallies.partitions, limits=limits)
    _write_rows(reading, folder=folder)
    tell(0.9, "Reconciling")
    reasons = reading.converted.reasons
    rejects, rejected_totals = rejected_rows(table=reading.table, reasons=reasons, reader=reading.reader)
    rejected_count = write_rejects(rejects=rejects, path=folder / REJECTS_FILE)
    lines = reconcile(
        source=reading.audit.totals,
        rejected=rejected_totals,
        daily=daily,
        reader=reading.reader,
        rows_by_day=tallies.rows_by_day,
    )
    quality = _quality(reading, daily=daily, tallies=tallies)
    published = publish(staged=folder, output_dir=output_dir, name=reading.name, has_rejects=rejected_count > 0)
    tell(1.0, "Done")
    return Written(daily=daily, reconciliation=lines, quality=quality, published=published)


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
    )


def _write_rows(reading: Reading, *, folder: Path) -> None:
    if not reading.converted.rows_kept:
        return
    rows = event_rows(
        kept=reading.converted.kept,
        mapping=reading.mapping,
        plan=reading.plan,
        source_file_id=reading.source_file_id,
        reporting=reading.reporting,
    )
    dataset_sink(rows=rows, folder=folder / Datasets.EVENTS, name=reading.name).collect(engine="streaming")


def _quality(reading: Reading, *, daily: pl.DataFrame, tallies: Tallies) -> QualityReport:
    return quality_report(
        daily=daily,
        tallies=tallies,
        mapping=reading.mapping,
        plan=reading.plan,
        table=reading.table,
        audit=reading.audit,
        rejected=[*reading.converted.reasons.values(), *(one.reason for one in reading.table.unreadable)],
    )


def _tell_nobody(share: float, step: str) -> None:
    """Progress without a listener."""
