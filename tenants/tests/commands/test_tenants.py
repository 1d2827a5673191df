"""Tenants from the command line: created, prepared, verified, deleted."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django_tenants.utils import schema_exists, tenant_context

from tenants.models import AuditEvent, Membership, OutboxMessage, Tenant
from tenants.services.operations import start_operation


def answer(*command: str) -> dict:
    out = StringIO()
    call_command(command[0], "--json", *command[1:], stdout=out)
    return json.loads(out.getvalue())


def refusal(*command: str) -> dict:
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command(command[0], "--json", *command[1:], stdout=out)
    assert stop.value.code == 1
    return json.loads(out.getvalue())["error"]


def test_tenant_from_a_spare_schema_is_made_in_a_moment(owner):
    made = answer("create_tenant", "initech", "--name", "Initech", "--owner", "Owner@example.com")

    assert made["from_spare"]
    assert made["seconds"] < 0.5
    assert Membership.objects.get(tenant__slug="initech").user == owner


def test_tenant_is_made_without_a_spare_schema_too(db):
    Tenant.objects.spare().delete()

    made = answer("create_tenant", "initech")

    assert not made["from_spare"]
    with tenant_context(Tenant.objects.get(slug="initech")):
        assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize("slug", ["acme", "Upper", "pg-x", "admin", "a--b", "-a", "9a", "x" * 41, "spare-1"])
def test_name_that_cannot_be_is_refused_with_a_reason(db, slug):
    assert refusal("create_tenant", "--", slug)["detail"]


def test_unknown_zone_is_refused(db):
    assert "not a time zone" in refusal("create_tenant", "initech", "--timezone", "Mars/Phobos")["detail"]


def test_whole_chain_is_verified(acme):
    assert answer("verify_audit", "--tenant", "acme") == {"tenant": "acme", "rows": 1, "whole": True}


def test_broken_chain_ends_with_one(acme):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("UPDATE acme.tenants_auditevent SET kind = 'x'")

    assert "breaks at row 1" in refusal("verify_audit", "--tenant", "acme")["detail"]


def test_deleted_tenant_leaves_nothing(acme, owner, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "acme" / "uploads").mkdir(parents=True)
    start_operation(kind="plan", title="Plan", by=owner, parameters={})
    connection.set_schema_to_public()

    answer("delete_tenant", "acme", "--confirm", "acme")

    assert not schema_exists("acme")
    assert not Tenant.objects.filter(slug="acme").exists()
    assert not Membership.objects.filter(user=owner).exists()
    assert not OutboxMessage.objects.filter(schema_name="acme").exists()
    assert not (tmp_path / "acme").exists()


def test_delete_without_confirmation_is_refused(acme):
    connection.set_schema_to_public()

    assert "--confirm acme" in refusal("delete_tenant", "acme")["detail"]
    assert schema_exists("acme")


def test_questions_to_a_prepared_site_do_not_grow_with_its_tenants(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        assert answer("prepare_site", "--spare", "0") == {"migrated": False, "spare_schemas_made": 0}


def test_site_that_lacks_a_migration_is_behind(db):
    from tenants.management.commands.prepare_site import _is_behind

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM globex.django_migrations WHERE app = 'campaigns'")

    assert _is_behind()
