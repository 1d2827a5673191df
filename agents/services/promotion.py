"""Put a new version in the place of the one that serves, and put the former one back."""

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


def roll_back_adapter(*, adapter: AdapterRow, by: User | None) -> AdapterRow | None:
    """Withdraw what serves and put back what served before it; None where nothing did and the place is empty now.

    Raises PromotionRefused where the adapter does not serve, AdapterRefused where the former one no longer verifies.
    """
    if adapter.replaced is not None:
        adapter_of(row=adapter.replaced)
    with transaction.atomic():
        with registry_of(shared=adapter.is_shared):
            current, serving = _locked(adapter)
            if serving is None or serving.pk != current.pk:
                fix = "Roll back the version that serves."
                raise PromotionRefused("It does not serve", f"{current} is not in its place.", str(current), fix)
            former: AdapterRow | None = current.replaced
            _move(current, AdapterState.WITHDRAWN)
            if former is not None:
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
    verdict = gate_verdict(candidate=candidate, serving=serving)
    if not verdict.is_allowed:
        fix = "Train it further, evaluate it again, and promote the version that passes."
        raise PromotionRefused("The gate does not let it pass", " ".join(verdict.reasons), str(candidate), fix)


def _locked(adapter: AdapterRow) -> tuple[AdapterRow, AdapterRow | None]:
    """The adapter as it is now, and what serves in its place; both rows held against other promotions."""
    rows: Any = type(adapter)._default_manager.select_for_update(of=("self",))
    place = {"axis": adapter.axis, "member": adapter.member, "base_digest": adapter.base_digest}
    held = {row.pk: row for row in rows.filter(**place)}
    serving = next((row for row in held.values() if row.is_serving), None)
    return held[adapter.pk], serving


def _move(row: AdapterRow, state: AdapterState) -> None:
    row.state = state
    row.save(update_fields=["state", "replaced", "promoted_at", "promoted_by"])


def _note(*, kind: str, row: AdapterRow, by: User | None, before: AdapterRow | None, after: AdapterRow | None) -> None:
    """In the tenant's audit log; what is shared changes everybody's answers and is noted in everybody's."""
    was, serves = (None if one is None else {"serving": str(one)} for one in (before, after))
    if not row.is_shared:
        record_event(kind=kind, about=row, by=by, before=was, after=serves)
        return
    for tenant in Tenant.objects.live():
        with tenant_context(tenant):
            record_event(kind=kind, about=row, by=by, before=was, after=serves)
