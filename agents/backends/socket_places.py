"""Where the engine's socket lies: the kernel takes about a hundred bytes of path, and checkouts may lie deep."""

import hashlib
import os
import tempfile
from pathlib import Path

LONGEST_PATH = 100


def socket_address(path: Path) -> str:
    """The path itself, or for a long one a short place of this account's own, named by its hash."""
    if len(os.fsencode(path)) <= LONGEST_PATH:
        return str(path)
    key = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return str(Path(tempfile.gettempdir()) / f"rmn-engine-{os.geteuid()}-{key}" / "engine.sock")
