"""Start, cancel and retry long work; the worker's half is in ``operation_runs``."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from tenants.models import Operation, User
from tenants.request_context import current_request_id
from tenants.services.audit import record_event
from tenants.services.outbox import enqueue


class OperationRefused(Exception):
    """The operation is not in a state that allows this."""


@transaction.atomic
def start_operation(
    *, kind: str, title: str, by: User | None, parameters: dict[str, Any], unique_key: str | None = None
) -> Operation:
    """Queue work in the caller's transaction: operation, outbox row and audit event stand or fall together.

    With a ``unique_key`` that was used before, the earlier operation is returned and nothing new starts
    (a double click).
    """
    asked = Operation(
        kind=kind,
        title=title[:200],
        queue=settings.OPERATION_KINDS[kind]["queue"],
        parameters=parameters,
        created_by=by,
        unique_key=unique_key,
        request_id=current_request_id(),
        queued_at=timezone.now(),
    )
    operation, is_new = _create_once(asked=asked)
    if is_new:
        enqueue(operation=operation)
        record_event(kind="operation.started", about=operation, by=by, after={"kind": kind})
    return operation


def _create_once(*, asked: Operation) -> tuple[Operation, bool]:
    """The database's unique key decides between two that ask at the same moment."""
    try:
        with transaction.atomic():
            asked.save(force_insert=True)
    except IntegrityError:
        if asked.unique_key is None:
            raise
        return Operation.objects.get(unique_key=asked.unique_key), False
    return asked, True


@transaction.atomic
def cancel_operation(*, operation: Operation, by: User | None) -> Operation:
    """Cancel what waits at once; ask what runs to stop at its next step."""
    locked = Operation.objects.select_for_update().get(pk=operation.pk)
    if locked.is_finished:
        raise OperationRefused(f"It has already ended: {locked.get_state_display().lower()}.")
    locked.cancel_requested = True
    if locked.state == Operation.State.QUEUED:
        locked.state, locked.step, locked.finished_at = Operation.State.CANCELLED, "Cancelled", timezone.now()
    locked.save()
    record_event(kind="operation.cancelled", about=locked, by=by)
    return locked


@transaction.atomic
def retry_operation(*, operation: Operation, by: User | None) -> Operation:
    """Queue a failed or cancelled operation again under the same id."""
    locked = Operation.objects.select_for_update().get(pk=operation.pk)
    if locked.state not in {Operation.State.FAILED, Operation.State.CANCELLED}:
        raise OperationRefused("Only a failed or cancelled operation can be tried again.")
    locked.state, locked.percent, locked.step = Operation.State.QUEUED, 0, "Waiting for a worker"
    locked.problem, locked.cancel_requested, locked.finished_at = None, False, None
    locked.lost_count = 0
    locked.queued_at = timezone.now()
    locked.save()
    enqueue(operation=locked)
    record_event(kind="operation.retried", about=locked, by=by)
    return locked
