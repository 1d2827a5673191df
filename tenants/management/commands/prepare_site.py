"""Make the database ready: migrations, grants, spare schemas. Quick when nothing is to be done."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from tenants.command import ServiceCommand
from tenants.models import Tenant
from tenants.services.schemas import add_spare_schemas, migrate_sites


class Command(ServiceCommand):
    help = "Migrate every schema if any is behind, and keep spare schemas ready."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--spare", type=int, default=settings.SPARE_SCHEMAS)

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        behind = _is_behind()
        if behind:
            migrate_sites()
        return {"migrated": behind, "spare_schemas_made": add_spare_schemas(wanted=options["spare"])}


def _is_behind() -> bool:
    """Whether any schema lacks a migration on disk: the heads of all schemas in one query."""
    tables = set(connection.introspection.table_names())
    if "tenants_tenant" not in tables:
        return True
    schemas = ["public", *Tenant.objects.values_list("schema_name", flat=True)]
    if _without_migrations(schemas=schemas):
        return True
    loader = MigrationLoader(None)
    newest = {key for key in loader.disk_migrations if key[0] in loader.migrated_apps}
    query = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {name}, app, name FROM {table}").format(
            name=sql.Literal(schema), table=sql.Identifier(schema, "django_migrations")
        )
        for schema in schemas
    )
    done: dict[str, set[tuple[str, str]]] = {schema: set() for schema in schemas}
    with connection.cursor() as cursor:
        cursor.execute(query)
        for schema, app, name in cursor.fetchall():
            done[schema].add((app, name))
    return any(not newest <= found for found in done.values())


def _without_migrations(*, schemas: list[str]) -> list[str]:
    """Which of these schemas hold no record of migrations (missing, or never migrated)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name "
            "WHERE to_regclass(quote_ident(name) || '.django_migrations') IS NULL",
            [schemas],
        )
        return [name for (name,) in cursor.fetchall()]
