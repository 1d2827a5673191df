"""Try a new version on a share of requests, put it in the place of the one that serves, put the former one back."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django_tenants.utils import tenant_context

from agents.federation.promotion import GateVerdict
from agents.models import AdapterRow, AdapterState
from agents.services.registry import adapter_of, registry_of
from tenants.models import Tenant, User
from tenants.services.audit import record_event

MOST_PERCENT = 50


class PromotionRefused(Exception):
    """The adapter must not serve, or is in no state to; what serves goes on.

    Attributes:
        title, detail, where, fix: what is wrong, and what would mend it.
    """

    def __init__(self, title: str, detail: str, where: str, fix: str) -> None:
        super().__init__(f"{title}: {detail}")
        self.title, self.detail, self.where, self.fix = title, detail, where, fix


def promote_adapter(*, adapter: AdapterRow, by: User | None, now: datetime) -> AdapterRow:
    """Let it serve from now on; the version that served is retired and can be put back.

    Raises PromotionRefused where the gate says no or it serves already, AdapterRefused where its file does not verify.
    """
    adapter_of(row=adapter)
    with transaction.atomic():
        with registry_of(shared=adapter.is_shared):
            candidate, serving = _locked(adapter)
            _refuse_what_may_not_serve(candidate=candidate, serving=serving)
            if serving is not None:
                _move(serving, AdapterState.RETIRED)
            candidate.replaced, candidate.promoted_at, candidate.promoted_by = serving, now, by
            _move(candidate, AdapterState.SERVING)
        _note(kind="adapter.promoted", row=candidate, by=by, before=serving, after=candidate)
    return candidate


def try_adapter(*, adapter: AdapterRow, percent: int, by: User | None, now: datetime) -> AdapterRow:
    """Let it answer a share of requests, the same ones each time; asked again it changes the share.

    Raises PromotionRefused for a share out of bounds, where a suite does not pass or another version is tried in the
    place, AdapterRefused where its file does not verify.
    """
    if not 1 <= percent <= MOST_PERCENT:
        fix = f"Choose from 1 to {MOST_PERCENT}; to answer more, promote it."
        raise PromotionRefused("The share is out of bounds", f"{percent} percent were asked for.", "percent", fix)
    adapter_of(row=adapter)
    with transaction.atomic():
        with registry_of(shared=adapter.is_shared):
            candidate, serving = _locked(adapter)
            before = candidate.canary_percent
            _refuse_what_may_not_be_tried(candidate=candidate)
            candidate.canary_percent = percent
            candidate.canary_at = candidate.canary_at if candidate.is_canary else now
            _move(candidate, AdapterState.CANARY)
        after = {"percent": percent, "serving": serving and str(serving)}
        _record(kind="adapter.tried", row=candidate, by=by, before={"percent": before}, after=after)
    return candidate


def roll_back_adapter(*, adapter: AdapterRow, by: User | None) -> AdapterRow | None:
    """Withdraw what serves and put back what served before it, or end a trial: what served beside it goes on alone.

    None where nothing did and the place is empty now. Raises PromotionRefused where the adapter neither serves nor is
    tried, AdapterRefused where the former one no longer verifies.
    """
    if adapter.is_serving and adapter.replaced is not None:
        adapter_of(row=adapter.replaced)
    with transaction.atomic():
        with registry_of(shared=adapter.is_shared):
            current, serving = _locked(adapter)
            if not current.is_serving and not current.is_canary:
                fix = "Roll back the version that serves."
                raise PromotionRefused("It does not serve", f"{current} is not in its place.", str(current), fix)
            former: AdapterRow | None = current.replaced if current.is_serving else serving
            was_serving = current.is_serving
            _move(current, AdapterState.WITHDRAWN)
            if former is not None and was_serving:
                _move(former, AdapterState.SERVING)
        _note(kind="adapter.rolled_back", row=current, by=by, before=current, after=former)
    return former


def refuse_shared(*, adapter: AdapterRow) -> None:
    """Raises PromotionRefused for an adapter that no workspace may promote or roll back: it answers for all."""
    if adapter.is_shared:
        fix = "Ask whoever runs this installation; or promote an adapter of your own in its place."
        raise PromotionRefused("It is shared with all workspaces", "No one of them decides.", str(adapter), fix)


def gate_verdict(*, candidate: AdapterRow, serving: AdapterRow | None) -> GateVerdict:
    """What the configured gate says about putting one in the other's place."""
    verdict: GateVerdict = import_string(settings.PROMOTION_GATE)(candidate=candidate, serving=serving)
    return verdict


def _refuse_what_may_not_serve(*, candidate: AdapterRow, serving: AdapterRow | None) -> None:
    if candidate.is_serving:
        raise PromotionRefused("It serves already", f"{candidate} is in its place.", str(candidate), "Nothing to do.")
    _refuse_by_gate(candidate=candidate, serving=serving)


def _refuse_what_may_not_be_tried(*, candidate: AdapterRow) -> None:
    """Every suite must pass; whether it is better than what serves is what the trial shows."""
    if candidate.is_serving:
        fix = "Try the next version beside it."
        raise PromotionRefused("It serves already", f"{candidate} answers everything.", str(candidate), fix)
    other = _beside(candidate).filter(state=AdapterState.CANARY).exclude(pk=candidate.pk).first()
    if other is not None:
        raise PromotionRefused("Another version is tried", f"{other} is.", str(candidate), f"Roll back {other} first.")
    _refuse_by_gate(candidate=candidate, serving=None)


def _refuse_by_gate(*, candidate: AdapterRow, serving: AdapterRow | None) -> None:
    verdict = gate_verdict(candidate=candidate, serving=serving)
    if not verdict.is_allowed:
        fix = "Train it further, evaluate it again, and promote the version that passes."
        raise PromotionRefused("The gate does not let it pass", " ".join(verdict.reasons), str(candidate), fix)


def _locked(adapter: AdapterRow) -> tuple[AdapterRow, AdapterRow | None]:
    """The adapter as it is now, and what serves in its place; both rows held against other promotions."""
    held: dict[Any, AdapterRow] = {row.pk: row for row in _beside(adapter).select_for_update(of=("self",))}
    serving = next((row for row in held.values() if row.is_serving), None)
    return held[adapter.pk], serving


def _beside(adapter: AdapterRow) -> Any:
    """All versions that could stand in its place."""
    place = {"axis": adapter.axis, "member": adapter.member, "base_digest": adapter.base_digest}
    return type(adapter)._default_manager.filter(**place)


def _move(row: AdapterRow, state: AdapterState) -> None:
    row.state = state
    if state != AdapterState.CANARY:
        row.canary_percent = 0
    row.save(update_fields=["state", "replaced", "promoted_at", "promoted_by", "canary_percent", "canary_at"])


def _note(*, kind: str, row: AdapterRow, by: User | None, before: AdapterRow | None, after: AdapterRow | None) -> None:
    was, serves = (None if one is None else {"serving": str(one)} for one in (before, after))
    _record(kind=kind, row=row, by=by, before=was, after=serves)


def _record(
    *, kind: str, row: AdapterRow, by: User | None, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    """In the tenant's audit log; what is shared changes everybody's answers and is noted in everybody's."""
    if not row.is_shared:
        record_event(kind=kind, about=row, by=by, before=before, after=after)
        return
    for tenant in Tenant.objects.live():
        with tenant_context(tenant):
            record_event(kind=kind, about=row, by=by, before=before, after=after)
