"""A broker that is away, loses what it held, or says the same thing five times."""

import pytest
import redis

from rmn_site.embedded.services import start_services
from rmn_site.tests.real_site import wait_until
from rmn_site.tests.reliability.evidence import assert_done_once, state_of
from tenants.models import AuditEvent, OutboxMessage
from tenants.services.outbox import enqueue

pytestmark = pytest.mark.worker


@pytest.fixture
def broker(site, tmp_path):
    """A broker of this test's own, which it may stop."""
    with start_services(state_dir=tmp_path / "broker", ephemeral=True, database_url=site.database_url) as services:
        yield services


def test_work_waits_in_the_outbox_while_the_broker_is_away_and_is_done_when_it_is_back(site, upload, broker):
    site.redis_url = broker.redis_url
    with redis.Redis.from_url(broker.redis_url) as client:
        client.shutdown(nosave=True)
    uploaded = upload(retailer_id="alpha", days=14)
    assert site.relay_once() == 0
    assert OutboxMessage.objects.filter(operation_id=uploaded.operation.pk, sent_at=None).exists()

    assert broker.revive() == ["broker"]
    site.start_relay()
    site.start_worker()

    wait_until(lambda: state_of(uploaded.operation) == "done", seconds=60, every=0.1)
    assert_done_once(uploaded.operation)
    wait_until(lambda: not OutboxMessage.objects.filter(sent_at=None).exists(), seconds=30, every=0.1)


def test_work_whose_message_the_broker_lost_is_sent_again(site, upload):
    uploaded = upload(retailer_id="alpha", days=14)
    assert site.relay_once() == 0
    with redis.Redis.from_url(site.redis_url) as client:
        assert client.llen("harmonize") == OutboxMessage.objects.exclude(sent_at=None).count() > 0
        client.flushdb()

    site.start_relay()
    site.start_worker()

    wait_until(lambda: state_of(uploaded.operation) == "done", seconds=60, every=0.1)
    assert_done_once(uploaded.operation)
    assert uploaded.operation.attempt == 1
    assert uploaded.operation.lost_count == 0


def test_message_that_comes_five_times_has_one_effect(site, upload):
    uploaded = upload(retailer_id="alpha", days=14)
    for _ in range(4):
        enqueue(operation=uploaded.operation)
    last = upload(retailer_id="beta", days=14)
    assert site.relay_once() == 0
    assert OutboxMessage.objects.filter(operation_id=uploaded.operation.pk, sent_at__isnull=False).count() == 5

    site.start_worker()

    wait_until(lambda: state_of(last.operation) == "done", seconds=60, every=0.1)
    assert_done_once(uploaded.operation)
    assert uploaded.operation.attempt == 1
    assert AuditEvent.objects.filter(kind="import.harmonized", about_id=str(uploaded.run.pk)).count() == 1
