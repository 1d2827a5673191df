"""Watch the sources after imports and every morning, keep what is found, and what people decide about it."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from harmonization.models import Anomaly, ImportRun
from harmonization.monitoring.fields import lost_fields
from harmonization.monitoring.finding import Finding
from harmonization.monitoring.watch import JUDGED_DAYS, Source, main_currency, watch
from harmonization.selectors import watched
from tenants.database.current import connection
from tenants.models import User
from tenants.services.audit import record_event
from tenants.services.wake_ups import set_wake_up

WAKE_UP = "watch_sources"
MORNING = time(6)
TOLD = ("summary", "observed", "expected", "oddness", "odds", "cause", "advice")
LONGEST_NOTE = 2_000
LOCK_NAMESPACE = 0x57_41_54
DECISIONS = frozenset({Anomaly.State.OPEN, Anomaly.State.ACKNOWLEDGED, Anomaly.State.EXPLAINED})


class DecisionRefused(Exception):
    """What was decided about an anomaly cannot be kept: what, where and how to mend it."""

    def __init__(self, *, title: str, detail: str, where: str, fix: str) -> None:
        super().__init__(detail)
        self.title, self.detail, self.where, self.fix = title, detail, where, fix


@transaction.atomic
def watch_sources(*, retailer_ids: Iterable[str], now: datetime, import_run: ImportRun | None = None) -> int:
    """Look at these sources again and keep what is found; how many anomalies are open afterwards. One at a time.

    Doing it twice changes nothing. What is no longer found is marked so unless somebody decided about it; what a person
    acknowledged or explained stays that. Reads at most 400 days and 30 campaigns of a source. The next look is set for
    tomorrow morning, so that late sources are noticed without an import.
    """
    _wait_for_turn()
    for retailer_id in sorted(set(retailer_ids)):
        _watch_source(retailer_id=retailer_id, now=now, import_run=import_run)
    tomorrow = timezone.localtime(now).replace(hour=MORNING.hour, minute=0, second=0, microsecond=0) + timedelta(days=1)
    set_wake_up(kind=WAKE_UP, subject_id=connection.tenant.pk, due_at=tomorrow)
    return Anomaly.objects.open().count()


def watch_every_source(subject_id: UUID, now: datetime) -> datetime | None:
    """The relay's morning look at all sources of a workspace; None while it has none."""
    sources = watched.source_ids()
    if not sources:
        return None
    watch_sources(retailer_ids=sources, now=now)
    return now + timedelta(days=1)


@transaction.atomic
def decide_anomaly(*, anomaly: Anomaly, state: str, note: str, by: User | None, at: datetime) -> Anomaly:
    """Acknowledge, explain (with a note) or open again. Raises DecisionRefused."""
    note = note.replace("\x00", "").strip()
    _check_decision(state=state, note=note)
    locked = Anomaly.objects.select_for_update().get(pk=anomaly.pk)
    before = {"state": locked.state, "note": locked.note}
    locked.state, locked.note, locked.decided_by, locked.decided_at = state, note, by, at
    locked.save(update_fields=["state", "note", "decided_by", "decided_at"])
    verb = "reopened" if state == Anomaly.State.OPEN else state
    record_event(kind=f"anomaly.{verb}", about=locked, by=by, before=before, after={"state": state, "note": note})
    return locked


def _wait_for_turn() -> None:
    """Let the looks of one tenant queue up until the transaction ends; imports go on beside them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK_NAMESPACE, connection.schema_name])


def _check_decision(*, state: str, note: str) -> None:
    if state not in DECISIONS:
        raise DecisionRefused(
            title="There is no such decision",
            detail=f"“{state}” is none of {', '.join(sorted(DECISIONS))}.",
            where="state",
            fix="Choose acknowledged, explained or open.",
        )
    if state == Anomaly.State.EXPLAINED and not note:
        raise DecisionRefused(
            title="An explanation needs words",
            detail="Whoever looks at this day next wants to know what happened.",
            where="note",
            fix="Say in a sentence what happened, or choose “acknowledged”.",
        )
    if len(note) > LONGEST_NOTE:
        raise DecisionRefused(
            title="The note is too long",
            detail=f"It has {len(note):,} characters; at most {LONGEST_NOTE:,} are kept.",
            where="note",
            fix="Shorten it.",
        )


def _watch_source(*, retailer_id: str, now: datetime, import_run: ImportRun | None) -> None:
    days = watched.source_days(retailer_id=retailer_id)
    if not days:
        return
    since = max(one.day for one in days) - timedelta(days=JUDGED_DAYS)
    currency = main_currency(days=days)[0].currency
    oldest = max(one.day for one in days) - timedelta(days=watched.WATCHED_DAYS)
    source = Source(
        days=days,
        campaigns=watched.campaign_days(retailer_id=retailer_id, currency=currency, since=oldest),
        arrivals=watched.arrivals(retailer_id=retailer_id),
        fields=_lost_fields(retailer_id),
    )
    found = watch(source=source, today=timezone.localtime(now).date())
    known = {_key(one): one for one in Anomaly.objects.filter(retailer_id=retailer_id, event_date__gt=since)}
    _keep(found=found, known=known, retailer_id=retailer_id, now=now, import_run=import_run)


def _keep(
    *,
    found: Iterable[Finding],
    known: dict[tuple[object, ...], Anomaly],
    retailer_id: str,
    now: datetime,
    import_run: ImportRun | None,
) -> None:
    new, seen = [], []
    for finding in found:
        told = {name: getattr(finding, name) for name in TOLD}
        anomaly = known.pop(_key(finding), None)
        if anomaly is None:
            subject = {"event_date": finding.event_date, "campaign_id": finding.campaign_id, "metric": finding.metric}
            times = {"found_at": now, "last_found_at": now, "import_run": import_run}
            new.append(Anomaly(retailer_id=retailer_id, kind=finding.kind.value, **subject, **told, **times))
            continue
        for name, value in told.items():
            setattr(anomaly, name, value)
        anomaly.last_found_at = now
        anomaly.state = Anomaly.State.OPEN if anomaly.state == Anomaly.State.GONE else anomaly.state
        seen.append(anomaly)
    Anomaly.objects.bulk_create(new)
    Anomaly.objects.bulk_update(seen, [*TOLD, "last_found_at", "state"], batch_size=500)
    gone = [one.pk for one in known.values()]
    Anomaly.objects.open().filter(pk__in=gone).update(state=Anomaly.State.GONE)


def _key(one: Finding | Anomaly) -> tuple[object, ...]:
    return (one.event_date, str(one.kind), one.campaign_id, one.metric)


def _lost_fields(retailer_id: str) -> list[Finding]:
    return [
        finding
        for group in watched.filled_fields(retailer_id=retailer_id)
        for before, after in pairwise(group)
        for finding in lost_fields(before=before.shares, after=after.shares, event_date=after.period_end)
    ]
