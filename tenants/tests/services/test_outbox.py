"""The relay: what the broker did not take waits, and goes when it is back."""

import pytest

from tenants.models import OutboxMessage
from tenants.services.operations import start_operation
from tenants.services.outbox import relay_outbox

delivered: list[tuple[str, str]] = []


def broker_away(message):
    raise ConnectionError("connection refused")


def broker_there(message):
    delivered.append((message.schema_name, str(message.operation_id)))


@pytest.fixture
def waiting(acme, owner, settings):
    delivered.clear()
    return [start_operation(kind="plan", title=f"Plan {n}", by=owner, parameters={}) for n in range(3)]


def test_broker_away_leaves_the_outbox_waiting(waiting, settings):
    settings.OPERATION_DELIVERY = f"{__name__}.broker_away"

    assert relay_outbox() == 0
    assert OutboxMessage.objects.filter(sent_at=None).count() == 3


def test_outbox_drains_in_order_when_the_broker_is_back(waiting, settings):
    settings.OPERATION_DELIVERY = f"{__name__}.broker_away"
    relay_outbox()
    settings.OPERATION_DELIVERY = f"{__name__}.broker_there"

    assert relay_outbox() == 3
    assert delivered == [("acme", str(operation.pk)) for operation in waiting]
    assert OutboxMessage.objects.filter(sent_at=None).count() == 0


def test_nothing_is_sent_twice(waiting, settings):
    settings.OPERATION_DELIVERY = f"{__name__}.broker_there"

    relay_outbox()

    assert relay_outbox() == 0


def test_commit_sends_at_once_and_stays_in_the_tenant(acme, owner, settings, django_capture_on_commit_callbacks):
    settings.OPERATION_DELIVERY = f"{__name__}.broker_there"
    delivered.clear()

    with django_capture_on_commit_callbacks(execute=True):
        operation = start_operation(kind="plan", title="Plan", by=owner, parameters={})

    assert delivered == [("acme", str(operation.pk))]
    operation.refresh_from_db()  # still in acme's schema


def test_broker_that_is_away_does_not_break_the_commit(acme, owner, settings, django_capture_on_commit_callbacks):
    settings.OPERATION_DELIVERY = f"{__name__}.broker_away"

    with django_capture_on_commit_callbacks(execute=True):
        operation = start_operation(kind="plan", title="Plan", by=owner, parameters={})

    operation.refresh_from_db()
    assert operation.state == "queued"
