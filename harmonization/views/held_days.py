"""Pages about held days: what a partial file would replace, and the two ways to decide."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from harmonization.models import HeldDay
from harmonization.selectors.attention import find_held_day, held_days, retailer_names
from harmonization.services.held_days import HeldDayRefused, accept_held_day, refuse_held_day
from harmonization.views.tables import days_in_words
from tenants import figures
from tenants.models import User
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

DECIDED_SHOWN = 50


class Decide(Protocol):
    """Either way to decide."""

    def __call__(self, *, held_day: HeldDay, by: User | None, at: datetime) -> HeldDay: ...


@requires(Action.READ_DATA)
@require_GET
def held_list(request: TenantRequest) -> HttpResponse:
    names = retailer_names()
    waiting = held_days().filter(state=HeldDay.State.WAITING)
    decided = held_days().exclude(state=HeldDay.State.WAITING).order_by("-decided_at")[:DECIDED_SHOWN]
    context = {
        "waiting": [_card(held, names=names) for held in waiting],
        "decided": _decided_table(list(decided), names=names),
        "may_write": Action.WRITE_DATA in request.actions,
        "breadcrumbs": [{"label": "Data", "url": reverse("harmonization:import_list")}, {"label": "Held days"}],
    }
    return render(request, "harmonization/watch/held.html", context)


@requires(Action.WRITE_DATA)
@require_POST
def held_accept(request: TenantRequest, held_id: UUID) -> HttpResponse:
    return _decide(request, held_id=held_id, decide=accept_held_day, done="The new version is in place.")


@requires(Action.WRITE_DATA)
@require_POST
def held_refuse(request: TenantRequest, held_id: UUID) -> HttpResponse:
    return _decide(request, held_id=held_id, decide=refuse_held_day, done="The day stays as it was.")


def _decide(request: TenantRequest, *, held_id: UUID, decide: Decide, done: str) -> HttpResponse:
    held = find_held_day(held_id=held_id)
    if held is None:
        raise Http404("There is no such held day in this workspace.")
    try:
        decide(held_day=held, by=request.user, at=timezone.now())
    except HeldDayRefused as refusal:
        messages.error(request, f"{refusal.title}. {refusal.detail} {refusal.fix}")
    else:
        messages.success(request, f"{held.event_date}: {done}")
    return redirect("harmonization:held_list")


def _card(held: HeldDay, *, names: dict[str, str]) -> dict[str, Any]:
    """One waiting day for the page."""
    return {
        "held": held,
        "name": names.get(held.retailer_id, held.retailer_id),
        "day": days_in_words(start=held.event_date, end=held.event_date),
        "day_url": reverse("harmonization:day_detail", args=[held.retailer_id, held.event_date]),
        "cost_before": figures.money(held.cost_before, held.currency, places=2),
        "cost_after": figures.money(held.cost_after, held.currency, places=2),
    }


def _decided_table(rows: list[HeldDay], *, names: dict[str, str]) -> dict[str, Any]:
    labels = ("Day", "Retailer", "File", "Decision", "By", "When")
    return {"columns": [{"label": label} for label in labels], "rows": [_decided_row(row, names=names) for row in rows]}


def _decided_row(held: HeldDay, *, names: dict[str, str]) -> dict[str, Any]:
    is_accepted = held.state == HeldDay.State.ACCEPTED
    when = f"{timezone.localtime(held.decided_at):%-d %b %Y, %H:%M}" if held.decided_at else "–"
    return {
        "label": days_in_words(start=held.event_date, end=held.event_date),
        "url": reverse("harmonization:day_detail", args=[held.retailer_id, held.event_date]),
        "cells": [
            {"value": names.get(held.retailer_id, held.retailer_id)},
            {
                "value": held.import_run.file_name,
                "url": reverse("harmonization:import_detail", args=[held.import_run_id]),
            },
            {"value": held.get_state_display(), "badge": True, "tone": "good" if is_accepted else "neutral"},
            {"value": held.decided_by.email if held.decided_by else "the system"},
            {"value": when},
        ],
    }
