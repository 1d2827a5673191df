"""Send a frame to PostgreSQL by COPY."""

import io

import polars as pl
from psycopg import sql

from tenants.database.current import connection


def copy_rows(*, rows: pl.DataFrame, table: str) -> None:
    """Append the rows to a table whose columns have the frame's names, in the caller's transaction."""
    buffer = io.BytesIO()
    texts = [pl.col(pl.String).str.replace_all("\x00", "", literal=True)]
    rows.with_columns(texts).write_csv(buffer, include_header=False, quote_style="non_numeric", null_value="NULL")
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in rows.columns)
    statement = sql.SQL("COPY {table} ({columns}) FROM STDIN (FORMAT csv, NULL 'NULL')")
    filled = statement.format(table=sql.Identifier(table), columns=columns)
    with connection.cursor() as cursor, cursor.copy(filled) as copy:
        copy.write(buffer.getbuffer())


def queue_up(*, namespace: int) -> None:
    """Effects of one tenant on the same tables wait for each other until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [namespace, connection.schema_name])
