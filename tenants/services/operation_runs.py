"""The worker's half of an operation: claim, progress, heartbeat, and one effect however often it is delivered."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import structlog
from django.conf import settings
from django.db import Error, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tenants.utils import tenant_context

from tenants.database.current import connection
from tenants.models import Operation, Tenant
from tenants.request_context import use_request_id
from tenants.services.audit import record_event
from tenants.services.outbox import enqueue
from tenants.services.wake_ups import set_wake_up

logger = structlog.get_logger(__name__)

Effect = Callable[[], "Outcome | Postponement"]
RESUME = "operation"
SECONDS_BETWEEN_STEPS = 0.25


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an operation leaves: JSON for the API, and where in the portal to look."""

    result: dict[str, Any]
    result_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Postponement:
    """Not finished yet: give the worker back and go on at ``until``, under the same operation. ``step`` says why."""

    until: datetime
    step: str


class OperationProblem(Exception):
    """An expected failure, told to the user: what, why, and how to fix it."""

    def __init__(self, *, title: str, detail: str, where: str = "", fix: str = "") -> None:
        super().__init__(f"{title}: {detail}")
        self.problem = {"title": title, "detail": detail, "where": where, "fix": fix}


class OperationStopped(Exception):
    """Cancelled by a person, or taken over by another worker: stop without effect."""


class Handler(Protocol):
    """Does the long part with no effect on the database, and returns the effect, run once in one transaction."""

    def __call__(self, run: "OperationRun") -> Effect: ...


class Pace:
    """Lets something through at most once in so many seconds, counted from the start."""

    def __init__(self, *, seconds: float) -> None:
        self.seconds, self.last = seconds, time.monotonic()

    def is_due(self) -> bool:
        now = time.monotonic()
        if now - self.last < self.seconds:
            return False
        self.last = now
        return True


@dataclass(frozen=True, kw_only=True)
class OperationRun:
    """One attempt at one operation."""

    operation: Operation
    attempt: int
    pace: "Pace" = field(default_factory=lambda: Pace(seconds=SECONDS_BETWEEN_STEPS))

    def progress(self, percent: float, step: str) -> None:
        """Show percent (0-100) and step, renew the lease; raises OperationStopped when this attempt should end.

        A step that comes right after another, or after the claim, is passed over: nobody could read it, and work that
        takes a moment should not spend it on saying so. The effect looks again whether the attempt should end.
        """
        if not self.pace.is_due():
            return
        alive = Operation.objects.filter(
            pk=self.operation.pk, attempt=self.attempt, state=Operation.State.RUNNING, cancel_requested=False
        ).update(percent=min(99, int(percent)), step=step[:120], heartbeat_at=timezone.now())
        if not alive:
            raise OperationStopped


def run_operation(*, operation_id: str) -> str:
    """Claim and do one operation; its state afterwards, or ``skipped`` when another delivery has it."""
    run = _claim(operation_id=operation_id)
    if run is None:
        return "skipped"
    use_request_id(run.operation.request_id)
    handler: Handler = import_string(settings.OPERATION_KINDS[run.operation.kind]["handler"])
    try:
        with _heartbeat(run=run):
            effect = handler(run)
            _finish(run=run, effect=effect)
    except OperationStopped:
        _mark_cancelled(run=run)
    except OperationProblem as error:
        _mark_failed(run=run, problem=error.problem)
    except Exception:
        logger.exception("operation_crashed", operation=operation_id, kind=run.operation.kind)
        _mark_failed(run=run, problem=_unexpected_problem(run=run))
    return Operation.objects.values_list("state", flat=True).get(pk=operation_id)


def _claim(*, operation_id: str) -> OperationRun | None:
    now = timezone.now()
    claimed = Operation.objects.filter(pk=operation_id, state=Operation.State.QUEUED, cancel_requested=False).update(
        state=Operation.State.RUNNING, attempt=F("attempt") + 1, started_at=now, heartbeat_at=now, step="Starting"
    )
    if not claimed:
        return None
    operation = Operation.objects.get(pk=operation_id)
    return OperationRun(operation=operation, attempt=operation.attempt)


@transaction.atomic
def _finish(*, run: OperationRun, effect: Effect) -> None:
    operation = Operation.objects.select_for_update().get(pk=run.operation.pk)
    if operation.attempt != run.attempt or operation.state != Operation.State.RUNNING or operation.cancel_requested:
        raise OperationStopped
    outcome = effect()
    if isinstance(outcome, Postponement):
        _postpone(operation=operation, postponement=outcome)
        return
    operation.state, operation.percent, operation.step = Operation.State.DONE, 100, "Done"
    operation.result, operation.result_url = outcome.result, outcome.result_url
    operation.finished_at = timezone.now()
    operation.save()
    record_event(kind="operation.done", about=operation, by=operation.created_by)


def _postpone(*, operation: Operation, postponement: Postponement) -> None:
    """Back to queued, with a wake-up in place of a message; ``queued_at`` ahead keeps the sweeper away until then."""
    operation.state, operation.step = Operation.State.QUEUED, postponement.step[:120]
    operation.queued_at = postponement.until
    operation.save()
    set_wake_up(kind=RESUME, subject_id=operation.pk, due_at=postponement.until)


def resume_operation(subject_id: UUID, now: datetime) -> None:
    """The waker of postponed operations: put a message in the outbox, unless it was cancelled meanwhile."""
    operation = Operation.objects.filter(pk=subject_id, state=Operation.State.QUEUED).first()
    if operation is not None:
        enqueue(operation=operation)


def _mark_cancelled(*, run: OperationRun) -> None:
    Operation.objects.filter(
        pk=run.operation.pk, attempt=run.attempt, state=Operation.State.RUNNING, cancel_requested=True
    ).update(state=Operation.State.CANCELLED, step="Cancelled", finished_at=timezone.now())


@transaction.atomic
def _mark_failed(*, run: OperationRun, problem: dict[str, str]) -> None:
    failed = Operation.objects.filter(pk=run.operation.pk, attempt=run.attempt, state=Operation.State.RUNNING).update(
        state=Operation.State.FAILED, step="Failed", problem=problem, finished_at=timezone.now()
    )
    if failed:
        record_event(kind="operation.failed", about=run.operation, by=run.operation.created_by, after=problem)


def _unexpected_problem(*, run: OperationRun) -> dict[str, str]:
    reference = run.operation.request_id or run.operation.pk
    return {
        "title": "Something went wrong on our side",
        "detail": "The work stopped on an unexpected error. Nothing was changed.",
        "fix": f"Try again. If it fails again, send support this reference: {reference}.",
    }


@contextmanager
def _heartbeat(*, run: OperationRun) -> Iterator[None]:
    """Renew the lease from a thread of its own while a long step gives no sign (not inside a test's transaction)."""
    if connection.in_atomic_block:
        yield
        return
    stop = threading.Event()
    tenant = Tenant.objects.get(schema_name=connection.schema_name)
    thread = threading.Thread(target=_beat, args=(run, tenant, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat(run: OperationRun, tenant: Tenant, stop: threading.Event) -> None:
    while not stop.wait(settings.OPERATION_LEASE_SECONDS / 4):
        try:
            with tenant_context(tenant):
                Operation.objects.filter(pk=run.operation.pk, attempt=run.attempt).update(heartbeat_at=timezone.now())
        except Error as error:
            logger.warning("heartbeat_failed", error=str(error))
            connection.close()  # the next beat takes a fresh connection
    connection.close()
