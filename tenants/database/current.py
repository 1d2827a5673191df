"""The default connection, typed as what it is: one that knows its schema."""

from typing import cast

from django.db import connection as default_connection

from tenants.database.base import DatabaseWrapper

connection = cast(DatabaseWrapper, default_connection)
