"""Pages about adapters: which there are, what each is, and which serves."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from agents.federation.refusal import AdapterRefused
from agents.models import AdapterRow
from agents.selectors.adapters import all_adapters, find_adapter
from agents.services.promotion import PromotionRefused, promote_adapter, refuse_shared, roll_back_adapter
from agents.views.adapter_facts import adapters_table, card
from agents.views.federation import agents_tabs
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest


@requires(Action.READ_PLANS)
@require_GET
def adapter_list(request: TenantRequest) -> HttpResponse:
    rows = all_adapters()
    context = {"table": adapters_table(rows), "has_rows": bool(rows), "tabs": agents_tabs(current="adapters")}
    return render(request, "agents/adapters/list.html", context)


@requires(Action.READ_PLANS)
@require_GET
def adapter_detail(request: TenantRequest, adapter_id: UUID) -> HttpResponse:
    row = _adapter_or_404(adapter_id)
    may_manage = Action.MANAGE_ADAPTERS in request.actions and not row.is_shared
    context = {
        "card": card(row),
        "may_promote": may_manage and not row.is_serving,
        "may_roll_back": may_manage and row.is_serving,
        "breadcrumbs": [{"label": "Adapters", "url": "../"}, {"label": str(row)}],
    }
    return render(request, "agents/adapters/detail.html", context)


@requires(Action.MANAGE_ADAPTERS)
@require_POST
def adapter_promote(request: TenantRequest, adapter_id: UUID) -> HttpResponse:
    row = _adapter_or_404(adapter_id)
    try:
        refuse_shared(adapter=row)
        promote_adapter(adapter=row, by=request.user, now=timezone.now())
        messages.success(request, f"{row} serves from now on.")
    except (PromotionRefused, AdapterRefused) as refused:
        messages.error(request, f"{refused} What served before goes on.")
    return redirect("agents:adapter_detail", adapter_id=row.pk)


@requires(Action.MANAGE_ADAPTERS)
@require_POST
def adapter_roll_back(request: TenantRequest, adapter_id: UUID) -> HttpResponse:
    row = _adapter_or_404(adapter_id)
    try:
        refuse_shared(adapter=row)
        former = roll_back_adapter(adapter=row, by=request.user)
        messages.success(
            request, f"{former} serves again." if former else f"{row} is withdrawn; nothing served before."
        )
    except (PromotionRefused, AdapterRefused) as refused:
        messages.error(request, f"{refused} What serves goes on.")
    return redirect("agents:adapter_detail", adapter_id=row.pk)


def _adapter_or_404(adapter_id: UUID) -> AdapterRow:
    row = find_adapter(adapter_id=adapter_id)
    if row is None:
        raise Http404("There is no such adapter.")
    return row
