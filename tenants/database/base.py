"""Engine ``tenants.database``: django-tenants' backend, and under a tenant also that tenant's own role.

A wrong ``search_path`` then ends in an error of the database instead of another tenant's rows.
"""

from typing import Any

from django.conf import settings
from django_tenants.postgresql_backend import base
from psycopg import sql
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """Sets search_path, then role, before the first statement that follows a switch, rollback or new connection."""

    def _handle_search_path(self, cursor: Any = None) -> None:
        if self.search_path_set_schemas or self._setting_search_path:
            return
        super()._handle_search_path(cursor)
        if settings.TENANT_DATABASE_ROLES and self.search_path_set_schemas:
            self._set_role()

    def _set_role(self) -> None:
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return
        role = getattr(self.tenant, "database_role", None)
        statement = sql.SQL("SET ROLE {}").format(sql.Identifier(role)) if role else sql.SQL("RESET ROLE")
        try:
            with self.connection.cursor() as role_cursor:
                role_cursor.execute(statement)
        except Exception:
            self.search_path_set_schemas = None
            raise
