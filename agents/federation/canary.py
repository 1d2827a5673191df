"""Which requests try a new version: the same request always meets the same one."""

import hashlib

PARTS = 10_000


def falls_to_canary(*, request: str, sha256: str, percent: int) -> bool:
    """Whether the request is among the share that the version of these weights is tried on.

    SHA-256 of version and request, so that shares of different versions are drawn apart from each other and a request
    that is repeated is answered by the same version until the share changes.
    """
    drawn = int.from_bytes(hashlib.sha256(f"{sha256}:{request}".encode()).digest()[:8], "big") % PARTS
    return drawn < percent * PARTS // 100
