"""PostgreSQL schemas and roles of tenants: spare ones made ahead, so that a new tenant waits for nothing."""

import secrets
from contextlib import suppress

from django.conf import settings
from django.core.management import call_command
from django.db import InternalError, transaction
from django.db.backends.utils import CursorWrapper
from django_tenants.utils import schema_exists
from psycopg import sql

from tenants.database.current import connection
from tenants.models import AuditEvent, Tenant

GROUP_ROLE = "rmn_tenants"


def add_spare_schemas(*, wanted: int) -> int:
    """Migrate schemas ahead until ``wanted`` spare ones exist; how many were made (about two seconds each)."""
    missing = max(0, wanted - Tenant.objects.spare().count())
    for _ in range(missing):
        _make_spare_schema()
    return missing


@transaction.atomic
def _make_spare_schema() -> Tenant:
    """Row and schema become visible together: nobody can take a schema that is still being migrated."""
    name = f"spare_{secrets.token_hex(6)}"
    tenant = Tenant.objects.create(schema_name=name, slug=name.replace("_", "-"), name=name, status=Tenant.Status.SPARE)
    tenant.create_schema(check_if_exists=True, verbosity=0)
    connection.set_schema_to_public()
    return tenant


@transaction.atomic
def take_spare_schema(*, schema_name: str) -> Tenant:
    """Rename a spare schema and return its row, still unsaved under its new name; makes one if none is left."""
    tenant = Tenant.objects.spare().select_for_update(skip_locked=True).order_by("created_at").first()
    if tenant is None:
        tenant = _make_spare_schema()
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(
                sql.Identifier(tenant.schema_name), sql.Identifier(schema_name)
            )
        )
    tenant.schema_name = schema_name
    return tenant


def grant_tenant_role(*, tenant: Tenant) -> None:
    """Give the tenant's role its own schema and the shared tables; the audit log only to read and append."""
    if not settings.TENANT_DATABASE_ROLES:
        return
    role, schema = sql.Identifier(tenant.database_role), sql.Identifier(tenant.schema_name)
    audit_table = sql.Identifier(tenant.schema_name, AuditEvent._meta.db_table)
    with connection.cursor() as cursor:
        _create_role(cursor, tenant.database_role)
        for statement in (
            sql.SQL("GRANT {group} TO {role}").format(group=sql.Identifier(GROUP_ROLE), role=role),
            sql.SQL("GRANT USAGE ON SCHEMA {schema} TO {role}").format(schema=schema, role=role),
            sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}").format(
                schema=schema, role=role
            ),
            sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}").format(schema=schema, role=role),
            sql.SQL(
                "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}"
            ).format(schema=schema, role=role),
            sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE ON SEQUENCES TO {role}").format(
                schema=schema, role=role
            ),
            sql.SQL("REVOKE UPDATE, DELETE ON {table} FROM {role}").format(table=audit_table, role=role),
        ):
            cursor.execute(statement)


def grant_shared_tables() -> None:
    """Let all tenants' roles use the public schema's tables (run after each migration of it)."""
    if not settings.TENANT_DATABASE_ROLES:
        return
    group = sql.Identifier(GROUP_ROLE)
    with connection.cursor() as cursor:
        _create_role(cursor, GROUP_ROLE)
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}",
        ):
            cursor.execute(sql.SQL(statement).format(group))
        for app_label, names in settings.SHARED_MODELS.items():
            for name in names:
                table = sql.Identifier("public", f"{app_label}_{name}")
                cursor.execute(sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}").format(table, group))


def migrate_sites(*, verbosity: int = 0) -> None:
    """Bring the public schema and every tenant's (spare ones too) to the newest migration."""
    call_command("migrate_schemas", shared=True, interactive=False, verbosity=verbosity)
    grant_shared_tables()
    for tenant in Tenant.objects.all():
        if schema_exists(tenant.schema_name):
            call_command(
                "migrate_schemas", tenant=True, schema_name=tenant.schema_name, interactive=False, verbosity=verbosity
            )
        else:
            tenant.create_schema(check_if_exists=True, verbosity=verbosity)
        if tenant.status != Tenant.Status.SPARE:
            grant_tenant_role(tenant=tenant)


def drop_tenant_role(*, role: str) -> None:
    """Take a tenant's role away; it stays, with no right here, where another database of the server still uses it."""
    if not settings.TENANT_DATABASE_ROLES:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            return
        cursor.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(role)))
        with suppress(InternalError), transaction.atomic():
            cursor.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def _create_role(cursor: CursorWrapper, role: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone() is None:
        cursor.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
    cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
