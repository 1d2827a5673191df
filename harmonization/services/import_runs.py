"""Perform an import: the worker's handler of operations of kind ``harmonize``."""

from datetime import date
from functools import partial
from typing import Any

import polars as pl
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.spec import Mapping, MappingError
from harmonization.models import ImportRun
from harmonization.pipeline.run import HarmonizationResult
from harmonization.rmis.enums import ReportPart
from harmonization.selectors.fx_rates import reporting_of_workspace
from harmonization.selectors.mapping_versions import find_mapping, mapping_of_run
from harmonization.services.daily_facts import FactsRefused, facts_to_write, write_facts
from harmonization.services.held_days import hold_shrunken_days
from harmonization.services.left_behind import remove_left_behind
from harmonization.services.mapping_drift import watch_header
from harmonization.services.proposed_provenance import keep_confidences
from harmonization.services.report_json import as_json
from harmonization.services.upload_files import as_upload_problem
from harmonization.services.uploads import tenant_folder
from harmonization.services.watching import watch_soon
from tenants.services.audit import record_event
from tenants.services.operation_runs import Effect, OperationProblem, OperationRun, Outcome

READING_SHARE = 85
REFUSALS = (HarmonizationRefused, MappingError, FactsRefused)


def perform_import(run: OperationRun) -> Effect:
    """Harmonize the stored file into the tenant's RMIS dataset; the effect writes facts and fills the import.

    The files are written atomically under a name made from the file's hash, so a second attempt after a killed worker
    ends in the same place. Raises OperationProblem, and marks the import refused, when the file cannot be harmonized.
    """
    import_run = ImportRun.objects.get(pk=run.operation.parameters["import_run_id"])
    path = tenant_folder() / import_run.stored_path
    run.progress(1, "Opening the file")
    remove_left_behind(folder=tenant_folder() / "rmis", input_path=path, now=timezone.now())
    harmonize = import_string(settings.HARMONIZATION_BACKEND)
    try:
        result: HarmonizationResult = harmonize(
            input_path=path,
            mapping=mapping_of_run(name=import_run.mapping_name, number=import_run.mapping_number),
            output_dir=tenant_folder() / "rmis",
            reporting=reporting_of_workspace(),
            known_digest=import_run.file_sha256,
            progress=lambda share, step: run.progress(READING_SHARE * share, step),
        )
        facts = facts_to_write(daily=result.daily, part=result.part)
    except REFUSALS as refusal:
        problem = as_upload_problem(refusal=refusal, path=path, file_name=import_run.file_name)
        raise _refused(import_run=import_run, problem=problem) from refusal
    if not result.rows_kept:
        raise _refused(import_run=import_run, problem=_nothing_kept(result), result=result)
    keep_confidences(import_run=import_run, folder=tenant_folder() / "rmis")
    run.progress(90, "Writing daily facts")
    return partial(_keep, import_run=import_run, result=result, facts=facts)


def _keep(*, import_run: ImportRun, result: HarmonizationResult, facts: pl.DataFrame) -> Outcome:
    """The one effect: facts in, restated days marked or held, the import filled, an audit event."""
    mapping = mapping_of_run(name=import_run.mapping_name, number=import_run.mapping_number)
    import_run.final_after_days = mapping.final_after_days
    import_run.conventions = _conventions(mapping)
    written, days_held = hold_shrunken_days(facts=facts, import_run=import_run)
    restated = write_facts(facts=written, import_run=import_run)
    _fill(import_run=import_run, result=result)
    import_run.quality["notes"] += _part_notes(import_run=import_run, part=result.part)
    import_run.state, import_run.problem = ImportRun.State.DONE, None
    import_run.facts_written, import_run.facts_restated = written.height, restated
    import_run.headline = _headline(facts)
    import_run.is_reconciled = all(line.difference == 0 for line in result.reconciliation)
    watch_header(run=import_run, mapping=mapping, path=tenant_folder() / import_run.stored_path)
    import_run.retailers = sorted(facts["retailer_id"].unique().to_list())
    days: list[date] = facts["event_date"].to_list()
    import_run.period_start, import_run.period_end = min(days), max(days)
    import_run.save()
    watch_soon(retailer_ids=import_run.retailers, import_run=import_run, by=import_run.uploaded_by)
    counts = {
        "rows_read": result.rows_read,
        "rows_kept": result.rows_kept,
        "rows_rejected": result.rows_rejected,
        "facts_written": written.height,
        "facts_restated": restated,
        "days_held": days_held,
    }
    record_event(kind="import.harmonized", about=import_run, by=import_run.uploaded_by, after=counts)
    return Outcome(result={"import_id": str(import_run.pk), **counts}, result_url=f"/data/imports/{import_run.pk}/")


def _part_notes(*, import_run: ImportRun, part: ReportPart) -> list[str]:
    """What the quality report says of a file that states a part of its days."""
    if part is ReportPart.WHOLE:
        return []
    repeated = import_run.facts.exclude(superseded_by=None).count()
    lacks = "attributed sales" if part is ReportPart.DELIVERY else "impressions, clicks and cost"
    notes = [f"The report states no {lacks}; those of its days come from other reports of the source, where there are."]
    if repeated:
        notes.append(
            f"{repeated:,} daily facts are kept but not counted: a whole report states their campaign's day already."
        )
    return notes


def _refused(
    *, import_run: ImportRun, problem: dict[str, str], result: HarmonizationResult | None = None
) -> OperationProblem:
    """Mark the import refused, outside the effect that will not happen."""
    if result is not None:
        _fill(import_run=import_run, result=result)
    import_run.state, import_run.problem, import_run.finished_at = ImportRun.State.REFUSED, problem, timezone.now()
    _watch_refused(import_run)
    import_run.save()
    return OperationProblem(**problem)


def _watch_refused(import_run: ImportRun) -> None:
    """A file may be refused because its layout changed: the alarm says so."""
    known = find_mapping(name=import_run.mapping_name, number=import_run.mapping_number)
    if known is not None:
        path = tenant_folder() / import_run.stored_path
        watch_header(run=import_run, mapping=known.mapping, path=path)


def _fill(*, import_run: ImportRun, result: HarmonizationResult) -> None:
    import_run.mapping_version = result.mapping_version
    import_run.rows_read, import_run.rows_kept = result.rows_read, result.rows_kept
    import_run.rows_rejected = result.rows_rejected
    import_run.quality = as_json(result.quality)
    import_run.reconciliation = [as_json(line) for line in result.reconciliation]
    import_run.rejects_path = result.rejects_path.relative_to(tenant_folder()).as_posix() if result.rejects_path else ""
    import_run.finished_at = timezone.now()


def _conventions(mapping: Mapping) -> dict[str, Any]:
    """How figures of the file are meant, where a comparison with other files has to know."""
    return {
        "date_basis": str(mapping.date_basis),
        "timezone": mapping.timezone,
        "vat_included": mapping.vat_included,
        "vat_rate": None if mapping.vat_rate is None else str(mapping.vat_rate),
    }


def _headline(facts: pl.DataFrame) -> list[dict[str, Any]]:
    """Per retailer, what the outcome columns of this file mean."""
    columns = ("retailer_id", "attribution_window_days", "touch", "scope", "currency")
    rows = facts.group_by(columns).agg(pl.col("retailer_name").first()).sort(columns)
    return [
        {
            "retailer_id": row["retailer_id"],
            "retailer_name": row["retailer_name"],
            "window_days": row["attribution_window_days"],
            "touch": row["touch"],
            "scope": row["scope"],
            "currency": row["currency"],
        }
        for row in rows.iter_rows(named=True)
    ]


def _nothing_kept(result: HarmonizationResult) -> dict[str, str]:
    return {
        "title": "No row could be read",
        "detail": f"All {result.rows_read} rows were rejected by the mapping {result.mapping_name}.",
        "where": "the rejects of this import name each row and reason",
        "fix": "Check that the mapping fits this report, then upload again with another mapping.",
    }
