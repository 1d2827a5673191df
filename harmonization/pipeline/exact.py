"""Harmonize any text row by row: what cannot be read is rejected with its reason, everything else is kept."""

from pathlib import Path

from harmonization.mapping.refusal import FileLimits
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.daily_facts import daily_facts
from harmonization.pipeline.event_rows import event_rows
from harmonization.pipeline.harmonized import Harmonized
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.reporting_currency import Reporting
from harmonization.pipeline.rows_read import RowsReader, Tell, read_rows
from harmonization.pipeline.source_audit import SourceReader, refuse_empty
from harmonization.pipeline.staged_table import StagedTable
from harmonization.pipeline.tallies import tallies_of
from harmonization.pipeline.writing import Datasets, check_partitions, dataset_sink, stored_name


def harmonize_exactly(
    *,
    table: StagedTable,
    mapping: Mapping,
    plan: Plan,
    reader: SourceReader,
    source_file_id: str,
    folder: Path,
    limits: FileLimits,
    reporting: Reporting | None = None,
    tell: Tell,
    read: RowsReader = read_rows,
) -> Harmonized:
    """Write the rows below ``folder``, as ``read`` reads them. Raises HarmonizationRefused."""
    found = read(table=table, mapping=mapping, plan=plan, reader=reader, folder=folder, limits=limits, tell=tell)
    refuse_empty(audit=found.audit, table=table)
    converted, kept = found.converted, found.converted.kept
    tell(0.6, "Adding up days")
    daily = daily_facts(kept=kept, plan=plan)
    tallies = tallies_of(kept=kept, mapping=mapping, plan=plan, rows=converted.rows_kept)
    tell(0.7, "Writing rows")
    check_partitions(count=tallies.partitions, limits=limits)
    if converted.rows_kept:
        rows = event_rows(kept=kept, mapping=mapping, plan=plan, source_file_id=source_file_id, reporting=reporting)
        name = stored_name(source_file_id=source_file_id, mapping=mapping)
        dataset_sink(rows=rows, folder=folder / Datasets.EVENTS, name=name).collect(engine="streaming")
    return Harmonized(table=table, audit=found.audit, daily=daily, tallies=tallies, reasons=converted.reasons)
