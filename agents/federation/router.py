"""Which of the wanted adapters serve: those the gate has seen work together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

MemberT = TypeVar("MemberT")


@dataclass(frozen=True, kw_only=True)
class Route(Generic[MemberT]):
    """Which members serve, in order, and which wait for an evaluation of the whole."""

    serving: tuple[MemberT, ...]
    held_back: tuple[MemberT, ...]


def longest_passing_prefix(
    *, members: Sequence[MemberT], passes: Callable[[Sequence[MemberT]], bool]
) -> Route[MemberT]:
    """The longest beginning of ``members`` whose evaluation passed; without any, the base alone serves."""
    for length in range(len(members), 0, -1):
        if passes(members[:length]):
            return Route(serving=tuple(members[:length]), held_back=tuple(members[length:]))
    return Route(serving=(), held_back=tuple(members))
