"""Set up, change, pause and test sources. Every change is audited; when it is due next is part of the change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from harmonization.connectors.protocol import Access, Connection, SourceRefused
from harmonization.connectors.registry import KindUnknown, connector
from harmonization.models import DataSource, SourceFile
from harmonization.selectors.mapping_versions import find_mapping
from harmonization.services.source_credentials import opened_secrets
from harmonization.timing.schedule import Schedule, ScheduleInvalid, check_schedule, in_words, next_due
from tenants.database.current import connection
from tenants.models import Tenant, User
from tenants.services.audit import record_event
from tenants.services.wake_ups import set_wake_up

WAKE_UP = "source"
DECIDED = (
    "name",
    "retailer",
    "mapping_name",
    "options",
    "every_minutes",
    "daily_at",
    "timezone",
    "next_run_at",
    "cursor",
)  # what a change writes: a worker may be writing the rest meanwhile


@dataclass(frozen=True, kw_only=True)
class SourceSettings:
    """What a person decides about a source, apart from its secrets."""

    name: str
    retailer: str = ""
    mapping_name: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    schedule: Schedule


@transaction.atomic
def create_source(*, kind: str, wish: SourceSettings, by: User | None, now: datetime) -> DataSource:
    """A new source, enabled. Raises SourceRefused whose ``where`` names the setting."""
    source = DataSource(kind=kind, created_by=by)
    _fill(source=source, wish=wish)
    source.next_run_at = next_due(schedule=wish.schedule, after=now)
    _save(source)
    set_wake_up(kind=WAKE_UP, subject_id=source.pk, due_at=source.next_run_at)
    record_event(kind="source.created", about=source, by=by, after=_audited(source))
    return source


@transaction.atomic
def update_source(*, source: DataSource, wish: SourceSettings, by: User | None, now: datetime) -> DataSource:
    """Change it. Files that failed are tried again, because the cause may be mended. Raises SourceRefused."""
    due_at = next_due(schedule=wish.schedule, after=now) if source.is_enabled else None
    set_wake_up(kind=WAKE_UP, subject_id=source.pk, due_at=due_at)  # first, as the relay does: one order of locks
    before, had = _audited(source), source.options
    _fill(source=source, wish=wish)
    source.next_run_at = due_at
    if source.options != had:
        source.cursor = ""
    _save(source)
    SourceFile.objects.filter(source=source, state=SourceFile.State.FAILED).delete()
    record_event(kind="source.changed", about=source, by=by, before=before, after=_audited(source))
    return source


@transaction.atomic
def set_enabled(*, source: DataSource, is_enabled: bool, by: User | None, now: datetime) -> DataSource:
    """Pause it, or let it run by its schedule again; asking for what is so already changes nothing."""
    if source.is_enabled == is_enabled:
        return source
    due_at = next_due(schedule=source.schedule, after=now) if is_enabled else None
    set_wake_up(kind=WAKE_UP, subject_id=source.pk, due_at=due_at)
    source.is_enabled, source.next_run_at = is_enabled, due_at
    source.save(update_fields=["is_enabled", "next_run_at"])
    record_event(kind="source.resumed" if is_enabled else "source.paused", about=source, by=by)
    return source


def connect(*, source: DataSource) -> Connection:
    """Open a source with its secrets. Raises SourceRefused."""
    access = Access(options=source.options, secrets=opened_secrets(source=source), tenant=_slug())
    return connector(kind=source.kind).connect(access)


def probe_source(*, source: DataSource, by: User | None) -> str:
    """Reach the source without taking anything; a sentence on what was found. Raises SourceRefused (SourceBusy)."""
    try:
        answer = connect(source=source).test()
    except SourceRefused as refusal:
        record_event(kind="source.tested", about=source, by=by, after={"answer": refusal.problem["title"]})
        raise
    record_event(kind="source.tested", about=source, by=by, after={"answer": answer})
    return answer


def _fill(*, source: DataSource, wish: SourceSettings) -> None:
    try:
        options = connector(kind=source.kind).check(options=wish.options, tenant=_slug())
        check_schedule(wish.schedule)
    except KindUnknown as error:
        raise _wrong(where="kind", detail=str(error)) from error
    except ScheduleInvalid as error:
        raise _wrong(where=error.field, detail=str(error)) from error
    if not wish.name.strip() or len(wish.name) > 80:
        raise _wrong(where="name", detail="Give it a name of 1 to 80 characters.")
    if wish.mapping_name and find_mapping(name=wish.mapping_name) is None:
        raise _wrong(where="mapping", detail=f"“{wish.mapping_name[:80]}” is not a mapping of this workspace or site.")
    source.name, source.retailer, source.mapping_name = wish.name.strip(), wish.retailer.strip()[:80], wish.mapping_name
    source.options = options
    source.every_minutes, source.daily_at = wish.schedule.every_minutes, wish.schedule.daily_at
    source.timezone = wish.schedule.timezone


def _save(source: DataSource) -> None:
    try:
        with transaction.atomic():
            source.save(update_fields=None if source._state.adding else DECIDED)
    except IntegrityError as error:
        raise _wrong(where="name", detail=f"There is a source called “{source.name}” already.") from error


def _audited(source: DataSource) -> dict[str, Any]:
    return {
        "name": source.name,
        "kind": source.kind,
        "mapping": source.mapping_name,
        "schedule": in_words(source.schedule),
        **source.options,
    }


def _slug() -> str:
    tenant = connection.tenant
    if not isinstance(tenant, Tenant):
        raise TypeError("a source belongs to a tenant")
    return tenant.slug


def _wrong(*, where: str, detail: str) -> SourceRefused:
    return SourceRefused(title="The source cannot be set up so", detail=detail, where=where)
