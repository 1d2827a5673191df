"""Wake-ups: each due one once, over all tenants by one query, and an error of one is no matter of the others."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from tenants.models import Tenant, WakeUp
from tenants.services.tenants import set_tenant_status
from tenants.services.wake_ups import ring_wake_ups, set_wake_up

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
woken: list[tuple[str, str]] = []


def waker(subject_id, now):
    woken.append((connection.schema_name, str(subject_id)))


def waker_in_an_hour(subject_id, now):
    return now + timedelta(hours=1)


def waker_that_breaks(subject_id, now):
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def kinds(settings):
    woken.clear()
    names = ("waker", "waker_in_an_hour", "waker_that_breaks")
    settings.WAKE_UP_KINDS = {name: f"{__name__}.{name}" for name in names}


def test_what_is_due_is_woken_once_in_its_own_tenant(acme, globex):
    mine, theirs, later = uuid4(), uuid4(), uuid4()
    set_wake_up(kind="waker", subject_id=mine, due_at=NOW)
    set_wake_up(kind="waker", subject_id=later, due_at=NOW + timedelta(seconds=1))
    with tenant_context(globex):
        set_wake_up(kind="waker", subject_id=theirs, due_at=NOW - timedelta(hours=1))

    counts = ring_wake_ups(now=NOW), ring_wake_ups(now=NOW)

    assert counts == (2, 0)
    assert woken == [("globex", str(theirs)), ("acme", str(mine))]


def test_setting_it_again_moves_it_and_none_takes_it_away(acme):
    subject = uuid4()
    set_wake_up(kind="waker", subject_id=subject, due_at=NOW)
    set_wake_up(kind="waker", subject_id=subject, due_at=NOW + timedelta(days=1))

    assert WakeUp.objects.get().due_at == NOW + timedelta(days=1)
    set_wake_up(kind="waker", subject_id=subject, due_at=None)
    assert not WakeUp.objects.exists()


def test_waker_says_when_the_next_time_is(acme):
    set_wake_up(kind="waker_in_an_hour", subject_id=uuid4(), due_at=NOW)

    ring_wake_ups(now=NOW)

    assert WakeUp.objects.get().due_at == NOW + timedelta(hours=1)


def test_error_of_one_delays_that_one_and_no_other(acme):
    set_wake_up(kind="waker_that_breaks", subject_id=uuid4(), due_at=NOW - timedelta(hours=1))
    set_wake_up(kind="waker", subject_id=uuid4(), due_at=NOW)

    assert ring_wake_ups(now=NOW) == 2

    assert len(woken) == 1
    assert WakeUp.objects.get(kind="waker_that_breaks").due_at == NOW + timedelta(minutes=5)


def test_suspended_tenant_sleeps_and_one_that_is_gone_is_forgotten(acme, globex):
    set_wake_up(kind="waker", subject_id=uuid4(), due_at=NOW)
    set_tenant_status(tenant=acme, status=Tenant.Status.SUSPENDED, by=None)
    WakeUp.objects.create(schema_name="gone", kind="waker", subject_id=uuid4(), due_at=NOW)

    ring_wake_ups(now=NOW)

    assert woken == []
    assert WakeUp.objects.get().due_at == NOW + timedelta(hours=1)


def test_tick_costs_one_query_however_many_sleep(acme):
    rows = [WakeUp(schema_name=f"t{n}", kind="waker", subject_id=uuid4(), due_at=NOW) for n in range(2000)]
    WakeUp.objects.bulk_create(rows)

    with CaptureQueriesContext(connection) as captured:
        ring_wake_ups(now=NOW - timedelta(days=1))

    selects = [query for query in captured.captured_queries if "tenants_wakeup" in query["sql"]]
    assert len(selects) == 1
