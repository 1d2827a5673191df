"""Unpack a gzip file without being blown up by it."""

import gzip
import zlib
from pathlib import Path

from harmonization.mapping.file_kind import damaged_gzip
from harmonization.mapping.refusal import FileLimits, refuse_expansion

CHUNK = 1 << 20


def unpack(*, path: Path, target: Path, limits: FileLimits) -> Path:
    """Write the content of a gzip file to ``target``, counting. Raises HarmonizationRefused; returns ``target``."""
    packed, expanded = path.stat().st_size, 0
    try:
        with gzip.open(path) as source, target.open("wb") as unpacked:
            while chunk := source.read(CHUNK):
                expanded += len(chunk)
                refuse_expansion(packed=packed, expanded=expanded, limits=limits, where=path.name)
                unpacked.write(chunk)
    except (OSError, EOFError, zlib.error) as error:
        raise damaged_gzip(where=path.name) from error
    return target
