"""Address, change and remove single constraints. A key is a kind (``budget``) or a kind and a place (``caps-0``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LISTED = ("caps", "floors")
NAMED = ("fixed",)
PERIOD = ("weeks", "start", "end")

Constraints = dict[str, Any]


class ConstraintMissing(Exception):
    """There is no constraint under this key."""


@dataclass(frozen=True, kw_only=True)
class ConstraintKey:
    """Where a constraint stands: its kind, and its place in the kind's list (None for kinds that occur once)."""

    kind: str
    place: int | None = None

    def __str__(self) -> str:
        return self.kind if self.place is None else f"{self.kind}-{self.place}"


def read_key(text: str) -> ConstraintKey:
    """``caps-0`` → kind caps, place 0; ``caps`` alone names a new one."""
    kind, _, place = text.partition("-")
    return ConstraintKey(kind=kind, place=int(place) if place.isdigit() else None)


def constraint_at(*, constraints: Mapping[str, Any], key: ConstraintKey) -> Any:
    """The value under a key, None when it is not said; (name, amount) for a fixed one; a dictionary for the period."""
    if key.kind == "period":
        return {name: constraints.get(name) for name in PERIOD}
    if key.kind not in LISTED + NAMED:
        return constraints.get(key.kind)
    if key.place is None:
        return None
    entries = _entries(constraints=constraints, kind=key.kind)
    if key.place >= len(entries):
        raise ConstraintMissing(f"There is no constraint {key}.")
    return entries[key.place]


def with_constraint(*, constraints: Mapping[str, Any], key: ConstraintKey, value: Any) -> Constraints:
    """A copy in which the constraint has this value; a listed kind without a place gets one more."""
    changed = dict(constraints)
    if key.kind == "period":
        changed = {name: kept for name, kept in changed.items() if name not in PERIOD}
        return changed | {name: given for name, given in value.items() if given}
    if key.kind not in LISTED + NAMED:
        return changed | {key.kind: value}
    entries = _entries(constraints=constraints, kind=key.kind)
    if key.place is None:
        entries.append(value)
    else:
        constraint_at(constraints=constraints, key=key)
        entries[key.place] = value
    return _with_entries(constraints=changed, kind=key.kind, entries=entries)


def without_constraint(*, constraints: Mapping[str, Any], key: ConstraintKey) -> Constraints:
    """A copy without the constraint."""
    if key.kind == "period":
        return {name: value for name, value in constraints.items() if name not in PERIOD}
    if key.kind not in LISTED + NAMED:
        return {name: value for name, value in constraints.items() if name != key.kind}
    constraint_at(constraints=constraints, key=key)
    entries = _entries(constraints=constraints, kind=key.kind)
    if key.place is not None:
        del entries[key.place]
    return _with_entries(constraints=dict(constraints), kind=key.kind, entries=entries)


def _entries(*, constraints: Mapping[str, Any], kind: str) -> list[Any]:
    stored = constraints.get(kind)
    if not stored:
        return []
    return list(stored.items()) if kind in NAMED else list(stored)


def _with_entries(*, constraints: Constraints, kind: str, entries: list[Any]) -> Constraints:
    if not entries:
        return {name: value for name, value in constraints.items() if name != kind}
    return constraints | {kind: dict(entries) if kind in NAMED else entries}
