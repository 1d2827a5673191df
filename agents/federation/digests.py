"""Names of adapters and composites by what they are."""

import hashlib
import json
from collections.abc import Sequence


def content_digest(content: bytes) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def composite_digest(*, base_digest: str, members: Sequence[tuple[str, float]]) -> str:
    """The name of a composite: SHA-256 over the base and the sorted (adapter digest, weight) pairs.

    Order does not matter because composing is exact in any order. New weights are a new name, so what is cached under a
    name never changes.
    """
    pairs = sorted((digest, repr(float(weight))) for digest, weight in members)
    text = json.dumps({"base": base_digest, "members": pairs}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
