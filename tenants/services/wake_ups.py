"""Wake things of all tenants when their time has come: one owner (the relay), one cheap query per tick."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django_tenants.utils import schema_context, tenant_context

from tenants.database.current import connection
from tenants.models import Tenant, WakeUp

logger = structlog.get_logger(__name__)

BATCH = 50
AFTER_AN_ERROR = timedelta(minutes=5)

Waker = Callable[[UUID, datetime], datetime | None]


def set_wake_up(*, kind: str, subject_id: UUID, due_at: datetime | None) -> None:
    """Wake this subject of the current tenant at ``due_at`` (once); None: let it sleep. In the caller's transaction."""
    rows = WakeUp.objects.filter(schema_name=connection.schema_name, kind=kind, subject_id=subject_id)
    if due_at is None:
        rows.delete()
        return
    WakeUp.objects.update_or_create(
        schema_name=connection.schema_name, kind=kind, subject_id=subject_id, defaults={"due_at": due_at}
    )


def ring_wake_ups(*, now: datetime) -> int:
    """Call the waker of everything that is due; how many were called.

    Each is locked, woken and given its next time in one transaction, so a relay that dies leaves it due, and two
    relays never wake the same one twice. An error of one is logged, and that one waits five minutes.
    """
    rung = 0
    while rung < BATCH and _ring_next(now=now):
        rung += 1
    return rung


def _ring_next(*, now: datetime) -> bool:
    with schema_context("public"), transaction.atomic():
        due = WakeUp.objects.select_for_update(skip_locked=True).filter(due_at__lte=now).order_by("due_at").first()
        if due is None:
            return False
        try:
            with transaction.atomic():
                next_at = _wake(due=due, now=now)
        except Exception:
            logger.exception("wake_up_failed", kind=due.kind, schema=due.schema_name, subject=str(due.subject_id))
            next_at = now + AFTER_AN_ERROR
        if next_at is None:
            due.delete()
        else:
            due.due_at = next_at
            due.save(update_fields=["due_at"])
    return True


def _wake(*, due: WakeUp, now: datetime) -> datetime | None:
    """What the waker says is the next time; a tenant that is gone or suspended sleeps (an hour, when suspended)."""
    tenant = Tenant.objects.filter(schema_name=due.schema_name).first()
    if tenant is None:
        return None
    if tenant.status != Tenant.Status.LIVE:
        return now + timedelta(hours=1)
    waker: Waker = import_string(settings.WAKE_UP_KINDS[due.kind])
    with tenant_context(tenant):
        return waker(due.subject_id, now)
