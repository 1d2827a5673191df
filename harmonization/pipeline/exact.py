"""Harmonize any text row by row: what cannot be read is rejected with its reason, everything else is kept."""

from collections.abc import Callable
from pathlib import Path

from harmonization.mapping.refusal import FileLimits
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.conversion import compile_conversion
from harmonization.pipeline.converted import Converted, RowsUnclear, convert
from harmonization.pipeline.daily_facts import daily_facts
from harmonization.pipeline.event_rows import event_rows
from harmonization.pipeline.harmonized import Harmonized
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.problems import Conversion
from harmonization.pipeline.reporting_currency import Reporting
from harmonization.pipeline.requoting import requoted
from harmonization.pipeline.source_audit import SourceAudit, SourceReader, audit_source
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
    tell: Callable[[float, str], None],
) -> Harmonized:
    """Write the rows below ``folder``. Python adds the source's totals up, apart from Polars' conversion.

    Raises HarmonizationRefused.
    """
    tell(0.15, "Adding up the source's own totals")
    audit = audit_source(table=table, mapping=mapping, reader=reader, limits=limits)
    tell(0.4, "Converting rows")
    converted = _convert(table, mapping=mapping, plan=plan, audit=audit, folder=folder)
    kept = converted.kept
    tell(0.6, "Adding up days")
    daily = daily_facts(kept=kept, plan=plan)
    tallies = tallies_of(kept=kept, mapping=mapping, plan=plan, rows=converted.rows_kept)
    tell(0.7, "Writing rows")
    check_partitions(count=tallies.partitions, limits=limits)
    if converted.rows_kept:
        rows = event_rows(kept=kept, mapping=mapping, plan=plan, source_file_id=source_file_id, reporting=reporting)
        name = stored_name(source_file_id=source_file_id, mapping=mapping)
        dataset_sink(rows=rows, folder=folder / Datasets.EVENTS, name=name).collect(engine="streaming")
    return Harmonized(table=table, audit=audit, daily=daily, tallies=tallies, reasons=converted.reasons)


def _convert(table: StagedTable, *, mapping: Mapping, plan: Plan, audit: SourceAudit, folder: Path) -> Converted:
    """Convert as it lies; where quotes are doubtful, a properly quoted copy."""
    plain = compile_conversion(mapping=mapping, plan=plan, cells=table.plain_cells())

    def lenient() -> Conversion:
        return compile_conversion(mapping=mapping, plan=plan, cells=table.lenient_cells())

    if not table.names_rows:
        try:
            if not audit.has_quotes:
                return convert(table=table, plain=plain, lenient=lenient, audit=audit, folder=folder)
        except RowsUnclear:
            pass
        table = requoted(table=table, folder=folder)
    return convert(table=table, plain=plain, lenient=lenient, audit=audit, folder=folder)
