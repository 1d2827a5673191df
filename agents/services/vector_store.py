"""Vectors in the database: nearest passages by pgvector, where the server has it."""

from collections.abc import Sequence

from django.db import DatabaseError, transaction

from tenants.database.current import connection

FIND_TYPE = """
    SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typname = 'vector' AND n.nspname = 'public'
"""
NEAREST = """
    SELECT CASE WHEN p.pack <> '' THEN 'pack:' || p.pack ELSE d.title || ', version ' || d.version END, p.place
    FROM agents_knowledgepassage p LEFT JOIN agents_knowledgedocument d ON d.id = p.document_id
    WHERE p.embedding IS NOT NULL AND (d.id IS NULL OR d.is_current)
    ORDER BY (p.embedding::real[]::public.vector) OPERATOR(public.<=>) (%s::real[]::public.vector)
    LIMIT %s
"""


def has_vectors() -> bool:
    """Whether the extension is installed where every tenant's schema sees it."""
    with connection.cursor() as cursor:
        cursor.execute(FIND_TYPE)
        return cursor.fetchone() is not None


def install_vectors() -> bool:
    """Install pgvector into the public schema; False where the server lacks or forbids it."""
    if has_vectors():
        return True
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS vector SCHEMA public")
    except DatabaseError:
        return False
    return True


def nearest(*, vector: Sequence[float], most: int) -> list[tuple[str, str]] | None:
    """Document and place of the passages nearest in meaning (cosine); None where there is no pgvector."""
    if not has_vectors():
        return None
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, [list(vector), most])
        return [(document, place) for document, place in cursor.fetchall()]
