"""Adapters this tenant may see: its own, and those shared with all."""

from collections.abc import Sequence
from uuid import UUID

from agents.federation.axes import ORDER, Axis
from agents.federation.digests import composite_digest
from agents.models import AdapterRow, EvaluationRow, OwnAdapter, OwnEvaluation, SharedAdapter, SharedEvaluation
from agents.selectors.standing import Place, inside_a_tenant, placed_adapters


def all_adapters() -> list[AdapterRow]:
    """The tenant's own first, then the shared; by axis, member and newest version."""
    own: list[AdapterRow] = list(OwnAdapter.objects.all()) if inside_a_tenant() else []
    return own + list(SharedAdapter.objects.all())


def find_adapter(*, adapter_id: UUID) -> AdapterRow | None:
    """One of this tenant's or a shared one. Another tenant's is not found, as if it did not exist."""
    own = OwnAdapter.objects.filter(pk=adapter_id).first() if inside_a_tenant() else None
    return own or SharedAdapter.objects.filter(pk=adapter_id).first()


def serving_adapters(*, base_digest: str, places: Sequence[Place]) -> dict[Place, AdapterRow]:
    """What serves in each of the places on this base."""
    return placed_adapters(base_digest=base_digest, places=places).serving


def serving_here(*, base_digest: str) -> list[AdapterRow]:
    """What serves in every place there is, one a place, in the order of the axes."""
    rows: list[AdapterRow] = list(SharedAdapter.objects.serving().on_base(base_digest))
    if inside_a_tenant():
        rows += OwnAdapter.objects.serving().on_base(base_digest)
    by_place = {(ORDER.index(Axis(row.axis)), row.member): row for row in rows}
    return [by_place[place] for place in sorted(by_place)]


def evaluations_with(*, sha256: str) -> list[EvaluationRow]:
    """The newest result of each suite on each composite that holds the adapter, the smallest first."""
    rows: list[EvaluationRow] = list(SharedEvaluation.objects.filter(members__contains=[sha256]).newest())
    if inside_a_tenant():
        rows += OwnEvaluation.objects.filter(members__contains=[sha256]).newest()
    return sorted(rows, key=lambda row: (len(row.members), row.members, row.suite))


def in_place_of(row: AdapterRow) -> list[AdapterRow]:
    """What stands in the adapter's place now, itself perhaps among it: what serves, and what is tried."""
    place = (Axis(row.axis), row.member)
    placed = placed_adapters(base_digest=row.base_digest, places=[place])
    found = (placed.serving.get(place), placed.canaries.get(place))
    return [one for one in found if one is not None]


def serving_members(*, axis: Axis, base_digest: str) -> tuple[str, ...]:
    """Members of an axis for which something serves."""
    found = set(SharedAdapter.objects.serving().on_base(base_digest).filter(axis=axis).values_list("member", flat=True))
    if inside_a_tenant():
        own = OwnAdapter.objects.serving().on_base(base_digest).filter(axis=axis)
        found |= set(own.values_list("member", flat=True))
    return tuple(sorted(found))


def alone_digest(row: AdapterRow) -> str:
    """Name of the composite that holds this adapter alone, under which it is evaluated."""
    return composite_digest(base_digest=row.base_digest, members=[(row.sha256, 1.0)])


def evaluations_of(*, digests: Sequence[str]) -> dict[str, list[EvaluationRow]]:
    """The newest result of each suite, by composite."""
    rows: list[EvaluationRow] = list(SharedEvaluation.objects.filter(digest__in=digests).newest())
    if inside_a_tenant():
        rows += OwnEvaluation.objects.filter(digest__in=digests).newest()
    found: dict[str, list[EvaluationRow]] = {}
    for row in rows:
        found.setdefault(row.digest, []).append(row)
    return found
