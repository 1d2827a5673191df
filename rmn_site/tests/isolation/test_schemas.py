"""The database's own walls: a wrong search path is refused, whatever the code above it believes."""

import pytest
from django.core.cache import cache
from django.db import ProgrammingError, connection, transaction
from django_tenants.utils import tenant_context

from tenants.models import Operation, Tenant
from tenants.services.operations import start_operation


def test_wrong_search_path_under_a_tenants_role_is_refused(acme, globex):
    cursor = connection.cursor()
    cursor.execute("SET search_path = globex, public")

    with pytest.raises(ProgrammingError):  # PostgreSQL skips schemas in the path that the role may not use
        cursor.execute("SELECT * FROM tenants_operation")


@pytest.mark.parametrize("table", ["tenants_operation", "tenants_auditevent", "campaigns_plan", "django_migrations"])
@pytest.mark.parametrize("act", ["SELECT * FROM {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_foreign_tables_by_their_full_name_are_refused(acme, table, act):
    statement = act.format(f"globex.{table}")

    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "act",
    [
        "DROP TABLE acme.tenants_auditevent",
        "CREATE TABLE acme.x (id int)",
        "DROP SCHEMA globex",
        "CREATE ROLE intruder",
    ],
)
def test_tenants_role_changes_no_structure(acme, act):
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(act)


def test_role_follows_the_schema_there_and_back(acme, globex):
    def role() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            return cursor.fetchone()[0]

    inside = role()
    with tenant_context(globex):
        other = role()
    back = role()
    connection.set_schema_to_public()

    assert (inside, other, back) == ("rmn_acme", "rmn_globex", "rmn_acme")
    assert role() not in {"rmn_acme", "rmn_globex"}


def test_role_is_set_again_after_a_rollback(acme):
    with transaction.atomic():
        Operation.objects.count()
        transaction.set_rollback(True)

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_schema()")
        assert cursor.fetchone() == ("rmn_acme", "acme")


def test_same_cache_key_is_two_keys_in_two_tenants(acme, globex, settings):
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": settings.CACHES["default"] | {"BACKEND": backend, "LOCATION": "isolation"}}
    cache.set("secret", "of acme")

    with tenant_context(globex):
        assert cache.get("secret") is None
    assert cache.get("secret") == "of acme"


def test_operation_of_one_tenant_is_invisible_in_another(acme, globex, owner):
    operation = start_operation(kind="plan", title="Plan", by=owner, parameters={})

    with tenant_context(globex):
        assert not Operation.objects.filter(pk=operation.pk).exists()


def test_every_live_tenant_has_a_role_of_its_own(acme):
    roles = [tenant.database_role for tenant in Tenant.objects.live()]

    assert len(roles) == len(set(roles)) >= 2
