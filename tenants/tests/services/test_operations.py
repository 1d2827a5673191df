"""Operations: started once, claimed once, finished once; lost work comes back, stale work cannot finish."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tenants.models import AuditEvent, Operation, OutboxMessage, WakeUp
from tenants.services import operation_runs
from tenants.services.operation_runs import OperationProblem, OperationStopped, Outcome, Postponement, run_operation
from tenants.services.operations import OperationRefused, cancel_operation, retry_operation, start_operation
from tenants.services.outbox import requeue_lost_operation, sweep_operations
from tenants.services.wake_ups import ring_wake_ups

effects: list[str] = []


def handler_with_effect(run):
    run.progress(40, "Halfway")
    return lambda: effects.append(str(run.operation.pk)) or Outcome(result={"answer": 42}, result_url="/plans/1/")


def handler_that_waits_once(run):
    if run.attempt == 1:
        until = timezone.now() + timedelta(minutes=10)
        return lambda: Postponement(until=until, step="The other side is at it")
    return lambda: Outcome(result={"attempt": run.attempt})


def handler_that_refuses(run):
    raise OperationProblem(title="Unreadable", detail="Row 3 has no date.", where="row 3", fix="Add a date.")


def handler_that_breaks(run):
    raise ZeroDivisionError


def handler_taken_over_midway(run):
    Operation.objects.filter(pk=run.operation.pk).update(attempt=run.attempt + 1)
    return lambda: effects.append("stale") or Outcome(result={})


def handler_cancelled_midway(run):
    Operation.objects.filter(pk=run.operation.pk).update(cancel_requested=True)
    run.progress(50, "Too late")


@pytest.fixture
def handled_by(settings):
    effects.clear()

    def use(handler):
        kinds = {"plan": {"handler": f"{__name__}.{handler.__name__}", "queue": "optimize"}}
        settings.OPERATION_KINDS = settings.OPERATION_KINDS | kinds

    return use


@pytest.fixture
def operation(acme, owner) -> Operation:
    return start_operation(kind="plan", title="Plan", by=owner, parameters={})


def test_start_writes_operation_outbox_and_audit_together(acme, owner):
    operation = start_operation(kind="plan", title="Plan", by=owner, parameters={})

    assert OutboxMessage.objects.filter(operation_id=operation.pk, schema_name="acme", sent_at=None).count() == 1
    assert AuditEvent.objects.filter(kind="operation.started", about_id=str(operation.pk)).count() == 1


def test_unique_key_starts_once(acme, owner):
    first = start_operation(kind="plan", title="Plan", by=owner, parameters={}, unique_key="k")
    second = start_operation(kind="plan", title="Plan", by=owner, parameters={}, unique_key="k")

    assert first.pk == second.pk
    assert OutboxMessage.objects.filter(operation_id=first.pk).count() == 1


def test_five_deliveries_have_one_effect(handled_by, operation):
    handled_by(handler_with_effect)

    states = [run_operation(operation_id=str(operation.pk)) for _ in range(5)]

    assert states == ["done", "skipped", "skipped", "skipped", "skipped"]
    assert effects == [str(operation.pk)]


def test_done_operation_keeps_its_result(handled_by, operation):
    handled_by(handler_with_effect)

    run_operation(operation_id=str(operation.pk))

    operation.refresh_from_db()
    assert (operation.percent, operation.result, operation.result_url) == (100, {"answer": 42}, "/plans/1/")


def test_expected_failure_is_told_in_its_own_words(handled_by, operation):
    handled_by(handler_that_refuses)

    run_operation(operation_id=str(operation.pk))

    operation.refresh_from_db()
    assert operation.state == "failed"
    assert operation.problem["where"] == "row 3"


def test_unexpected_failure_tells_no_internals(handled_by, operation):
    handled_by(handler_that_breaks)

    run_operation(operation_id=str(operation.pk))

    operation.refresh_from_db()
    assert operation.state == "failed"
    assert "ZeroDivision" not in str(operation.problem)


def test_stale_attempt_cannot_finish(handled_by, operation):
    handled_by(handler_taken_over_midway)

    run_operation(operation_id=str(operation.pk))

    operation.refresh_from_db()
    assert effects == []
    assert operation.state == "running"


def test_stale_attempt_cannot_show_progress(operation, monkeypatch):
    monkeypatch.setattr(operation_runs, "SECONDS_BETWEEN_STEPS", 0)
    run = operation_runs._claim(operation_id=str(operation.pk))
    Operation.objects.filter(pk=operation.pk).update(attempt=run.attempt + 1)

    with pytest.raises(OperationStopped):
        run.progress(80, "Still here")


def test_steps_right_after_the_claim_are_not_written(operation, django_assert_num_queries):
    run = operation_runs._claim(operation_id=str(operation.pk))

    with django_assert_num_queries(0):
        run.progress(80, "In a moment")

    operation.refresh_from_db()
    assert (operation.percent, operation.step) == (0, "Starting")


def test_step_after_a_while_is_written_and_the_next_waits_again(operation):
    run = operation_runs._claim(operation_id=str(operation.pk))
    run.pace.last -= 1

    run.progress(40, "Halfway")
    run.progress(41, "A moment later")

    operation.refresh_from_db()
    assert (operation.percent, operation.step) == (40, "Halfway")


def test_stale_attempt_cannot_fail_the_newer_one(operation):
    run = operation_runs._claim(operation_id=str(operation.pk))
    Operation.objects.filter(pk=operation.pk).update(attempt=run.attempt + 1)

    operation_runs._mark_failed(run=run, problem={"title": "Late"})

    operation.refresh_from_db()
    assert operation.state == "running"


def test_cancel_of_running_work_stops_it_at_its_next_step(handled_by, operation):
    handled_by(handler_cancelled_midway)

    assert run_operation(operation_id=str(operation.pk)) == "cancelled"


def test_cancelled_operation_is_not_claimed(handled_by, operation, owner):
    handled_by(handler_with_effect)
    cancel_operation(operation=operation, by=owner)

    assert run_operation(operation_id=str(operation.pk)) == "skipped"
    assert effects == []


def test_retry_of_running_work_is_refused(operation, owner):
    with pytest.raises(OperationRefused):
        retry_operation(operation=operation, by=owner)


def test_retried_operation_runs_to_the_end(handled_by, operation, owner):
    handled_by(handler_that_refuses)
    run_operation(operation_id=str(operation.pk))
    handled_by(handler_with_effect)

    retry_operation(operation=operation, by=owner)

    assert run_operation(operation_id=str(operation.pk)) == "done"


def test_lost_worker_gives_the_work_back(operation):
    operation_runs._claim(operation_id=str(operation.pk))
    OutboxMessage.objects.all().delete()

    found = sweep_operations(now=_after_the_lease())

    operation.refresh_from_db()
    assert found == 1
    assert (operation.state, operation.lost_count) == ("queued", 1)
    assert OutboxMessage.objects.filter(operation_id=operation.pk, sent_at=None).count() == 1


def test_living_worker_keeps_the_work(operation):
    operation_runs._claim(operation_id=str(operation.pk))

    assert sweep_operations(now=timezone.now()) == 0


def test_lost_message_is_sent_again(operation):
    OutboxMessage.objects.all().delete()

    sweep_operations(now=timezone.now() + timedelta(minutes=1))

    operation.refresh_from_db()
    assert OutboxMessage.objects.filter(operation_id=operation.pk).count() == 1
    assert operation.lost_count == 0


def test_work_that_loses_too_many_workers_fails_with_a_reason(operation, settings):
    for _ in range(settings.OPERATION_ATTEMPTS):
        operation_runs._claim(operation_id=str(operation.pk))
        requeue_lost_operation(operation_id=operation.pk, now=_after_the_lease())

    operation.refresh_from_db()
    assert operation.state == "failed"
    assert operation.problem["title"] == "The work was interrupted too often"


def test_person_who_retries_gets_all_attempts_again(operation, owner, settings):
    Operation.objects.filter(pk=operation.pk).update(state="failed", attempt=9, lost_count=settings.OPERATION_ATTEMPTS)
    retry_operation(operation=operation, by=owner)
    operation_runs._claim(operation_id=str(operation.pk))

    requeue_lost_operation(operation_id=operation.pk, now=_after_the_lease())

    operation.refresh_from_db()
    assert operation.state == "queued"


def test_work_cancelled_while_its_worker_is_lost_ends_cancelled(operation, owner):
    operation_runs._claim(operation_id=str(operation.pk))
    cancel_operation(operation=operation, by=owner)

    requeue_lost_operation(operation_id=operation.pk, now=_after_the_lease())

    operation.refresh_from_db()
    assert operation.state == "cancelled"


def test_sweep_of_a_finished_operation_changes_nothing(handled_by, operation):
    handled_by(handler_with_effect)
    run_operation(operation_id=str(operation.pk))

    requeue_lost_operation(operation_id=operation.pk, now=_after_the_lease())

    operation.refresh_from_db()
    assert operation.state == "done"


def _after_the_lease():
    return timezone.now() + timedelta(minutes=5)


@pytest.fixture
def postponed(acme, owner, settings):
    settings.OPERATION_KINDS = {"plan": {"handler": f"{__name__}.handler_that_waits_once", "queue": "web"}}
    operation = start_operation(kind="plan", title="Waits", by=owner, parameters={})
    OutboxMessage.objects.update(sent_at=timezone.now())
    assert run_operation(operation_id=str(operation.pk)) == "queued"
    operation.refresh_from_db()
    return operation


def test_postponed_operation_gives_its_worker_back_and_says_why(postponed):
    assert (postponed.state, postponed.step) == ("queued", "The other side is at it")
    assert WakeUp.objects.get(subject_id=postponed.pk).due_at == postponed.queued_at
    assert sweep_operations(now=timezone.now()) == 0


def test_postponed_operation_goes_on_under_its_id_when_its_time_comes(postponed, acme):
    assert ring_wake_ups(now=timezone.now()) == 0
    assert ring_wake_ups(now=postponed.queued_at) == 1

    assert OutboxMessage.objects.filter(sent_at=None, operation_id=postponed.pk).count() == 1
    assert run_operation(operation_id=str(postponed.pk)) == "done"
    postponed.refresh_from_db()
    assert (postponed.result, postponed.lost_count) == ({"attempt": 2}, 0)


def test_sweeper_wakes_a_postponed_operation_whose_wake_up_was_lost(postponed):
    WakeUp.objects.all().delete()

    assert sweep_operations(now=postponed.queued_at + timedelta(seconds=31)) == 1


def test_postponed_operation_that_was_cancelled_stays_so(postponed, owner):
    cancel_operation(operation=postponed, by=owner)

    ring_wake_ups(now=postponed.queued_at)

    assert not OutboxMessage.objects.filter(sent_at=None).exists()
    assert not WakeUp.objects.exists()
