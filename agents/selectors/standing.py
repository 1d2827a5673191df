"""Which adapters stand and which composites passed: read for every request, so each is one statement without the ORM.

Building ten clauses of the ORM took longer than the database did. A statement reads the tenant's own table by the
search path and its role, as the ORM would; nothing is remembered between requests, so that a rollback holds at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from psycopg.sql import SQL, Identifier, Literal

from agents.federation.axes import Axis
from agents.models import AdapterRow, OwnAdapter, OwnEvaluation, SharedAdapter, SharedEvaluation
from agents.models.adapter import AdapterState
from tenants.database.current import connection

Place = tuple[Axis, str]
PLACED = [AdapterState.SERVING.value, AdapterState.CANARY.value]
NOT_READ = frozenset({"manifest", "signature", "training_data", "targets", "trained_against"})

SELECT_PLACED = SQL(
    "SELECT {kind} AS kind, {columns} FROM {table} WHERE state = ANY(%s) AND base_digest = %s"
    " AND (axis, member) IN (SELECT * FROM unnest(%s::text[], %s::text[]))"
)
SELECT_PASSING = SQL(
    "(SELECT DISTINCT ON (digest, suite) {kind}, digest, passed FROM {table} WHERE digest = ANY(%s)"
    " ORDER BY digest, suite, evaluated_at DESC, id DESC)"
)


@dataclass(frozen=True, kw_only=True)
class Placed:
    """By place: what serves there, and what is tried on a share of requests in its stead."""

    serving: dict[Place, AdapterRow]
    canaries: dict[Place, AdapterRow]


def inside_a_tenant() -> bool:
    """Whether the current schema has a tenant's own tables."""
    return connection.schema_name != "public"


def placed_adapters(*, base_digest: str, places: Sequence[Place]) -> Placed:
    """What serves and what is tried in each of the places on this base; a tenant's own goes before a shared one."""
    rows = _rows(base_digest, [axis.value for axis, _ in places], [member for _, member in places]) if places else []
    serving = {(Axis(row.axis), row.member): row for row in rows if row.is_serving}
    canaries = {(Axis(row.axis), row.member): row for row in rows if row.is_canary}
    own = {place for place, row in serving.items() if not row.is_shared}
    tried = {place: row for place, row in canaries.items() if place not in own or not row.is_shared}
    return Placed(serving=serving, canaries=tried)


def passing_digests(*, digests: Iterable[str]) -> frozenset[str]:
    """Composites that were evaluated and whose every suite passed, by the newest result of each suite.

    What the installation measured decides where it measured: a workspace's own look at a composite of shared adapters
    alone, perhaps on a few cases, neither lets it serve nor stops it.
    """
    models = [SharedEvaluation, OwnEvaluation] if inside_a_tenant() else [SharedEvaluation]
    asked = list(digests)
    with connection.cursor() as cursor:
        cursor.execute(_passing_sql(tuple(model._meta.db_table for model in models)), [asked] * len(models))
        found: list[tuple[int, str, bool]] = cursor.fetchall()
    judged = {digest for kind, digest, _ in found if kind == 0}
    counted = [(digest, passed) for kind, digest, passed in found if kind == 0 or digest not in judged]
    failed = {digest for digest, passed in counted if not passed}
    return frozenset(digest for digest, _ in counted if digest not in failed)


def _rows(base_digest: str, axes: list[str], members: list[str]) -> list[AdapterRow]:
    """The shared first, so that the tenant's own take their places."""
    models: list[type[AdapterRow]] = [SharedAdapter, OwnAdapter] if inside_a_tenant() else [SharedAdapter]
    fields = _fields()
    sql = _placed_sql(tuple(model._meta.db_table for model in models), tuple(column for _, column in fields))
    with connection.cursor() as cursor:
        cursor.execute(sql, [PLACED, base_digest, axes, members] * len(models))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    names = [name for name, _ in fields]
    return [models[kind].from_db("default", names, values) for kind, *values in found]


@lru_cache(maxsize=1)
def _fields() -> tuple[tuple[str, str], ...]:
    """Attribute and column of what is read; the rest is fetched when somebody asks."""
    fields = (field for field in SharedAdapter._meta.concrete_fields if field.name not in NOT_READ)
    return tuple((field.attname, str(field.column)) for field in fields)


@lru_cache(maxsize=4)
def _placed_sql(tables: tuple[str, ...], columns: tuple[str, ...]) -> str:
    listed = SQL(", ").join(map(Identifier, columns))
    each = [
        SELECT_PLACED.format(kind=Literal(kind), columns=listed, table=Identifier(table))
        for kind, table in enumerate(tables)
    ]
    return (SQL(" UNION ALL ").join(each) + SQL(" ORDER BY kind")).as_string(None)


@lru_cache(maxsize=4)
def _passing_sql(tables: tuple[str, ...]) -> str:
    each = [SELECT_PASSING.format(kind=Literal(kind), table=Identifier(table)) for kind, table in enumerate(tables)]
    return SQL(" UNION ALL ").join(each).as_string(None)
