"""Where a server listens and the password it wants, kept in a file that only we can read."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A loopback port (0 before the first start) and a password of 192 random bits."""

    port: int
    password: str


def load_endpoint(path: Path) -> Endpoint:
    """The kept endpoint, or a fresh one with a new password."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Endpoint(port=int(kept["port"]), password=str(kept["password"]))
    except FileNotFoundError:
        return Endpoint(port=0, password=secrets.token_hex(24))


def save_endpoint(*, path: Path, endpoint: Endpoint) -> None:
    """Replace the file in one step, mode 0600."""
    half = path.with_name(f"{path.name}.half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump({"port": endpoint.port, "password": endpoint.password}, file)
    half.rename(path)
