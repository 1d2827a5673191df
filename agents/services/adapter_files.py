"""Where the bytes of adapters lie: a tenant's in its own folder, which goes when the tenant goes."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from agents.federation.refusal import AdapterRefused
from agents.models import AdapterRow
from tenants.database.current import connection

SHARED_FOLDER = "shared-adapters"  # no schema's name has a hyphen


def owner_folder(*, shared: bool) -> Path:
    """Folder of the installation, or of the current tenant."""
    return Path(settings.DATA_DIR) / (SHARED_FOLDER if shared else f"{connection.schema_name}/adapters")


def weights_path(*, sha256: str, shared: bool) -> Path:
    """Where weights of this digest lie."""
    return owner_folder(shared=shared) / f"{sha256}.safetensors"


def read_weights_file(*, row: AdapterRow) -> bytes:
    """Its bytes, unverified. Raises AdapterRefused where the file is gone."""
    path = weights_path(sha256=row.sha256, shared=row.is_shared)
    try:
        return path.read_bytes()
    except OSError as error:
        raise AdapterRefused("The weights cannot be read", f"{error.strerror}. Install it again.", row.name) from error


def write_once(*, path: Path, content: bytes) -> None:
    """Write in one step; a reader sees the whole file or none."""
    write_parts_once(path=path, parts=(content,))


def write_parts_once(*, path: Path, parts: Iterable[bytes | memoryview]) -> int:
    """The same, piece by piece; how many bytes it has."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            size = sum(map(file.write, parts))
        half.replace(path)
        return size
    finally:
        half.unlink(missing_ok=True)
