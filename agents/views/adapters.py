"""Pages about adapters: which there are, what each is, and which serves."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from agents.federation.refusal import AdapterRefused
from agents.forms.trials import TrialForm
from agents.models import AdapterRow
from agents.selectors.adapters import all_adapters, find_adapter
from agents.services.promotion import PromotionRefused, promote_adapter, refuse_shared, roll_back_adapter, try_adapter
from agents.views.adapter_facts import adapters_table, card, stand_in_words
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
        "may_roll_back": may_manage and (row.is_serving or row.is_canary),
        "trial": TrialForm(initial={"percent": row.canary_percent or 10})
        if may_manage and not row.is_serving
        else None,
        "stand": stand_in_words(row),
        "panels": _panels(row),
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
def adapter_try(request: TenantRequest, adapter_id: UUID) -> HttpResponse:
    """Answer a share of the questions with it."""
    row = _adapter_or_404(adapter_id)
    form = TrialForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for errors in form.errors.values() for text in errors))
        return redirect("agents:adapter_detail", adapter_id=row.pk)
    try:
        refuse_shared(adapter=row)
        percent = form.cleaned_data["percent"]
        try_adapter(adapter=row, percent=percent, by=request.user, now=timezone.now())
        messages.success(request, f"{row} is tried on {percent}% of the questions.")
    except (PromotionRefused, AdapterRefused) as refused:
        messages.error(request, f"{refused} What serves goes on.")
    return redirect("agents:adapter_detail", adapter_id=row.pk)


@requires(Action.MANAGE_ADAPTERS)
@require_POST
def adapter_roll_back(request: TenantRequest, adapter_id: UUID) -> HttpResponse:
    row = _adapter_or_404(adapter_id)
    try:
        refuse_shared(adapter=row)
        former = roll_back_adapter(adapter=row, by=request.user)
        messages.success(
            request,
            f"{former} serves{' again' if row.is_serving else ' alone'}."
            if former
            else f"{row} is withdrawn; nothing served before.",
        )
    except (PromotionRefused, AdapterRefused) as refused:
        messages.error(request, f"{refused} What serves goes on.")
    return redirect("agents:adapter_detail", adapter_id=row.pk)


def _panels(row: AdapterRow) -> list[dict[str, str]]:
    """What higher floors add to the page: evaluations from the portal, and how versions were judged."""
    named = (("training:adapter_evaluations", "Evaluations"), ("rlhf:adapter_comparison", "Side by side"))
    return [{"url": reverse(name, args=[row.pk]), "label": label} for name, label in named]


def _adapter_or_404(adapter_id: UUID) -> AdapterRow:
    row = find_adapter(adapter_id=adapter_id)
    if row is None:
        raise Http404("There is no such adapter.")
    return row
