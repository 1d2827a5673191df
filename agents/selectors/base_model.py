"""Which base model serves here, by the fingerprint that adapters are bound to."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from agents.backends.base_files import TOKENIZER, WEIGHTS, digest_of_base


def base_digest() -> str:
    """Of the configured base: ``BASE_DIGEST``, or SHA-256 over its weights and tokenizer; empty where there is none."""
    if settings.BASE_DIGEST:
        return str(settings.BASE_DIGEST)
    folder = Path(settings.BASE_MODEL_DIR)
    try:
        stamps = tuple((folder / name).stat().st_mtime_ns for name in (WEIGHTS, TOKENIZER))
    except OSError:
        return ""
    return _folder_digest(folder, stamps)


@lru_cache(maxsize=4)
def _folder_digest(folder: Path, stamps: tuple[int, ...]) -> str:
    return digest_of_base(folder=folder)
