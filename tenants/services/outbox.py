"""Carry outbox rows to the broker, and put work back that lost its worker or its message."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tenants.utils import schema_context, tenant_context
from psycopg import sql

from tenants.database.current import connection
from tenants.models import Operation, OutboxMessage, Tenant
from tenants.services.audit import record_event

logger = structlog.get_logger(__name__)

BATCH = 100


def relay_outbox() -> int:
    """Send what waits, oldest first; how many were sent. A broker that is away leaves the rest for the next call."""
    deliver = import_string(settings.OPERATION_DELIVERY)
    sent = 0
    with schema_context("public"), transaction.atomic():
        waiting = OutboxMessage.objects.select_for_update(skip_locked=True).filter(sent_at=None).order_by("pk")[:BATCH]
        for message in waiting:
            try:
                deliver(message)
            except ConnectionError as error:
                logger.warning("broker_unreachable", error=str(error))
                break
            message.sent_at = timezone.now()
            message.save(update_fields=["sent_at"])
            sent += 1
    return sent


def sweep_operations(*, now: datetime) -> int:
    """Queue again what runs without a heartbeat or waits without a message; how many, over all live tenants."""
    stale = _stale_operations(now=now)
    for tenant, operation_ids in stale.items():
        with tenant_context(tenant):
            for operation_id in operation_ids:
                requeue_lost_operation(operation_id=operation_id, now=now)
    return sum(len(ids) for ids in stale.values())


@transaction.atomic
def requeue_lost_operation(*, operation_id: str, now: datetime) -> None:
    """Give a lost operation another attempt; after ``OPERATION_ATTEMPTS`` lost workers, fail it with a reason."""
    operation = Operation.objects.select_for_update().get(pk=operation_id)
    if operation.is_finished or not _is_lost(operation=operation, now=now):
        return
    if operation.state == Operation.State.RUNNING:
        operation.lost_count += 1
    if operation.cancel_requested:
        operation.state, operation.step, operation.finished_at = Operation.State.CANCELLED, "Cancelled", now
    elif operation.lost_count >= settings.OPERATION_ATTEMPTS:
        _give_up(operation=operation, now=now)
    else:
        operation.state, operation.step, operation.queued_at = Operation.State.QUEUED, "Waiting for a new worker", now
        enqueue(operation=operation)
    operation.save()


def enqueue(*, operation: Operation) -> None:
    """Write the outbox row; the relay sends it right after commit, or later if the broker is away."""
    OutboxMessage.objects.create(schema_name=connection.schema_name, operation_id=operation.pk, queue=operation.queue)
    transaction.on_commit(relay_outbox, robust=True)


def _give_up(*, operation: Operation, now: datetime) -> None:
    operation.state, operation.step, operation.finished_at = Operation.State.FAILED, "Failed", now
    operation.problem = {
        "title": "The work was interrupted too often",
        "detail": f"{operation.lost_count} workers stopped while doing it. Nothing was changed.",
        "fix": "Try again; if it stops again, the input may be too large for this machine.",
    }
    record_event(kind="operation.failed", about=operation, by=operation.created_by, after=operation.problem)


def _is_lost(*, operation: Operation, now: datetime) -> bool:
    lease = timedelta(seconds=settings.OPERATION_LEASE_SECONDS)
    if operation.state == Operation.State.RUNNING:
        return operation.heartbeat_at is None or operation.heartbeat_at < now - lease
    return operation.queued_at < now - timedelta(seconds=settings.OPERATION_REDELIVERY_SECONDS)


def _stale_operations(*, now: datetime) -> dict[Tenant, list[str]]:
    """Ids of lost operations by tenant: one UNION over all schemas, however many tenants there are."""
    tenants = {tenant.schema_name: tenant for tenant in Tenant.objects.live()}
    if not tenants:
        return {}
    running_before = now - timedelta(seconds=settings.OPERATION_LEASE_SECONDS)
    queued_before = now - timedelta(seconds=settings.OPERATION_REDELIVERY_SECONDS)
    query = sql.SQL(" UNION ALL ").join(
        sql.SQL(
            "SELECT {name} AS schema_name, id FROM {table} "
            "WHERE (state = 'running' AND heartbeat_at < {running_before}) "
            "OR (state = 'queued' AND queued_at < {queued_before})"
        ).format(
            name=sql.Literal(name),
            table=sql.Identifier(name, Operation._meta.db_table),
            running_before=sql.Literal(running_before),
            queued_before=sql.Literal(queued_before),
        )
        for name in tenants
    )
    found: dict[Tenant, list[str]] = {}
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute(query)
        for schema_name, operation_id in cursor.fetchall():
            found.setdefault(tenants[schema_name], []).append(operation_id)
    return found
