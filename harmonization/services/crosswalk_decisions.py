"""A person confirms, rejects or takes back a pairing; each decision is audited and can be undone."""

from django.db import transaction
from django.utils import timezone

from harmonization.crosswalk.keys import CodeKind, normal_code
from harmonization.models import CrosswalkCandidate, Product, ProductCode
from harmonization.selectors.crosswalk import suggested
from harmonization.services.copying import queue_up
from harmonization.services.products import LOCK_NAMESPACE
from tenants.models import User
from tenants.services.audit import record_event

MOST_AT_ONCE = 500
LEAST_FOR_BULK = 0.8
PERSON = "confirmed by a person"
State = CrosswalkCandidate.State


class DecisionRefused(Exception):
    """The decision cannot be made: what is wrong, where, and how to fix it."""

    def __init__(self, *, title: str, detail: str, where: str = "", fix: str = "") -> None:
        super().__init__(detail)
        self.problem = {"title": title, "detail": detail, "where": where, "fix": fix}


@transaction.atomic
def confirm_candidate(*, candidate_id: int, by: User | None) -> CrosswalkCandidate:
    """The item is this product. Raises DecisionRefused where the item was decided otherwise meanwhile."""
    queue_up(namespace=LOCK_NAMESPACE)
    candidate = _pending(candidate_id)
    others = CrosswalkCandidate.objects.filter(
        retailer_id=candidate.retailer_id, item_id=candidate.item_id, state=State.CONFIRMED
    )
    if other := others.select_related("product").first():
        raise DecisionRefused(
            title="The item is another product already",
            detail=f"{candidate.item_id} was confirmed as {other.product.sku}.",
            where=candidate.retailer_id,
            fix="Undo that confirmation first.",
        )
    keep_code(
        product=candidate.product, retailer_id=candidate.retailer_id, item_id=candidate.item_id, source=PERSON, by=by
    )
    return _decide(candidate, state=State.CONFIRMED, by=by, kind="crosswalk.confirmed")


@transaction.atomic
def reject_candidate(*, candidate_id: int, by: User | None) -> CrosswalkCandidate:
    """The item is not this product; it is not proposed again."""
    queue_up(namespace=LOCK_NAMESPACE)
    return _decide(_pending(candidate_id), state=State.REJECTED, by=by, kind="crosswalk.rejected")


@transaction.atomic
def undo_decision(*, candidate_id: int, by: User | None) -> CrosswalkCandidate:
    """Take a decision back: the pairing waits again, and a code that only rested on it is gone."""
    queue_up(namespace=LOCK_NAMESPACE)
    candidate = _candidate(candidate_id)
    if candidate.state == State.PENDING:
        raise DecisionRefused(title="Nothing to undo", detail="Nobody has decided on it.", where=str(candidate))
    if candidate.state == State.CONFIRMED:
        code = normal_code(kind=CodeKind.ITEM_ID, text=candidate.item_id)
        kept = ProductCode.objects.filter(
            product=candidate.product, kind=CodeKind.ITEM_ID, retailer_id=candidate.retailer_id, code=code
        )
        kept.filter(import_run=None).delete()
        kept.update(confirmed_by=None, confirmed_at=None)
    return _decide(candidate, state=State.PENDING, by=by, kind="crosswalk.undone")


@transaction.atomic
def confirm_above(*, least: float, candidate_ids: list[int], by: User | None) -> int:
    """Confirm the candidates of a preview that are still sure enough, each with its own audit event; how many.

    Raises DecisionRefused under the least confidence that bulk confirmation takes, or for more than it takes at once.
    """
    if not LEAST_FOR_BULK <= least <= 1:
        raise DecisionRefused(
            title="The threshold is too low",
            detail=f"Bulk confirmation takes candidates from {LEAST_FOR_BULK:.0%} on.",
            where="least",
            fix="Raise the threshold, or confirm one by one.",
        )
    if len(candidate_ids) > MOST_AT_ONCE:
        raise DecisionRefused(
            title="Too many at once",
            detail=f"At most {MOST_AT_ONCE} are confirmed at once.",
            where="candidates",
            fix="Confirm them in parts.",
        )
    queue_up(namespace=LOCK_NAMESPACE)
    still = suggested(least=least).filter(pk__in=candidate_ids).values_list("pk", flat=True)
    return len([confirm_candidate(candidate_id=pk, by=by) for pk in list(still)])


def _pending(candidate_id: int) -> CrosswalkCandidate:
    candidate = _candidate(candidate_id)
    if candidate.state != State.PENDING:
        raise DecisionRefused(
            title="It is decided already",
            detail=f"{candidate} is {candidate.get_state_display().lower()}.",
            where=candidate.retailer_id,
            fix="Undo that decision first.",
        )
    return candidate


def _candidate(candidate_id: int) -> CrosswalkCandidate:
    candidate = CrosswalkCandidate.objects.select_related("product").filter(pk=candidate_id).first()
    if candidate is None:
        raise DecisionRefused(
            title="There is no such candidate",
            detail="It may have been replaced by a newer look at all items.",
            where=str(candidate_id),
            fix="Open the queue again.",
        )
    return candidate


def _decide(candidate: CrosswalkCandidate, *, state: State, by: User | None, kind: str) -> CrosswalkCandidate:
    before = {"state": candidate.state}
    candidate.state = state
    candidate.decided_by, candidate.decided_at = (None, None) if state == State.PENDING else (by, timezone.now())
    candidate.save(update_fields=["state", "decided_by", "decided_at"])
    after = {
        "state": str(state),
        "retailer_id": candidate.retailer_id,
        "item_id": candidate.item_id,
        "sku": candidate.product.sku,
        "confidence": round(candidate.confidence, 4),
    }
    record_event(kind=kind, about=candidate, by=by, before=before, after=after)
    return candidate


def keep_code(*, product: Product, retailer_id: str, item_id: str, source: str, by: User | None) -> None:
    """Keep that a person says the retailer's item is this product, in the caller's transaction."""
    code, is_new = ProductCode.objects.get_or_create(
        product=product,
        kind=CodeKind.ITEM_ID,
        retailer_id=retailer_id,
        code=normal_code(kind=CodeKind.ITEM_ID, text=item_id),
        defaults={"spelling": item_id, "source": source, "confirmed_by": by, "confirmed_at": timezone.now()},
    )
    if not is_new and code.confirmed_at is None:
        code.confirmed_by, code.confirmed_at = by, timezone.now()
        code.spelling = code.spelling or item_id
        code.save(update_fields=["confirmed_by", "confirmed_at", "spelling"])
