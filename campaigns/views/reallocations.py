"""Reallocations: the list, a new one, what is proposed with its replay, and a person's approval."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.bandits.decisions import BanditRefused
from campaigns.bandits.reallocation import Guardrails
from campaigns.forms.reallocations import ReallocationForm
from campaigns.models import ReallocationSchedule
from campaigns.selectors.asked import asked_or_404
from campaigns.services.bandit_files import LogColumns, ReplayWish
from campaigns.services.daily_reallocations import KIND, SOURCE
from campaigns.services.reallocations import (
    ReallocationRefused,
    approval_of,
    approve_reallocation,
    request_reallocation,
)
from campaigns.views.daily_charts import daily_context
from campaigns.views.reallocation_charts import estimate_table, share_chart
from tenants.models import Operation
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

PER_PAGE = 25


@requires(Action.READ_PLANS)
@require_GET
def reallocation_list(request: TenantRequest) -> HttpResponse:
    page = Paginator(Operation.objects.filter(kind=KIND).order_by("-id"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "columns": [{"label": "Reallocation"}, {"label": "State"}, {"label": "Finding"}],
        "rows": [_row(one) for one in page.object_list],
        "may_write": Action.WRITE_PLANS in request.actions,
        "schedule": ReallocationSchedule.current(),
        "breadcrumbs": _trail(),
    }
    return render(request, "campaigns/reallocation/list.html", context)


@requires(Action.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def reallocation_new(request: TenantRequest) -> HttpResponse:
    form = ReallocationForm(request.POST or None, request.FILES or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            operation = request_reallocation(
                file=cleaned["log"], wish=_wish(cleaned), name=cleaned["name"], by=request.user
            )
        except BanditRefused as refused:
            refusal = refused
        else:
            return redirect("operations:operation_detail", operation_id=operation.pk)
    context = {"form": form, "refusal": refusal, "breadcrumbs": _trail("New reallocation")}
    return render(request, "campaigns/reallocation/new.html", context, status=422 if form.errors or refusal else 200)


@requires(Action.READ_PLANS)
@require_GET
def reallocation_detail(request: TenantRequest, operation_id: UUID) -> HttpResponse:
    operation = asked_or_404(pk=operation_id, kind=KIND)
    if operation.result is None:
        return redirect("operations:operation_detail", operation_id=operation.pk)
    told = operation.result
    context = {
        "proposal": operation,
        "told": told,
        "approval": approval_of(operation=operation),
        "may_approve": Action.APPROVE_PLANS in request.actions,
        "breadcrumbs": _trail(operation.title),
    }
    if told.get("source") == SOURCE:
        return render(request, "campaigns/reallocation/daily.html", context | daily_context(told=told))
    context |= {"shares": share_chart(told=told), "estimates": estimate_table(told=told)}
    return render(request, "campaigns/reallocation/detail.html", context)


@requires(Action.APPROVE_PLANS)
@require_POST
def reallocation_approve(request: TenantRequest, operation_id: UUID) -> HttpResponse:
    try:
        approve_reallocation(operation=asked_or_404(pk=operation_id, kind=KIND), by=request.user)
    except ReallocationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Approved. Draw decisions with these shares and log them as propensities.")
    return redirect("campaigns:reallocation", operation_id=operation_id)


def _wish(cleaned: dict[str, Any]) -> ReplayWish:
    return ReplayWish(
        columns=LogColumns(**{name: cleaned[name] for name in ("arm", "reward", "propensity")}),
        guardrails=Guardrails(**{name: cleaned[name] for name in ("floor", "cap", "change")}),
    )


def _row(operation: Operation) -> dict[str, Any]:
    told = operation.result or {}
    return {
        "label": operation.title,
        "url": reverse("campaigns:reallocation", args=[operation.pk]),
        "cells": [
            {"value": operation.get_state_display(), "badge": True, "tone": "good" if told else "neutral"},
            {"value": told.get("claim") or (operation.problem or {}).get("title", "–")},
        ],
    }


def _trail(label: str = "") -> list[dict[str, str]]:
    start = {"label": "Plans", "url": reverse("campaigns:plan_list")}
    if not label:
        return [start, {"label": "Reallocations"}]
    return [start, {"label": "Reallocations", "url": reverse("campaigns:reallocations")}, {"label": label}]
