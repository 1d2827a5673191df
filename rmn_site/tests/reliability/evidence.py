"""What must be true of finished work, however often its worker was lost or its message came."""

from decimal import Decimal
from pathlib import Path

import polars as pl
from django.db.models import Sum

from harmonization.models import DailyFact, ImportRun
from harmonization.pipeline.dataset import scan_events
from tenants.models import AuditEvent, Operation


def state_of(operation: Operation) -> str:
    return Operation.objects.values_list("state", flat=True).get(pk=operation.pk)


def percent_of(operation: Operation) -> int:
    return Operation.objects.values_list("percent", flat=True).get(pk=operation.pk)


def is_being_done(operation: Operation, *, percent: int) -> bool:
    """Whether a worker has it and is past so much of it; AssertionError when it is too late to interrupt."""
    state = state_of(operation)
    assert state in {"queued", "running"}, f"{state} before it could be interrupted: the work is too small"
    return state == "running" and percent_of(operation) >= percent


def assert_done_once(operation: Operation) -> None:
    operation.refresh_from_db()
    events = AuditEvent.objects.filter(kind="operation.done", about_id=str(operation.pk))
    assert (operation.state, operation.problem) == ("done", None)
    assert events.count() == 1


def assert_facts_once(*, run: ImportRun, cost: Decimal, rows: int, folder: Path) -> None:
    """Facts of the file once: cost to the cent, and as many events on disk as rows in the file."""
    run.refresh_from_db()
    facts = DailyFact.objects.filter(import_run=run)
    assert run.is_reconciled
    assert facts.count() == facts.current().count() == run.facts_written
    assert facts.aggregate(total=Sum("cost"))["total"] == cost
    assert scan_events(folder / "rmis" / "events").select(pl.len()).collect().item() == rows
    assert sorted(place.name for place in (folder / "rmis").iterdir()) == ["events", "provenance"]
    written = [path for path in (folder / "rmis").rglob("*") if path.is_file()]
    assert {path.suffix for path in written} == {".parquet", ".jsonl"}
