"""Run a source: started by its schedule or a person, once at a time, resumed until it is over."""

from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from harmonization.connectors.protocol import Findings, KnownFile, Look, SourceBusy, SourceRefused
from harmonization.models import DataSource, SourceFile, SourceRun
from harmonization.services.source_files import known_files, record_failed, take_files
from harmonization.services.sources import connect
from harmonization.timing.schedule import next_due
from tenants.models import User
from tenants.services.operation_runs import Effect, OperationProblem, OperationRun, Outcome, Postponement, run_operation
from tenants.services.operations import start_operation

MOST_TRIES = 6
COUNTS = ("files_seen", "files_taken", "files_skipped", "files_failed")
FIRST_DELAY, LONGEST_DELAY = timedelta(minutes=1), timedelta(hours=1)
LONGEST_ASKED_DELAY = timedelta(hours=6)


class RunRefused(Exception):
    """The source is being read already."""


@transaction.atomic
def start_run(*, source: DataSource, by: User | None, now: datetime) -> SourceRun:
    """Queue a run. Raises RunRefused while one is under way; one whose operation ended otherwise is closed first."""
    locked = DataSource.objects.select_for_update().get(pk=source.pk)
    for earlier in SourceRun.objects.filter(source=locked, state=SourceRun.State.RUNNING).select_related("operation"):
        if earlier.is_under_way:
            raise RunRefused(f"“{locked.name}” is being read already.")
        earlier.state, earlier.finished_at = SourceRun.State.FAILED, now
        earlier.problem = earlier.shown_problem or {"title": "The run was cancelled", "detail": "Nothing was lost."}
        earlier.save()
    run = SourceRun.objects.create(source=locked, asked_by=by, started_at=now)
    run.operation = start_operation(
        kind="source",
        title=f"Read {locked.name}",
        by=by,
        parameters={"source_run_id": str(run.pk), "source_id": str(locked.pk)},
        unique_key=f"source-run:{run.pk}",
    )
    run.save(update_fields=["operation"])
    DataSource.objects.filter(pk=locked.pk).update(last_run_at=now)
    return run


def run_here(*, source: DataSource) -> dict[str, Any]:
    """Start a run and do its first step in this process; a run that waits is left to the workers."""
    run = start_run(source=source, by=None, now=timezone.now())
    run_operation(operation_id=str(run.operation_id))
    done = SourceRun.objects.select_related("operation").get(pk=run.pk)
    if done.state == SourceRun.State.FAILED or done.shown_problem:
        raise SourceRefused(**{key: str(text) for key, text in (done.shown_problem or {}).items()})
    counts = {name: getattr(done, name) for name in COUNTS}
    step = done.operation.step if done.operation is not None else ""
    return {"source": source.name, "run_id": str(done.pk), "state": done.state, "step": step, **counts}


def start_due_run(subject_id: UUID, now: datetime) -> datetime | None:
    """The waker of sources: start a run unless one is under way; when the source is due next.

    Called in one transaction with the wake-up's row locked, so no two relays start the same run.
    """
    source = DataSource.objects.enabled().filter(pk=subject_id).first()
    if source is None:
        return None
    due_at = next_due(schedule=source.schedule, after=now)
    with suppress(RunRefused):  # it goes on; the next time comes as planned
        start_run(source=source, by=None, now=now)
    DataSource.objects.filter(pk=source.pk).update(next_run_at=due_at)
    return due_at


def perform_source_run(run: OperationRun) -> Effect:
    """Look, take in what is there, and end, or come back later. Raises OperationProblem."""
    source_run, now = _run_of(run), timezone.now()
    source = source_run.source
    run.progress(1, "Connecting")
    known = known_files(source=source)
    try:
        connection = connect(source=source)
        findings = connection.look(_look(run=run, source_run=source_run, known=known, now=now))
        record_failed(failed=findings.failed, source_run=source_run, now=now)
        take_files(files=findings.files, known=known, source_run=source_run, connection=connection, run=run, now=now)
    except SourceBusy as trouble:
        if source_run.failed_tries + 1 >= MOST_TRIES:
            raise _failed(source_run=source_run, problem=trouble.problem) from trouble
        return partial(_try_later, source_run=source_run, trouble=trouble, now=now)
    except SourceRefused as refusal:
        raise _failed(source_run=source_run, problem=refusal.problem) from refusal
    if findings.again_at is not None:
        return partial(_look_again, source_run=source_run, findings=findings, until=findings.again_at)
    return partial(_close, source_run=source_run, findings=findings, now=now)


def _run_of(run: OperationRun) -> SourceRun:
    """The run of this operation; one that had failed goes on when a person asks for it again."""
    rows = SourceRun.objects.select_related("source", "asked_by")
    source_run = rows.get(pk=run.operation.parameters["source_run_id"])
    if source_run.state == SourceRun.State.RUNNING:
        return source_run
    source_run.state, source_run.problem, source_run.finished_at = SourceRun.State.RUNNING, None, None
    source_run.failed_tries = 0
    try:
        with transaction.atomic():
            source_run.save()
    except IntegrityError as error:
        detail = f"A later run of “{source_run.source.name}” is under way."
        raise OperationProblem(title="Another run is under way", detail=detail) from error
    return source_run


def _look(*, run: OperationRun, source_run: SourceRun, known: dict[str, KnownFile], now: datetime) -> Look:
    source = source_run.source

    def keep(kept: dict[str, Any]) -> None:
        mine = SourceRun.objects.filter(pk=source_run.pk, operation__attempt=run.attempt)
        mine.update(kept=kept)

    return Look(now=now, cursor=source.cursor, kept=source_run.kept, keep=keep, known=known, timezone=source.timezone)


def _try_later(*, source_run: SourceRun, trouble: SourceBusy, now: datetime) -> Postponement:
    """Wait as long as the other side asks, else a minute, doubled each time."""
    doubled = min(FIRST_DELAY * 2**source_run.failed_tries, LONGEST_DELAY)
    asked = min(timedelta(seconds=trouble.retry_after or 0), LONGEST_ASKED_DELAY)
    until = now + max(doubled, asked)
    note = f"{trouble.problem['title']}: {trouble.problem['detail']}"[:200]
    SourceRun.objects.filter(pk=source_run.pk).update(failed_tries=source_run.failed_tries + 1, note=note)
    return Postponement(until=until, step=f"{trouble.problem['title']}; next try at {until:%H:%M} UTC")


def _look_again(*, source_run: SourceRun, findings: Findings, until: datetime) -> Postponement:
    SourceRun.objects.filter(pk=source_run.pk).update(failed_tries=0, note=findings.why[:200])
    return Postponement(until=until, step=f"{findings.why}; next look at {until:%H:%M} UTC")


def _close(*, source_run: SourceRun, findings: Findings, now: datetime) -> Outcome:
    """The one effect at the end: counts, cursor, and how the source stands."""
    seen = len(findings.files) + len(findings.failed)
    counts = source_run.files.aggregate(
        taken=Count("id", filter=Q(state=SourceFile.State.TAKEN)),
        failed=Count("id", filter=Q(state=SourceFile.State.FAILED)),
    )
    SourceRun.objects.filter(pk=source_run.pk).update(
        state=SourceRun.State.DONE,
        finished_at=now,
        files_seen=seen,
        files_taken=counts["taken"],
        files_failed=counts["failed"],
        files_skipped=max(0, seen - counts["taken"] - counts["failed"]),
        note=findings.note[:200],
        problem=None,
        failed_tries=0,
    )
    changes: dict[str, Any] = {"last_error": _still_failing(source_run=source_run, findings=findings)}
    if not counts["failed"]:
        changes |= {"last_success_at": now, "cursor": findings.cursor or source_run.source.cursor}
    DataSource.objects.filter(pk=source_run.source_id).update(**changes)
    url = f"/data/sources/{source_run.source_id}/runs/{source_run.pk}/"
    return Outcome(result={"source_run_id": str(source_run.pk), "files_seen": seen, **counts}, result_url=url)


def _still_failing(*, source_run: SourceRun, findings: Findings) -> dict[str, str] | None:
    """A problem for as long as a file that could not be taken in is at the source, whichever run met it first."""
    there = {(file.name, file.fingerprint) for file in findings.files}
    there |= {(failed.name, failed.fingerprint) for failed in findings.failed}
    rows = SourceFile.objects.filter(source=source_run.source_id, state=SourceFile.State.FAILED)
    failing = [one for one in rows if (one.name, one.fingerprint) in there]
    if not failing:
        return None
    problem = failing[0].problem or {}
    return {
        "title": f"{len(failing)} file{'' if len(failing) == 1 else 's'} could not be taken in",
        "detail": str(problem.get("detail", "")),
        "where": failing[0].name,
        "fix": str(problem.get("fix", "")),
    }


def _failed(*, source_run: SourceRun, problem: dict[str, str]) -> OperationProblem:
    """Mark run and source, outside the effect that will not happen."""
    SourceRun.objects.filter(pk=source_run.pk).update(
        state=SourceRun.State.FAILED, problem=problem, finished_at=timezone.now()
    )
    DataSource.objects.filter(pk=source_run.source_id).update(last_error=problem)
    return OperationProblem(**problem)
