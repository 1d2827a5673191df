"""Compose the adapters that serve a task for this tenant: authorised, gated, verified, then made one."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog

from agents.federation.composition import Weighted
from agents.federation.generation import BASE_ALONE, ServedAdapter
from agents.federation.refusal import AdapterRefused
from agents.federation.router import Route
from agents.federation.strategies import Strategy, materialise, served_name
from agents.models import AdapterRow
from agents.selectors.standing import Place
from agents.services.composite_store import StoredComposite, composite_store, store_composite
from agents.services.registry import adapter_of
from agents.services.standing import (
    LeftOut,
    authorised,
    digest_of,
    left_out_for,
    routed,
    tried_or_not,
    with_the_version_before,
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Composition:
    """What serves together, and what was left out.

    Attributes:
        digest: of base and members; empty when the base alone serves.
        members: rows of the database in the order of the axes, every one read under this tenant's own role.
        served: what a runtime loads.
        lineage: how many members each stage of the strategy held.
        seconds: composing took; next to nothing from the cache.
    """

    strategy: Strategy
    digest: str = ""
    members: tuple[AdapterRow, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    served: ServedAdapter = BASE_ALONE
    lineage: tuple[int, ...] = ()
    rank: int = 0
    from_cache: bool = False
    seconds: float = 0.0


class _Broken(Exception):
    """A member's file no longer verifies."""

    def __init__(self, *, row: AdapterRow, refusal: AdapterRefused) -> None:
        super().__init__(str(refusal))
        self.row, self.refusal = row, refusal


def compose_adapters(
    *,
    wanted: Sequence[Place],
    strategy: Strategy,
    gated: bool = True,
    request: str = "",
    stand_in: Place | None = None,
) -> Composition:
    """Compose what serves in the wanted places.

    The database decides first, under the tenant's role, which rows there are; only then is there a digest. Of them the
    longest beginning whose evaluation passed serves. An adapter whose file no longer verifies gives its place back to
    the version before it. A version that is tried on a share of requests stands in for the one that serves where the
    request falls to it, unless fewer adapters would then pass together.

    Args:
        gated: False only for the harness that measures what the gate will read.
        request: what is asked; without it nothing is tried.
        stand_in: serves where nothing wanted of its axis does.
    """
    started = time.perf_counter()
    stand = authorised(wanted, request=request, stand_in=stand_in)
    rows, left_out = tried_or_not(stand, gated=gated)
    while True:
        route = routed(rows) if gated else Route(serving=tuple(rows), held_back=())
        try:
            made = _made(rows=route.serving, strategy=strategy)
            break
        except _Broken as broken:
            log.warning("adapter.refused", adapter=str(broken.row), reason=str(broken.refusal))
            left_out.append(left_out_for(broken.row, f"{broken.row} is refused: {broken.refusal}"))
            rows = with_the_version_before(rows, broken.row, serving=stand.serving)
    left_out += [
        left_out_for(row, "Together with the others it has not passed its evaluation.") for row in route.held_back
    ]
    return replace(made, left_out=tuple(left_out), seconds=time.perf_counter() - started)


def composition_body(*, made: Composition) -> dict[str, Any]:
    """A composition as plain values, the same for commands and the API; nothing about where files lie."""
    return {
        "digest": made.digest,
        "strategy": made.strategy.value,
        "rank": made.rank,
        "bytes": made.served.size,
        "members": [
            {"axis": row.axis, "member": row.member, "adapter": str(row), "sha256": row.sha256} for row in made.members
        ],
        "left_out": [{"axis": one.axis.value, "member": one.member, "why": one.why} for one in made.left_out],
        "from_cache": made.from_cache,
        "seconds": round(made.seconds, 4),
    }


def _made(*, rows: Sequence[AdapterRow], strategy: Strategy) -> Composition:
    if not rows:
        return Composition(strategy=strategy)
    digest = digest_of(rows=rows)
    name = served_name(strategy=strategy, digest=digest)
    kept = composite_store().get(name)
    from_cache = kept is not None and kept.is_there
    if kept is None or not from_cache:
        kept = _materialised(rows=rows, name=name, strategy=strategy)
        composite_store().put(name, kept)
    return Composition(
        strategy=strategy,
        digest=digest,
        members=tuple(rows),
        served=kept.served,
        lineage=kept.lineage,
        rank=kept.rank,
        from_cache=from_cache,
    )


def _materialised(*, rows: Sequence[AdapterRow], name: str, strategy: Strategy) -> StoredComposite:
    made = materialise(strategy=strategy, members=[_weighted(row) for row in rows])
    shared = all(row.is_shared for row in rows)
    return store_composite(name=name, parts=made.parts, lineage=made.lineage, shared=shared)


def _weighted(row: AdapterRow) -> Weighted:
    try:
        return Weighted(adapter=adapter_of(row=row))
    except AdapterRefused as refusal:
        raise _Broken(row=row, refusal=refusal) from refusal
