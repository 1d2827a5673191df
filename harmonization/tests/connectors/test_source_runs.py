"""Runs: due by schedule, one at a time, in Activity, and never lost."""

from datetime import timedelta

import pytest

from harmonization.models import DataSource, SourceRun
from harmonization.services.source_runs import RunRefused, start_due_run, start_run
from harmonization.services.sources import SourceSettings, create_source, set_enabled, update_source
from harmonization.tests.connectors.conftest import DAILY
from harmonization.tests.connectors.test_watched_folder import put
from harmonization.tests.files import alpha_bytes
from harmonization.timing.schedule import Schedule
from tenants.models import AuditEvent, Operation, WakeUp
from tenants.services.operations import cancel_operation, retry_operation
from tenants.services.wake_ups import ring_wake_ups


def test_due_source_runs_and_is_given_its_next_time(folder_source, clock):
    clock.at = WakeUp.objects.get().due_at

    ring_wake_ups(now=clock())
    ring_wake_ups(now=clock())

    folder_source.refresh_from_db()
    assert SourceRun.objects.count() == 1
    assert Operation.objects.get(kind="source").title == "Read Exports"
    assert folder_source.next_run_at == WakeUp.objects.get().due_at == clock() + timedelta(days=1)


def test_second_run_is_refused_while_one_is_under_way(folder_source, clock, owner):
    start_run(source=folder_source, by=owner, now=clock())

    with pytest.raises(RunRefused):
        start_run(source=folder_source, by=owner, now=clock())


def test_run_whose_operation_was_cancelled_is_closed_by_the_next(folder_source, clock, owner):
    first = start_run(source=folder_source, by=owner, now=clock())
    cancel_operation(operation=first.operation, by=owner)

    start_run(source=folder_source, by=owner, now=clock())

    first.refresh_from_db()
    assert (first.state, first.problem["title"]) == ("failed", "The run was cancelled")


def test_failed_run_can_be_tried_again_from_activity(folder_source, exports, clock, owner, read, settings):
    roots, settings.SOURCE_FILE_ROOTS = settings.SOURCE_FILE_ROOTS, []
    run = read(folder_source)
    assert (run.state, run.source.last_error["title"]) == ("failed", "The folder cannot be watched")
    settings.SOURCE_FILE_ROOTS = roots
    put(exports, "alpha.csv", alpha_bytes())

    retry_operation(operation=run.operation, by=owner)
    from harmonization.tests.connectors.conftest import step

    again = step(run)
    assert (again.state, again.files_taken, again.source.last_error) == ("done", 1, None)


def test_failed_run_is_not_tried_again_beside_a_later_one(folder_source, clock, owner, read, settings):
    roots, settings.SOURCE_FILE_ROOTS = settings.SOURCE_FILE_ROOTS, []
    run = read(folder_source)
    settings.SOURCE_FILE_ROOTS = roots
    start_run(source=folder_source, by=owner, now=clock())

    retry_operation(operation=run.operation, by=owner)
    from harmonization.tests.connectors.conftest import step

    assert step(run).state == "failed"
    assert Operation.objects.get(pk=run.operation_id).problem["title"] == "Another run is under way"


def test_paused_source_is_not_woken_and_resumed_one_is(folder_source, clock, owner):
    set_enabled(source=folder_source, is_enabled=False, by=owner, now=clock())
    assert not WakeUp.objects.exists()
    assert start_due_run(folder_source.pk, clock()) is None

    set_enabled(source=folder_source, is_enabled=True, by=owner, now=clock())

    assert WakeUp.objects.get().due_at > clock()
    kinds = set(AuditEvent.objects.values_list("kind", flat=True))
    assert {"source.created", "source.paused", "source.resumed"} <= kinds


def test_change_of_the_schedule_moves_the_wake_up_and_is_audited(folder_source, exports, clock, owner):
    hourly = Schedule(every_minutes=60, daily_at=None, timezone="UTC")
    wish = SourceSettings(name="Exports", options={"url": f"file://{exports}"}, schedule=hourly)

    update_source(source=folder_source, wish=wish, by=owner, now=clock())

    changed = AuditEvent.objects.get(kind="source.changed")
    assert WakeUp.objects.get().due_at == clock() + timedelta(hours=1)
    assert (changed.before["schedule"], changed.after["schedule"]) == ("daily at 06:30 (UTC)", "every hour")


def test_killed_worker_takes_the_rest_and_nothing_twice(folder_source, exports, clock, monkeypatch, run_operations):
    """A crash after the first of two files: the next attempt under the same operation takes the second only."""
    from harmonization.services import source_files
    from harmonization.tests.connectors.conftest import step
    from tenants.services.outbox import requeue_lost_operation

    put(exports, "a.csv", alpha_bytes(), minutes_ago=90)
    put(exports, "b.csv", alpha_bytes().replace(b"Oat bar", b"Oat snack"))
    receive, taken = source_files.receive_upload, []

    def die_at_the_second(**asked):
        taken.append(asked["file_name"])
        if len(taken) == 2:
            raise KeyboardInterrupt
        return receive(**asked)

    monkeypatch.setattr(source_files, "receive_upload", die_at_the_second)
    run = start_run(source=folder_source, by=None, now=clock())
    with pytest.raises(KeyboardInterrupt):
        step(run)
    clock.pass_by(minutes=2)
    requeue_lost_operation(operation_id=run.operation_id, now=clock())

    done = step(run)

    assert taken == ["a.csv", "b.csv", "b.csv"]
    assert (done.state, done.files_taken) == ("done", 2)


def test_source_of_another_workspace_is_not_woken_here(folder_source, globex, clock):
    from django_tenants.utils import tenant_context

    with tenant_context(globex):
        assert start_due_run(folder_source.pk, clock()) is None
        assert not DataSource.objects.exists()


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"name": " "}, "name"),
        ({"mapping_name": "nothing"}, "mapping"),
        ({"schedule": Schedule(every_minutes=5, daily_at=None, timezone="UTC")}, "every_minutes"),
    ],
)
def test_setting_that_does_not_fit_is_named(acme, owner, clock, exports, changes, where):
    from harmonization.connectors.protocol import SourceRefused

    fields = {"name": "Exports", "options": {"url": f"file://{exports}"}, "schedule": DAILY, **changes}

    with pytest.raises(SourceRefused) as refusal:
        create_source(kind="watched_folder", wish=SourceSettings(**fields), by=owner, now=clock())

    assert refusal.value.problem["where"] == where


def test_two_sources_cannot_have_one_name(folder_source, exports, owner, clock):
    from harmonization.connectors.protocol import SourceRefused

    with pytest.raises(SourceRefused, match="already"):
        create_source(
            kind="watched_folder",
            wish=SourceSettings(name="Exports", options={"url": f"file://{exports}"}, schedule=DAILY),
            by=owner,
            now=clock(),
        )
