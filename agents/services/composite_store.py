"""Composites as files that a runtime loads, kept within a bound of bytes; what is put out is removed."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from agents.federation.cache import BoundedCache
from agents.federation.composition import Composite
from agents.federation.generation import ServedAdapter
from agents.services.adapter_files import owner_folder, write_once, write_parts_once


@dataclass(frozen=True, kw_only=True)
class StoredComposite:
    """Where a composite lies and what it is."""

    served: ServedAdapter
    rank: int
    lineage: tuple[int, ...]

    @property
    def is_there(self) -> bool:
        return all((folder / "adapter_model.safetensors").exists() for folder in self.served.folders)


def composite_store() -> BoundedCache[StoredComposite]:
    """The process's own; ``COMPOSITE_CACHE_BYTES`` bounds it."""
    return _store(settings.COMPOSITE_CACHE_BYTES, str(settings.DATA_DIR))


def store_composite(
    *, name: str, parts: Sequence[Composite], lineage: tuple[int, ...], shared: bool
) -> StoredComposite:
    """Write each part as PEFT and vLLM read it; one with an adapter of a tenant lies in the tenant's folder."""
    home = owner_folder(shared=shared).parent / ("shared-composites" if shared else "composites") / name
    folders, size = [], 0
    for number, part in enumerate(parts):
        folder = home / str(number)
        write_once(path=folder / "adapter_config.json", content=json.dumps(part.config(), sort_keys=True).encode())
        written = write_parts_once(path=folder / "adapter_model.safetensors", parts=part.parts())
        size += written * part.widening
        folders.append(folder)
    return StoredComposite(
        served=ServedAdapter(name=name, folders=tuple(folders), size=size, base_digest=parts[0].base_digest),
        rank=sum(part.rank for part in parts),
        lineage=lineage,
    )


@lru_cache(maxsize=1)
def _store(limit: int, home: str) -> BoundedCache[StoredComposite]:
    return BoundedCache(limit=limit, size=lambda kept: kept.served.size, dropped=_remove)


def _remove(name: str, kept: StoredComposite) -> None:
    for folder in kept.served.folders:
        shutil.rmtree(folder, ignore_errors=True)
