"""A worker killed with SIGKILL in the middle of its work: the work is done once, by another."""

import pytest

from campaigns.models import PlanCell
from campaigns.services.drafting import draft_plan
from campaigns.services.planning import request_planning
from harmonization.models import DailyFact
from rmn_site.tests.real_site import wait_until
from rmn_site.tests.reliability.evidence import assert_done_once, assert_facts_once, is_being_done, state_of
from tenants.models import AuditEvent, OutboxMessage
from tenants.services.operation_runs import run_operation

BRIEF = "Allocate $300,000 across Alpha and Amazon, keep 10% for experiments, no placement above 40%"

pytestmark = pytest.mark.worker


def test_harmonization_is_done_once_after_its_worker_was_killed(site, upload):
    uploaded = upload(retailer_id="alpha", days=500)
    site.start_relay()
    worker = site.start_worker()
    wait_until(lambda: is_being_done(uploaded.operation, percent=2), seconds=40, every=0.005)

    site.kill_dead(worker)

    assert state_of(uploaded.operation) == "running"
    assert not DailyFact.objects.exists()

    site.start_worker()
    wait_until(lambda: state_of(uploaded.operation) == "done", seconds=90, every=0.1)
    assert_done_once(uploaded.operation)
    assert (uploaded.operation.attempt, uploaded.operation.lost_count) == (2, 1)
    assert_facts_once(run=uploaded.run, cost=uploaded.cost, rows=uploaded.export.rows, folder=site.data_dir / "acme")
    assert AuditEvent.objects.filter(kind="import.harmonized").count() == 1


def test_planning_is_done_once_after_its_worker_was_killed(site, upload, owner):
    for retailer_id in ("alpha", "amazon"):
        run_operation(operation_id=str(upload(retailer_id=retailer_id, days=90).operation.pk))
    OutboxMessage.objects.all().delete()
    plan = draft_plan(brief=BRIEF, by=owner, name="Interrupted")
    operation = request_planning(plan=plan, method="convex", by=owner)
    site.start_relay()
    worker = site.start_worker()
    wait_until(lambda: is_being_done(operation, percent=10), seconds=40, every=0.005)

    site.kill_dead(worker)

    assert state_of(operation) == "running"
    assert not PlanCell.objects.exists()

    site.start_worker()
    wait_until(lambda: state_of(operation) == "done", seconds=90, every=0.1)
    assert_done_once(operation)
    assert (operation.attempt, operation.lost_count) == (2, 1)
    plan.refresh_from_db()
    keys = list(PlanCell.objects.values_list("cell_key", flat=True))
    assert plan.state == "proposed"
    assert sorted(keys) == sorted(plan.result["spend"])
    assert AuditEvent.objects.filter(kind="plan.proposed").count() == 1
