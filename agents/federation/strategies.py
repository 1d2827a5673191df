"""Ways to make several adapters one, behind one call: all of them exact, none a lossy merge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from agents.federation.composition import Composite, Weighted, compose
from agents.federation.digests import content_digest


class Strategy(StrEnum):
    """How members become what is served."""

    CONCATENATED = "concatenated"
    ADDITIVE = "additive"
    SEQUENTIAL = "sequential"


@dataclass(frozen=True, kw_only=True, eq=False)
class Materialised:
    """What is handed to a runtime.

    Attributes:
        parts: one composite, or several whose changes the runtime sums.
        lineage: how many members each stage held, in order; the last is all of them.
    """

    parts: tuple[Composite, ...]
    lineage: tuple[int, ...]


def materialise(*, strategy: Strategy, members: Sequence[Weighted]) -> Materialised:
    """Compose by the strategy. Raises AdapterRefused as ``compose`` does."""
    return MATERIALISERS[strategy](members)


def served_name(*, strategy: Strategy, digest: str) -> str:
    """Name of the same members made by this strategy; the digest itself for the default one."""
    return digest if strategy == Strategy.CONCATENATED else content_digest(f"{strategy}:{digest}".encode())


def _concatenated(members: Sequence[Weighted]) -> Materialised:
    return Materialised(parts=(compose(members=members),), lineage=(len(members),))


def _additive(members: Sequence[Weighted]) -> Materialised:
    whole = compose(members=members)  # refuses what does not fit, before anything is served
    parts = tuple(compose(members=[member]) for member in members)
    return Materialised(parts=parts if len(parts) > 1 else (whole,), lineage=(len(members),))


def _sequential(members: Sequence[Weighted]) -> Materialised:
    """One on top of another. The sum is the same in any order, so only the stages are told apart, by their lineage."""
    return Materialised(parts=(compose(members=members),), lineage=tuple(range(1, len(members) + 1)))


MATERIALISERS: Mapping[Strategy, Callable[[Sequence[Weighted]], Materialised]] = {
    Strategy.CONCATENATED: _concatenated,
    Strategy.ADDITIVE: _additive,
    Strategy.SEQUENTIAL: _sequential,
}
