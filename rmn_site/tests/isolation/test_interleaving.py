"""A thousand requests over eight tenants, interleaved by threads over one connection pool: each reads its own rows."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client
from django_tenants.utils import tenant_context

from tenants.models import User
from tenants.permissions import Action
from tenants.services.operations import start_operation
from tenants.services.tenants import NewTenant, create_tenant
from tenants.services.tokens import issue_token

TENANTS, REQUESTS, THREADS = 8, 1000, 8


@pytest.fixture
def pooled(real_site, settings):
    """The product's own pool: connections wander between threads and tenants."""
    wanted = connections["default"].settings_dict
    connections["default"].close()
    wanted["OPTIONS"], wanted["CONN_MAX_AGE"] = {"pool": {"min_size": 1, "max_size": 4, "timeout": 30}}, 0
    yield real_site
    connections["default"].close()
    connections["default"].close_pool()
    wanted["OPTIONS"], wanted["CONN_MAX_AGE"] = {}, None


def test_no_request_reads_another_tenants_rows(pooled):
    doors = [_furnished_tenant(number) for number in range(TENANTS)]
    chosen = random.Random(7).choices(doors, k=REQUESTS)

    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(_read, chosen))

    wrong = [(door["slug"], titles) for door, titles in zip(chosen, answers, strict=True) if titles != door["titles"]]
    assert wrong == []


def _furnished_tenant(number: int) -> dict:
    slug = f"tenant-{number}"
    person = User.objects.create_user(f"{slug}@example.com")
    tenant = create_tenant(new=NewTenant(slug=slug, name=slug), owner=person, by=None)
    with tenant_context(tenant):
        titles = [f"{slug} plan {row}" for row in range(3)]
        for title in titles:
            start_operation(kind="plan", title=title, by=person, parameters={})
        _, secret = issue_token(
            tenant=tenant, user=person, name="t", scopes=[Action.READ_OPERATIONS], life=_week(), by=person
        )
    return {"slug": slug, "secret": secret, "titles": titles[::-1]}


def _read(door: dict) -> list[str]:
    client = Client(headers={"Authorization": f"Bearer {door['secret']}"})
    try:
        return [row["title"] for row in client.get("/api/v1/operations/").json()["results"]]
    finally:
        connection.close()


def _week():
    from datetime import timedelta

    return timedelta(days=7)
