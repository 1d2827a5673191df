"""Look at sources soon after an import: an operation of its own, one for all imports that come before a worker does."""

from collections.abc import Iterable
from functools import partial

from django.utils import timezone

from harmonization.models import Anomaly, ImportRun
from harmonization.services.anomalies import watch_sources
from tenants.models import Operation, User
from tenants.services.operation_runs import Effect, OperationRun, Outcome
from tenants.services.operations import start_operation

KIND = "watch"
IMPORTS = "import_by_source"


def watch_soon(*, retailer_ids: Iterable[str], import_run: ImportRun, by: User | None) -> Operation:
    """Queue a look at these sources in the caller's transaction, which brings their new days.

    A look that still waits for a worker takes them along. It is locked until the caller commits, so that no worker
    begins it before the days can be seen.
    """
    imports = dict.fromkeys(sorted(set(retailer_ids)), str(import_run.pk))
    waiting = (
        Operation.objects.select_for_update(skip_locked=True)
        .filter(kind=KIND, state=Operation.State.QUEUED, cancel_requested=False)
        .first()
    )
    if waiting is None:
        return start_operation(kind=KIND, title="Look for anomalies in new data", by=by, parameters={IMPORTS: imports})
    waiting.parameters = {IMPORTS: {**waiting.parameters[IMPORTS], **imports}}
    waiting.save(update_fields=["parameters"])
    return waiting


def perform_watching(run: OperationRun) -> Effect:
    """The worker's handler of operations of kind ``watch``."""
    return partial(_watch, imports=run.operation.parameters[IMPORTS])


def _watch(*, imports: dict[str, str]) -> Outcome:
    runs = {str(one.pk): one for one in ImportRun.objects.filter(pk__in=set(imports.values()))}
    now = timezone.now()
    for retailer_id, import_id in sorted(imports.items()):
        watch_sources(retailer_ids=[retailer_id], now=now, import_run=runs.get(import_id))
    found = {"sources": len(imports), "open_anomalies": Anomaly.objects.open().count()}
    return Outcome(result=found, result_url="/data/anomalies/")
