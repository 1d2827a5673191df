"""Write and verify the audit log of the current tenant."""

from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from tenants.database.current import connection
from tenants.governance.audit_chain import GENESIS, Break, Head, Link, as_stored, link_hash, verify_chain
from tenants.models import AuditEvent, AuditHead, User
from tenants.request_context import current_request_id

LOCK_NAMESPACE = 0x52_4D_4E


class Auditable(Protocol):
    """Anything with a primary key can be the subject of an event."""

    pk: Any


def record_event(
    *,
    kind: str,
    about: Auditable,
    by: User | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one event to the tenant's chain, in the caller's transaction.

    Args:
        kind: what happened, as ``noun.verbed``, e.g. ``plan.approved``.
        about: the object it happened to.
        by: the actor; None is the system itself.
        before, after: JSON values that changed.
    """
    with transaction.atomic():
        _lock_chain()
        head = AuditHead.objects.filter(pk=1).first()
        event = AuditEvent(
            sequence=head.sequence + 1 if head else 1,
            occurred_at=timezone.now(),
            actor_id=by.pk if by else None,
            actor_label=by.email if by else "system",
            kind=kind,
            about_type=type(about)._meta.label_lower if hasattr(about, "_meta") else type(about).__name__,
            about_id=str(about.pk),
            about_label=str(about)[:200],
            before=as_stored(before),
            after=as_stored(after),
            request_id=current_request_id(),
            previous_hash=head.hash if head else GENESIS,
        )
        event.hash = link_hash(previous_hash=event.previous_hash, content=event.hashed_content())
        event.save(force_insert=True)
        AuditHead.objects.update_or_create(pk=1, defaults={"sequence": event.sequence, "hash": event.hash})
    return event


def verify_audit_log() -> tuple[int, Break | None]:
    """Check every row of the current tenant's chain and that none is missing at its end; rows whole, first break."""
    head = AuditHead.objects.filter(pk=1).first()
    rows = AuditEvent.objects.filter(sequence__lte=head.sequence) if head else AuditEvent.objects.all()
    links = (
        Link(sequence=row.sequence, content=row.hashed_content(), previous_hash=row.previous_hash, hash=row.hash)
        for row in rows.order_by("sequence").iterator(chunk_size=2000)
    )
    return verify_chain(links=links, head=Head(sequence=head.sequence, hash=head.hash) if head else None)


def _lock_chain() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK_NAMESPACE, connection.schema_name])
