"""The audit log by kind, actor, day and subject."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from tenants.models import AuditEvent


def events_matching(
    *,
    zone: ZoneInfo,
    kind: str = "",
    actor: str = "",
    about: str = "",
    first_day: date | None = None,
    last_day: date | None = None,
) -> QuerySet[AuditEvent]:
    """Newest first; days are the tenant's own (``zone``), both included; an empty filter matches all."""
    found = AuditEvent.objects.all()
    if kind:
        found = found.filter(kind=kind)
    if actor:
        found = found.filter(actor_label__icontains=actor)
    if about:
        found = found.filter(about_id=about)
    if first_day is not None:
        found = found.filter(occurred_at__gte=datetime.combine(first_day, time.min, zone))
    if last_day is not None:
        found = found.filter(occurred_at__lte=datetime.combine(last_day, time.max, zone))
    return found


def recorded_kinds() -> list[str]:
    """Kinds of events that this tenant's log holds, in alphabetical order."""
    return list(AuditEvent.objects.order_by("kind").values_list("kind", flat=True).distinct())
