"""One row of an import: the file's own cells beside what each became, read from the file and the dataset as kept."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from harmonization.mapping.header import normal
from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.models import ImportRun
from harmonization.pipeline.dataset import TEXTS_AS_TEXT, events_of, outcome_column
from harmonization.pipeline.plan import lay_plan
from harmonization.pipeline.raw_rows import header_and_rows
from harmonization.pipeline.row_trace import TracedField, trace_row
from harmonization.rmis.dimensions import MappingKind
from harmonization.selectors.imports import import_file
from harmonization.selectors.mapping_versions import find_mapping, mapping_of_run
from harmonization.selectors.source_rows import stored_files
from harmonization.suggestion.proposed_fields import ProposedField
from tenants.models import User

LARGEST_FILE = 256 << 20


class TraceRefused(Exception):
    """The row cannot be shown: what is missing, and what to do."""

    def __init__(self, *, title: str, detail: str, where: str, fix: str) -> None:
        super().__init__(detail)
        self.title, self.detail, self.where, self.fix = title, detail, where, fix


@dataclass(frozen=True, kw_only=True)
class TracedRow:
    """A row of a file, field by field.

    Attributes:
        is_rejected: it could not be read, so no field has a value.
    """

    import_id: str
    file_name: str
    mapping_name: str
    mapping_number: int
    mapping_version: str
    row_number: int
    is_rejected: bool
    fields: tuple[TracedField, ...]


def traced_row(*, run: ImportRun, row_number: int) -> TracedRow:
    """The row of that number. Raises TraceRefused where the file is gone or too large, or has no such row."""
    path, where = import_file(run=run), f"{run.file_name}, row {row_number}"
    if run.kind != MappingKind.EVENTS:
        raise TraceRefused(
            title="Only rows of events are traced",
            detail=f"This file holds {run.kind}.",
            where=where,
            fix="Look at the page of the import.",
        )
    if not path.is_file() or path.stat().st_size > LARGEST_FILE:
        is_gone = not path.is_file()
        raise TraceRefused(
            title="The file is not kept any more" if is_gone else "The file is too large to be shown row by row",
            detail="Its cells cannot be shown beside the harmonized row.",
            where=where,
            fix="Upload it again." if is_gone else "Read the row with pipeline.raw_rows.scan_raw, on a worker.",
        )
    try:
        return _traced(run, path=path, row_number=row_number)
    except (HarmonizationRefused, MappingError) as refused:
        raise TraceRefused(title=refused.title, detail=refused.detail, where=where, fix=refused.fix) from refused


def _traced(run: ImportRun, *, path: Path, row_number: int) -> TracedRow:
    mapping = mapping_of_run(name=run.mapping_name, number=run.mapping_number)
    known = find_mapping(name=run.mapping_name, number=run.mapping_number)
    with tempfile.TemporaryDirectory() as folder:
        table, rows = header_and_rows(path=path, mapping=mapping, numbers=[row_number], folder=Path(folder))
    cells = rows.get(row_number)
    if cells is None:
        raise TraceRefused(
            title="There is no such row",
            detail=f"The file has no row {row_number}; rows count from the first one of the file.",
            where=f"{run.file_name}, row {row_number}",
            fix="Take a row number from the list of rows, or from the rejects.",
        )
    plan = lay_plan(mapping=mapping, names=table.header.names, banner=table.header.banner)
    columns = [outcome_column(source) for source in plan.outcomes]
    event, outcomes = _stored(stored_files(run), row_number=row_number, columns=columns)
    return TracedRow(
        import_id=str(run.pk),
        file_name=run.file_name,
        mapping_name=run.mapping_name,
        mapping_number=run.mapping_number,
        mapping_version=run.mapping_version,
        row_number=row_number,
        is_rejected=event is None,
        fields=_with_proposals(
            trace_row(mapping=mapping, plan=plan, cells=cells, event=event or {}, outcomes=outcomes),
            proposals=known.proposals if known else (),
        ),
    )


def _with_proposals(
    fields: tuple[TracedField, ...], *, proposals: tuple[ProposedField, ...]
) -> tuple[TracedField, ...]:
    """The fields with the confidence of their proposals; one query, for the people, where somebody was asked."""
    known = {(normal(one.column), one.field): one for one in proposals}
    people = {one.confirmed_by for one in proposals if one.confirmed_by}
    users = User.objects.filter(pk__in=people).values_list("pk", "email") if people else ()
    emails = {str(pk): email for pk, email in users}
    return tuple(
        field
        if (found := known.get((normal(field.column), field.field))) is None
        else replace(
            field,
            confidence=found.confidence,
            is_confirmed=found.is_confirmed,
            confirmed_by=emails.get(found.confirmed_by, ""),
        )
        for field in fields
    )


def _stored(files: list[Path], *, row_number: int, columns: list[str]) -> tuple[dict[str, object] | None, list[object]]:
    """The stored row and its attributed figures; None where no file has it."""
    is_row = pl.col("source_row_no") == row_number
    found = events_of(files).filter(is_row).head(1).collect()
    if found.is_empty():
        return None, [None] * len(columns)
    figures: list[object] = []
    for path in files:
        rows = pl.scan_parquet(path, glob=False, hive_partitioning=False, cast_options=TEXTS_AS_TEXT)
        present = rows.collect_schema()
        values = [pl.col(name) if name in present else pl.lit(None).alias(name) for name in columns]
        if values and len(row := rows.filter(is_row).select(values).head(1).collect()):
            figures = list(row.row(0))
    return found.row(0, named=True), figures or [None] * len(columns)
