"""Pre-registration: a design frozen before it starts."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any


class DesignChanged(Exception):
    """The design is not the one that was registered."""


@dataclass(frozen=True, kw_only=True)
class Registration:
    """A design as it was frozen.

    Attributes:
        text: canonical JSON: sorted keys, no spaces.
        digest: SHA-256 of the text, hexadecimal.
    """

    text: str
    digest: str


def register(*, design: dict[str, Any]) -> Registration:
    """Freeze a design; the same design always has the same digest, however it is written."""
    text = json.dumps(design, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return Registration(text=text, digest=hashlib.sha256(text.encode()).hexdigest())


def verify(*, design: dict[str, Any], digest: str) -> None:
    """Raise DesignChanged where the design is not the registered one."""
    found = register(design=design).digest
    if found != digest:
        raise DesignChanged(
            f"The design registered as {digest[:12]} is now {found[:12]}: it was changed after the start."
        )
