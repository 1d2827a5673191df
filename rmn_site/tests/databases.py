"""Databases of the tests: one template keyed by the migrations, cloned for whoever needs rows of its own."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
BUILDING_LOCK = 7340033


def template_name() -> str:
    """Changes with everything that shapes the template's schemas and rows."""
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("*/migrations/*.py"), ROOT / "conftest.py", *ROOT.glob("tenants/services/*.py")]):
        digest.update(path.read_bytes())
    return f"rmn_template_{digest.hexdigest()[:16]}"


def ensure_template(*, build: Callable[[], None]) -> None:
    """Make the template once: ``build`` runs on an empty database; others wait for it."""
    with _maintenance() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [BUILDING_LOCK])
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template_name()]).fetchone() is None:
            building = f"{template_name()}_building"
            _drop(server=server, name=building)
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
            with using_database(name=building):
                build()
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            server.execute(rename.format(sql.Identifier(building), sql.Identifier(template_name())))
        server.execute("SELECT pg_advisory_unlock(%s)", [BUILDING_LOCK])


@contextmanager
def cloned_database(*, name: str) -> Iterator[str]:
    """A copy of the template; its address for other processes. Dropped at the end, whoever is connected."""
    wanted = settings.DATABASES["default"]
    address = f"{wanted['USER']}:{wanted['PASSWORD'] or ''}@{wanted['HOST']}:{wanted['PORT'] or 5432}"
    clone = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
    with _maintenance() as server:
        _drop(server=server, name=name)
        server.execute("SELECT pg_advisory_lock(%s)", [BUILDING_LOCK])
        server.execute(clone.format(sql.Identifier(name), sql.Identifier(template_name())))
        server.execute("SELECT pg_advisory_unlock(%s)", [BUILDING_LOCK])
        try:
            yield f"postgres://{address}/{name}"
        finally:
            _drop(server=server, name=name)


@contextmanager
def using_database(*, name: str) -> Iterator[None]:
    """This process's connection inside another database; back in the one before at the end."""
    before = settings.DATABASES["default"]["NAME"]
    _connect_to(name)
    try:
        yield
    finally:
        connection.set_schema_to_public()
        _connect_to(before)


def own_broker() -> str:
    """Another database number of the same server, so that no other worker takes this test's messages."""
    return f"{settings.REDIS_URL.rsplit('/', 1)[0]}/{os.getpid() % 14 + 1}"


def _connect_to(name: str) -> None:
    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


def _maintenance() -> psycopg.Connection:
    wanted = settings.DATABASES["default"]
    return psycopg.connect(
        host=wanted["HOST"],
        port=wanted["PORT"] or None,
        user=wanted["USER"] or None,
        password=wanted["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )


def _drop(*, server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
