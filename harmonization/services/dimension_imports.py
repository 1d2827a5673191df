"""Load a file of a dimension or a history: the worker's handler of operations of kind ``load_dimension``."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from functools import partial

import polars as pl
from django.utils import timezone

from harmonization.dimensions.loaded import LoadResult
from harmonization.dimensions.loading import load_dimension
from harmonization.dimensions.source_totals import DAY_FIELD
from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.models import ImportRun
from harmonization.rmis.dimensions import MappingKind
from harmonization.selectors.mapping_versions import mapping_of_run
from harmonization.services.dimension_rows import write_audiences, write_policies
from harmonization.services.histories import write_demand, write_placements
from harmonization.services.left_behind import remove_left_behind
from harmonization.services.products import write_products
from harmonization.services.report_json import as_json
from harmonization.services.upload_files import as_upload_problem
from harmonization.services.uploads import tenant_folder
from tenants.services.audit import record_event
from tenants.services.operation_runs import Effect, OperationProblem, OperationRun, Outcome

LARGEST = 10**12
READING_SHARE = 85
Writer = Callable[..., int]
WRITERS: dict[MappingKind, Writer] = {
    MappingKind.AUDIENCES: write_audiences,
    MappingKind.POLICIES: write_policies,
    MappingKind.DEMAND: write_demand,
    MappingKind.PLACEMENTS: write_placements,
}


def perform_dimension_import(run: OperationRun) -> Effect:
    """Load the stored file into the tenant's Parquet files; the effect writes the tables and fills the import.

    Raises OperationProblem, and marks the import refused, when the file cannot be loaded.
    """
    import_run = ImportRun.objects.get(pk=run.operation.parameters["import_run_id"])
    path = tenant_folder() / import_run.stored_path
    run.progress(1, "Opening the file")
    remove_left_behind(folder=tenant_folder() / "rmis", input_path=path, now=timezone.now())
    try:
        result = load_dimension(
            input_path=path,
            mapping=mapping_of_run(name=import_run.mapping_name, number=import_run.mapping_number),
            output_dir=tenant_folder() / "rmis",
            progress=lambda share, step: run.progress(READING_SHARE * share, step),
        )
        _refuse_large(result)
    except (HarmonizationRefused, MappingError) as refusal:
        problem = as_upload_problem(refusal=refusal, path=path, file_name=import_run.file_name)
        raise _refused(import_run=import_run, problem=problem) from refusal
    if not result.report.rows_kept:
        raise _refused(import_run=import_run, problem=_nothing_kept(result), result=result)
    run.progress(90, "Writing")
    return partial(_keep, import_run=import_run, result=result)


def _keep(*, import_run: ImportRun, result: LoadResult) -> Outcome:
    """The one effect: rows in, restated ones replaced, the import filled, an audit event."""
    kind = MappingKind(result.mapping.kind)
    if kind is MappingKind.PRODUCTS:
        mapped = tuple(one.name for one in result.mapping.fields)
        restated = write_products(rows=result.table, mapped=mapped, import_run=import_run)
    else:
        restated = WRITERS[kind](rows=result.table, import_run=import_run)
    _fill(import_run=import_run, result=result)
    import_run.state, import_run.problem = ImportRun.State.DONE, None
    import_run.facts_written, import_run.facts_restated = result.table.height, restated
    import_run.is_reconciled = result.is_reconciled
    import_run.save()
    counts = {
        "kind": str(kind),
        "rows_read": result.report.rows_read,
        "rows_kept": result.report.rows_kept,
        "rows_rejected": result.report.rows_rejected,
        "written": result.table.height,
        "restated": restated,
    }
    record_event(kind="import.loaded", about=import_run, by=import_run.uploaded_by, after=counts)
    return Outcome(result={"import_id": str(import_run.pk), **counts}, result_url=f"/data/imports/{import_run.pk}/")


def _fill(*, import_run: ImportRun, result: LoadResult) -> None:
    report = result.report
    import_run.mapping_version = result.mapping.full_version
    import_run.rows_read, import_run.rows_kept = report.rows_read, report.rows_kept
    import_run.rows_rejected = report.rows_rejected
    import_run.retailers = [one for one in result.retailers if one]
    import_run.quality = as_json(asdict(report))
    import_run.reconciliation = [as_json(asdict(line)) for line in result.reconciliation]
    rejects = result.rejects_path
    import_run.rejects_path = rejects.relative_to(tenant_folder()).as_posix() if rejects else ""
    day = DAY_FIELD.get(MappingKind(result.mapping.kind))
    if day and result.table.height:
        days: list[date] = result.table[day].to_list()
        import_run.period_start, import_run.period_end = min(days), max(days)
    import_run.finished_at = timezone.now()


def _refused(*, import_run: ImportRun, problem: dict[str, str], result: LoadResult | None = None) -> OperationProblem:
    """Mark the import refused, outside the effect that will not happen."""
    if result is not None:
        _fill(import_run=import_run, result=result)
    import_run.state, import_run.problem, import_run.finished_at = ImportRun.State.REFUSED, problem, timezone.now()
    import_run.save()
    return OperationProblem(**problem)


def _refuse_large(result: LoadResult) -> None:
    for name, kind in result.table.schema.items():
        if isinstance(kind, pl.Decimal) and result.table.height:
            amounts: list[Decimal] = result.table[name].drop_nulls().abs().to_list()
            largest = max(amounts, default=Decimal(0))
            if largest >= LARGEST:
                raise HarmonizationRefused(
                    title="A number is too large",
                    detail=f"{name} reaches {largest}; numbers must be under 10^12.",
                    fix="Check the unit in the mapping.",
                )


def _nothing_kept(result: LoadResult) -> dict[str, str]:
    return {
        "title": "No row could be read",
        "detail": f"All {result.report.rows_read} rows were rejected by the mapping {result.mapping.name}.",
        "where": "the rejects of this import name each row and reason",
        "fix": "Check that the mapping fits this file, then upload again with another mapping.",
    }
