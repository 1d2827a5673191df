"""Reallocations: proposed from a bandit's log by a worker, made final by a person."""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from campaigns.bandits.decisions import BanditRefused
from campaigns.bandits.reallocation import Guardrails
from campaigns.models import ReallocationSchedule
from campaigns.services.bandit_files import LogColumns, ReplayWish, log_of_file, replay_file
from campaigns.services.daily_reallocations import KIND, SOURCE, asked_of, reallocate
from campaigns.services.experiment_uploads import Chunked, keep_checked, kept_path
from tenants.models import AuditEvent, Operation, User
from tenants.services.audit import record_event
from tenants.services.operation_runs import Effect, OperationProblem, OperationRun, Outcome
from tenants.services.operations import start_operation

APPROVED = "reallocation.approved"


class ReallocationRefused(Exception):
    """There is nothing to approve, or it is approved already."""


def request_reallocation(*, file: Chunked, wish: ReplayWish, name: str, by: User | None) -> Operation:
    """Keep the log, look whether it can be read, and queue the proposal.

    Raises BanditRefused with the column or row that is wrong; nothing is kept then.
    """
    kept = keep_checked(
        file=file, check=lambda path: log_of_file(path=path, columns=wish.columns), refused=BanditRefused
    )
    with transaction.atomic():
        return start_operation(
            kind=KIND,
            title=f"Reallocation “{name.strip() or kept.name}”"[:200],
            by=by,
            parameters={"stored": kept.path, "file_name": kept.name, "sha256": kept.sha256, "wish": asdict(wish)},
        )


def perform_reallocation(run: OperationRun) -> Effect:
    """The worker's half: nothing is written but the operation's own result."""
    parameters = run.operation.parameters
    run.progress(10, "Judging shares on days and decisions not learnt from")
    try:
        found = _proposed(parameters)
    except BanditRefused as refusal:
        raise OperationProblem(
            title=refusal.title, detail=refusal.detail, where=refusal.where, fix="Correct the data or the guardrails."
        ) from refusal
    return lambda: Outcome(result=found, result_url=f"/plans/reallocations/{run.operation.pk}/")


def _proposed(parameters: dict[str, Any]) -> dict[str, Any]:
    """From the facts by the tenant's schedule, or from the log that was uploaded."""
    if parameters.get("source") == SOURCE:
        schedule = asked_of(schedule=ReallocationSchedule.current())
        return reallocate(schedule=schedule, seed=parameters["seed"])
    found = replay_file(path=kept_path(stored=parameters["stored"]), wish=_from_json(parameters["wish"]))
    return found | {"file_name": parameters["file_name"], "sha256": parameters["sha256"]}


@transaction.atomic
def approve_reallocation(*, operation: Operation, by: User) -> AuditEvent:
    """Make the proposed shares those that decisions are drawn with, and logged as their propensities, from now on.

    Raises ReallocationRefused where there is no proposal, or it was approved before.
    """
    locked = Operation.objects.select_for_update().get(pk=operation.pk)
    if locked.kind != KIND or locked.result is None:
        raise ReallocationRefused("There is no proposal to approve yet.")
    if approval_of(operation=locked) is not None:
        raise ReallocationRefused("This reallocation is approved already.")
    shares = {one["name"]: one["shares"] for one in locked.result["arms"]}
    before = {one["name"]: one["current"] for one in locked.result["arms"]}
    return record_event(kind=APPROVED, about=locked, by=by, before={"shares": before}, after={"shares": shares})


def approval_of(*, operation: Operation) -> AuditEvent | None:
    """Who approved it and when, from the audit log; None while nobody has."""
    return AuditEvent.objects.filter(kind=APPROVED, about_id=str(operation.pk)).first()


def _from_json(stored: dict[str, Any]) -> ReplayWish:
    return ReplayWish(
        columns=LogColumns(**stored["columns"]),
        guardrails=Guardrails(**stored["guardrails"]),
        confidence=stored["confidence"],
        seed=stored["seed"],
    )
