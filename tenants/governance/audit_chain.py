"""A hash chain over audit rows: deleting, altering or reordering one breaks every hash after it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True, kw_only=True)
class Link:
    """One row as the chain sees it."""

    sequence: int
    content: Mapping[str, Any]
    previous_hash: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class Head:
    """Where the chain ended when it was last written, kept apart from the rows."""

    sequence: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class Break:
    """Where a chain stops being whole, and why."""

    sequence: int
    reason: str


def as_stored(value: Any) -> Any:
    """A JSON value as PostgreSQL's ``jsonb`` gives it back, so that a hash taken before storing holds after reading.

    ``jsonb`` keeps numbers as ``numeric``: floats of 1e16 and more come back as integers, and there is no -0.0.
    """
    if isinstance(value, dict):
        return {str(key): as_stored(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_stored(item) for item in value]
    if isinstance(value, float) and abs(value) >= 1e16:
        return int(Decimal(repr(value)))
    return 0.0 if isinstance(value, float) and value == 0 else value


def link_hash(*, previous_hash: str, content: Mapping[str, Any]) -> str:
    """SHA-256 (FIPS 180-4) over the previous hash and the content as canonical JSON; 64 hex digits."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous_hash}\n{canonical}".encode()).hexdigest()


def verify_chain(*, links: Iterable[Link], head: Head | None) -> tuple[int, Break | None]:
    """Walk the rows in order of sequence up to the head; how many are whole, and the first break if there is one.

    Without a head the chain must be empty.
    """
    previous_hash, checked = GENESIS, 0
    for expected, link in enumerate(links, start=1):
        if link.sequence != expected:
            return checked, Break(sequence=expected, reason=f"row {expected} is missing")
        if link.previous_hash != previous_hash:
            return checked, Break(sequence=expected, reason="the row before it was changed")
        if link_hash(previous_hash=previous_hash, content=link.content) != link.hash:
            return checked, Break(sequence=expected, reason="the row was changed after it was written")
        previous_hash, checked = link.hash, expected
    return checked, _break_at_head(checked=checked, last_hash=previous_hash, head=head)


def _break_at_head(*, checked: int, last_hash: str, head: Head | None) -> Break | None:
    end = head or Head(sequence=0, hash=GENESIS)
    if end.sequence > checked:
        return Break(sequence=checked + 1, reason=f"row {checked + 1} is missing")
    if end.sequence < checked:
        return Break(sequence=end.sequence + 1, reason="the row was added outside the log's door")
    if end.hash != last_hash:
        return Break(sequence=checked, reason="the chain was rewritten after it was written")
    return None
