"""Which adapters stand for a request: those that serve, those tried in their stead, and those left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agents.federation.axes import ORDER, Axis
from agents.federation.canary import falls_to_canary
from agents.federation.digests import composite_digest
from agents.federation.router import Route, longest_passing_prefix
from agents.models import AdapterRow
from agents.selectors.base_model import base_digest
from agents.selectors.standing import Place, passing_digests, placed_adapters


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A wanted adapter that does not serve, and why."""

    axis: Axis
    member: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Stand:
    """The wanted places in the order of the axes, what serves in them, and what is tried on this request."""

    places: Sequence[Place]
    serving: Mapping[Place, AdapterRow]
    tried: Mapping[Place, AdapterRow]

    def rows(self, *, tried: bool) -> list[AdapterRow]:
        chosen = {**self.serving, **self.tried} if tried else self.serving
        return [chosen[place] for place in self.places if place in chosen]


def authorised(wanted: Sequence[Place], *, request: str, stand_in: Place | None = None) -> Stand:
    """Rows of the wanted places; other tenants' are not in any table read here.

    Args:
        stand_in: serves where it can and nothing wanted of its axis does; it is not missed otherwise.
    """
    asked = {*wanted, stand_in} if stand_in else set(wanted)
    placed = placed_adapters(base_digest=base_digest(), places=list(asked))
    if stand_in and stand_in not in wanted:
        others = {place for place in wanted if place[0] == stand_in[0]}
        stands_in = stand_in in placed.serving and others.isdisjoint(placed.serving)
        asked -= others if stands_in else {stand_in}
    places = sorted(asked, key=lambda place: (ORDER.index(place[0]), place[1]))
    tried = {
        place: row
        for place, row in placed.canaries.items()
        if request and falls_to_canary(request=request, sha256=row.sha256, percent=row.canary_percent)
    }
    return Stand(places=places, serving=placed.serving, tried=tried)


def tried_or_not(stand: Stand, *, gated: bool) -> tuple[list[AdapterRow], list[LeftOut]]:
    """The rows that stand for this request, and what is wanted but missing."""
    serving, tried = stand.rows(tried=False), stand.rows(tried=True)
    held = [row for row in tried if row.is_canary]
    if gated and held and len(routed(tried).serving) < max(1, len(routed(serving).serving)):
        why = "{} is tried, but together with the others it has not passed its evaluation."
        return serving, [left_out_for(row, why.format(row)) for row in held] + _missing(stand.places, serving)
    return tried, _missing(stand.places, tried)


def _missing(places: Sequence[Place], rows: Sequence[AdapterRow]) -> list[LeftOut]:
    found = {(row.axis, row.member) for row in rows}
    return [
        LeftOut(axis=axis, member=member, why="No adapter serves here.")
        for axis, member in places
        if (axis, member) not in found
    ]


def routed(rows: Sequence[AdapterRow]) -> Route[AdapterRow]:
    digests = [digest_of(rows=rows[:length]) for length in range(1, len(rows) + 1)]
    passing = passing_digests(digests=digests) if digests else frozenset()
    return longest_passing_prefix(members=rows, passes=lambda some: digests[len(some) - 1] in passing)


def with_the_version_before(
    rows: Sequence[AdapterRow], broken: AdapterRow, *, serving: Mapping[Place, AdapterRow]
) -> list[AdapterRow]:
    former = serving.get((Axis(broken.axis), broken.member)) if broken.is_canary else broken.replaced
    kept = [(former if row.pk == broken.pk else row) for row in rows]
    return [row for row in kept if row is not None and row.base_digest == broken.base_digest]


def left_out_for(row: AdapterRow, why: str) -> LeftOut:
    return LeftOut(axis=Axis(row.axis), member=row.member, why=why)


def digest_of(*, rows: Sequence[AdapterRow]) -> str:
    """Name of the composite of these adapters, each with weight 1."""
    return composite_digest(base_digest=rows[0].base_digest, members=[(row.sha256, 1.0) for row in rows])
