"""Embeddings by the process that ``settings.EMBEDDING_BACKEND`` names; torch never loads here."""

from collections.abc import Sequence
from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from agents.backends.embedding_process import Embedder
from agents.federation.generation import BackendUnavailable

QUERY_SECONDS = 2.0
BATCH_SECONDS = 300.0
WARMING = "The embedding model is still being loaded, so passages were found by their words only."


def embed_query(*, text: str) -> tuple[tuple[float, ...] | None, str]:
    """The query's vector, or None with the reason; a cold model starts to load and is not waited for."""
    if not settings.EMBEDDING_BACKEND:
        return None, "No embedding model is configured, so passages were found by their words only."
    embedder = configured_embedder()
    if not embedder.is_warm():
        return None, WARMING
    try:
        return embedder.embed(texts=[text], seconds=QUERY_SECONDS)[0], ""
    except BackendUnavailable as unavailable:
        return None, f"{unavailable.title}; passages were found by their words only."


def embed_passages(*, texts: Sequence[str]) -> list[tuple[float, ...]]:
    """Vectors of many texts; waits for the model. Raises BackendUnavailable."""
    return configured_embedder().embed(texts=texts, seconds=BATCH_SECONDS)


def configured_embedder() -> Embedder:
    """The process's embedder."""
    return _embedder(settings.EMBEDDING_BACKEND)


@lru_cache(maxsize=4)
def _embedder(path: str) -> Embedder:
    embedder: Embedder = import_string(path)()
    return embedder
