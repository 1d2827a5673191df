"""Try a version of a mapping on past files of its layout: what would change, without writing a fact."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path

from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.spec import Mapping, MappingError
from harmonization.models import ImportRun
from harmonization.pipeline.run import harmonize_file
from harmonization.selectors.mapping_versions import KnownMapping, mapping_of_run
from harmonization.selectors.reconciliation import reconciled_metrics
from harmonization.services.report_json import as_json
from harmonization.services.upload_files import as_upload_problem
from harmonization.services.uploads import tenant_folder
from tenants.models import Operation, User
from tenants.services.operation_runs import Effect, OperationRun, Outcome
from tenants.services.operations import start_operation

MOST_FILES = 10
EVENTS = "events"


@dataclass(frozen=True, kw_only=True)
class TrialTotal:
    """One metric of one file as it was imported and as the version would read it."""

    metric: str
    before: Decimal
    after: Decimal
    difference: Decimal


@dataclass(frozen=True, kw_only=True)
class TrialFile:
    """One past file: rows and totals before and after. ``problem`` says why it could not be read with the version."""

    import_id: str
    file_name: str
    was_number: int
    kept_before: int
    kept_after: int
    rejected_before: int
    rejected_after: int
    totals: tuple[TrialTotal, ...]
    problem: dict[str, str] | None = None

    @property
    def is_same(self) -> bool:
        rows = (self.kept_before, self.rejected_before) == (self.kept_after, self.rejected_after)
        return self.problem is None and rows and all(total.difference == 0 for total in self.totals)


def request_trial(*, known: KnownMapping, by: User | None) -> Operation:
    """Queue the trial of one version on the newest past files of its mapping."""
    return start_operation(
        kind="try_mapping",
        title=f"Try {known.name} version {known.number} on past files",
        by=by,
        parameters={"name": known.name, "number": known.number},
    )


def perform_trial(run: OperationRun) -> Effect:
    """The worker's handler of ``try_mapping``: it reads files and writes none of their facts."""
    name, number = run.operation.parameters["name"], run.operation.parameters["number"]
    mapping = mapping_of_run(name=name, number=number)
    files = try_on_past_files(mapping=mapping, progress=run.progress)
    result = {"name": name, "number": number, "files": [as_json(asdict(one)) for one in files]}
    url = f"/data/mappings/{name}/trials/{run.operation.pk}/"
    return lambda: Outcome(result=result, result_url=url)


def try_on_past_files(
    *, mapping: Mapping, progress: Callable[[float, str], None] | None = None
) -> tuple[TrialFile, ...]:
    """Every past file of the mapping's name, newest first and ten at most, read with this version."""
    runs = _past_runs(name=mapping.name)
    found = []
    for place, run in enumerate(runs):
        if progress:
            progress(100 * place / len(runs), f"Reading {run.file_name}")
        found.append(_tried(run=run, mapping=mapping))
    return tuple(found)


def _past_runs(*, name: str) -> list[ImportRun]:
    """The newest import of each different file whose bytes are still there."""
    newest: dict[str, ImportRun] = {}
    for run in ImportRun.objects.filter(mapping_name=name, kind=EVENTS).order_by("-id").iterator(chunk_size=100):
        if run.file_sha256 not in newest and (tenant_folder() / run.stored_path).is_file():
            newest[run.file_sha256] = run
        if len(newest) == MOST_FILES:
            break
    return list(newest.values())


def _tried(*, run: ImportRun, mapping: Mapping) -> TrialFile:
    path = tenant_folder() / run.stored_path
    unread = TrialFile(
        import_id=str(run.pk),
        file_name=run.file_name,
        was_number=run.mapping_number,
        kept_before=run.rows_kept,
        kept_after=0,
        rejected_before=run.rows_rejected,
        rejected_after=0,
        totals=(),
    )
    with tempfile.TemporaryDirectory(prefix="rmn-trial-") as folder:
        try:
            result = harmonize_file(input_path=path, mapping=mapping, output_dir=Path(folder))
        except (HarmonizationRefused, MappingError) as refusal:
            problem = as_upload_problem(refusal=refusal, path=path, file_name=run.file_name)
            return replace(unread, problem=problem)
    after = _sums([as_json(asdict(line)) for line in result.reconciliation])
    totals = _totals(before=_sums(run.reconciliation), after=after)
    return replace(unread, kept_after=result.rows_kept, rejected_after=result.rows_rejected, totals=totals)


def _totals(*, before: dict[str, Decimal], after: dict[str, Decimal]) -> tuple[TrialTotal, ...]:
    metrics = dict.fromkeys((*before, *after))
    pairs = [(metric, before.get(metric, Decimal(0)), after.get(metric, Decimal(0))) for metric in metrics]
    return tuple(TrialTotal(metric=name, before=was, after=now, difference=now - was) for name, was, now in pairs)


def _sums(lines: Sequence[object]) -> dict[str, Decimal]:
    """The harmonized total of each metric."""
    return {one.metric: one.harmonized for one in reconciled_metrics(lines=lines)}  # type: ignore[arg-type]  # JSON
