"""Evaluate an adapter that this workspace may use in every composition it can serve in; its own gate reads the result.

What a workspace measures of a shared adapter is its own result, read by nobody else. Results for all come with the
adapter, from whoever runs the installation, and decide whether it serves.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from agents.federation.refusal import AdapterRefused
from agents.models import AdapterRow, EvaluationRow
from agents.selectors.adapters import find_adapter
from agents.selectors.base_model import base_digest
from agents.services.evaluations import record_evaluations
from agents.services.registry import adapter_of
from agents.services.shipped import read_evaluations
from tenants.models import Operation, User
from tenants.services.audit import record_event
from tenants.services.operation_runs import Effect, OperationProblem, OperationRun, Outcome
from tenants.services.operations import start_operation
from training.fine_tuning.evaluation_job import MOST_CASES
from training.fine_tuning.progress import Measured, Refused
from training.fine_tuning.refusal import TrainingRefused
from training.services.evaluation_jobs import CASES, write_evaluation_job
from training.services.folders import evaluation_folder
from training.services.processes import HARNESS, TrainingProcess, training_process

KIND = "evaluate_adapter"


@transaction.atomic
def start_evaluation(
    *, adapter: AdapterRow, by: User | None, cases: int = CASES, unique_key: str | None = None
) -> Operation:
    """Queue an evaluation. Raises TrainingRefused for a shared adapter that does not serve, another base, or an
    impossible number of cases, AdapterRefused where its file does not verify."""
    if not may_measure(adapter=adapter):
        detail = f"{adapter} is shared with all workspaces and serves none of them now."
        fix = "Whoever runs this installation measures it before it serves: evaluate_adapter --adapters FOLDER."
        raise TrainingRefused("This workspace does not use that adapter", detail, "adapter", fix)
    if adapter.base_digest != base_digest():
        raise TrainingRefused("That adapter is for another base", "It cannot be worn on this one.", "adapter")
    if not 1 <= cases <= MOST_CASES:
        raise TrainingRefused("A setting is out of range", f"From 1 to {MOST_CASES} cases are possible.", "cases")
    adapter_of(row=adapter)
    parameters = {"adapter": str(adapter.pk), "cases": cases}
    return start_operation(kind=KIND, title=f"Evaluate {adapter}", by=by, parameters=parameters, unique_key=unique_key)


def may_measure(*, adapter: AdapterRow) -> bool:
    """Whether this workspace may: its own adapters always, a shared one while it serves or is tried."""
    return not adapter.is_shared or adapter.is_serving or adapter.is_canary


def perform_evaluation(run: OperationRun) -> Effect:
    """Measure in a process of its own; one that was killed goes on after the last composition it kept."""
    adapter = _adapter(run.operation)
    folder = evaluation_folder(operation=run.operation)
    run.progress(0, "Checking the adapters")
    left_out = _written(adapter, folder=folder, operation=run.operation)
    with training_process(folder=folder, module=HARNESS) as process:
        _follow(run=run, process=process)
    return partial(_finish, operation=run.operation, folder=folder, left_out=left_out)


def last_evaluation(*, adapter: AdapterRow) -> Operation | None:
    """The newest operation that evaluated it."""
    return Operation.objects.filter(kind=KIND, parameters__adapter=str(adapter.pk)).first()


def _adapter(operation: Operation) -> AdapterRow:
    found = find_adapter(adapter_id=UUID(operation.parameters["adapter"]))
    if found is None:
        raise OperationProblem(title="The adapter is gone", detail="It is not registered any more.", where="adapter")
    return found


def _written(adapter: AdapterRow, *, folder: Path, operation: Operation) -> int:
    try:
        return write_evaluation_job(
            adapter=adapter, folder=folder, run_name=f"portal {operation.pk}", cases=operation.parameters["cases"]
        )
    except AdapterRefused as refusal:
        raise OperationProblem(title=refusal.title, detail=refusal.detail, where=refusal.where) from refusal


def _follow(*, run: OperationRun, process: TrainingProcess) -> None:
    """Until it ends. Raises OperationProblem unless it measured everything."""
    refused: Refused | None = None
    for event in process.events():
        if isinstance(event, Measured):
            run.progress(99 * event.done / event.of, f"{event.done} of {event.of}: {event.label}")
        elif isinstance(event, Refused):
            refused = event
    if refused is not None:
        fix = f"Evaluate on fewer cases, or allow more than {_limit()}." if refused.where == "memory" else refused.fix
        raise OperationProblem(title=refused.title, detail=refused.detail, where=refused.where, fix=fix)
    if process.process.returncode:
        killed = "The system ended it; it may have taken more memory than there is."
        raise OperationProblem(
            title="The evaluation ended before it was done",
            detail=killed if process.was_killed else process.last_words(),
            fix="Try again: it goes on with the next composition.",
        )


def _limit() -> str:
    return f"{settings.TRAINING_MEMORY_BYTES / 1e9:.1f} GB" if settings.TRAINING_MEMORY_BYTES else "this machine has"


def _finish(*, operation: Operation, folder: Path, left_out: int) -> Outcome:
    """The one effect: what was found, in the tenant's evaluations, whosever the adapter is."""
    adapter = _adapter(operation)
    rows = record_evaluations(measured=list(read_evaluations(folder=folder)), shared=False, now=timezone.now())
    result = _told(rows, adapter=adapter) | {"compositions_left_out": left_out}
    record_event(kind="adapter.evaluated", about=adapter, by=operation.created_by, after=result)
    return Outcome(result=result, result_url=f"/agents/adapters/{adapter.pk}/")


def _told(rows: Sequence[EvaluationRow], *, adapter: AdapterRow) -> dict[str, Any]:
    alone = {
        row.suite: {"score": row.score, "low": row.low, "high": row.high, "cases": row.case_count, "passed": row.passed}
        for row in rows
        if row.members == [adapter.sha256]
    }
    together = [row for row in rows if len(row.members) > 1]
    return {
        "adapter": str(adapter),
        "base_digest": adapter.base_digest,
        "alone": alone,
        "compositions": len(together),
        "compositions_passed": sum(row.passed for row in together),
    }
