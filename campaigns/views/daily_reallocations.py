"""Daily reallocation: its schedule, and a proposal now."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.bandits.decisions import BanditRefused
from campaigns.forms.daily_reallocations import ScheduleForm
from campaigns.models import ReallocationSchedule
from campaigns.selectors.history import retailer_names
from campaigns.services.daily_reallocations import NewSchedule, request_daily, set_schedule
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

FIELDS = ("is_on", "retailers", "brand", "daily_budget", "floor", "cap", "change")


@requires(Action.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def reallocation_schedule(request: TenantRequest) -> HttpResponse:
    schedule = ReallocationSchedule.current()
    posted = request.POST if request.method == "POST" else None
    form = ScheduleForm(posted, retailers=retailer_names(), initial={name: getattr(schedule, name) for name in FIELDS})
    refusal = None
    if form.is_valid():
        try:
            set_schedule(new=_asked(form.cleaned_data), by=request.user, now=timezone.now())
        except BanditRefused as refused:
            refusal = refused
        else:
            messages.success(request, "Kept. Proposals from now on use these guardrails.")
            return redirect("campaigns:reallocations")
    trail = [
        {"label": "Plans", "url": reverse("campaigns:plan_list")},
        {"label": "Reallocations", "url": reverse("campaigns:reallocations")},
        {"label": "Schedule"},
    ]
    context = {"form": form, "refusal": refusal, "breadcrumbs": trail}
    status = 422 if form.errors or refusal else 200
    return render(request, "campaigns/reallocation/schedule.html", context, status=status)


@requires(Action.WRITE_PLANS)
@require_POST
def reallocation_today(request: TenantRequest) -> HttpResponse:
    operation = request_daily(by=request.user, now=timezone.now())
    return redirect("operations:operation_detail", operation_id=operation.pk)


def _asked(cleaned: dict[str, Any]) -> NewSchedule:
    return NewSchedule(**cleaned | {"retailers": tuple(cleaned["retailers"]), "brand": cleaned["brand"].strip()})
