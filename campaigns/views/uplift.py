"""Uplift studies: the list, a new one, and what one found."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from campaigns.forms.uplift import UpliftForm
from campaigns.selectors.asked import asked_or_404
from campaigns.services.uplift import KIND, request_uplift
from campaigns.services.uplift_files import TrialColumns, UpliftWish
from campaigns.uplift.targeting import Offer
from campaigns.uplift.trial import UpliftRefused
from campaigns.views.uplift_charts import calibration_chart, learner_table, qini_chart, targeting_chart
from tenants.models import Operation
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

PER_PAGE = 25
TONES = {"done": "good", "failed": "bad", "running": "info", "queued": "info"}


@requires(Action.READ_PLANS)
@require_GET
def uplift_list(request: TenantRequest) -> HttpResponse:
    studies = Operation.objects.filter(kind=KIND).select_related("created_by").order_by("-id")
    page = Paginator(studies, PER_PAGE).get_page(request.GET.get("page"))
    columns = [{"label": "Study"}, {"label": "State"}, {"label": "People", "numeric": True}, {"label": "Finding"}]
    context = {
        "page": page,
        "columns": columns,
        "rows": [_row(one) for one in page.object_list],
        "may_write": Action.WRITE_PLANS in request.actions,
        "breadcrumbs": _trail(),
    }
    return render(request, "campaigns/uplift/list.html", context)


@requires(Action.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def uplift_new(request: TenantRequest) -> HttpResponse:
    form = UpliftForm(request.POST or None, request.FILES or None, initial={"currency": request.tenant.currency})
    refusal = None
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            operation = request_uplift(
                file=cleaned["trial"], wish=_wish(cleaned), name=cleaned["name"], by=request.user
            )
        except UpliftRefused as refused:
            refusal = refused
        else:
            return redirect("operations:operation_detail", operation_id=operation.pk)
    context = {"form": form, "refusal": refusal, "breadcrumbs": _trail("New study")}
    return render(request, "campaigns/uplift/new.html", context, status=422 if form.errors or refusal else 200)


@requires(Action.READ_PLANS)
@require_GET
def uplift_detail(request: TenantRequest, operation_id: UUID) -> HttpResponse:
    operation = asked_or_404(pk=operation_id, kind=KIND)
    if operation.result is None:
        return redirect("operations:operation_detail", operation_id=operation.pk)
    told = operation.result
    used = told["learners"][told["learner"]]
    context = {
        "study": operation,
        "told": told,
        "used": used,
        "learners": learner_table(told=told),
        "qini": qini_chart(told=told),
        "calibration": calibration_chart(told=told),
        "targeting": targeting_chart(told=told) if told["targeting"] else None,
        "breadcrumbs": _trail(operation.title),
    }
    return render(request, "campaigns/uplift/detail.html", context)


def _wish(cleaned: dict[str, Any]) -> UpliftWish:
    features = tuple(name.strip() for name in cleaned["features"].split(",") if name.strip())
    offer = {name: cleaned[name] for name in ("budget", "cost", "value")}
    return UpliftWish(
        columns=TrialColumns(treatment=cleaned["treatment"], outcome=cleaned["outcome"], features=features),
        learner=cleaned["learner"],
        share=cleaned["share"],
        offer=Offer(**offer, currency=cleaned["currency"]) if offer["budget"] is not None else None,
    )


def _row(operation: Operation) -> dict[str, Any]:
    told = operation.result or {}
    state = operation.state
    return {
        "label": operation.title,
        "url": reverse("experiments:uplift_detail", args=[operation.pk]),
        "cells": [
            {"value": operation.get_state_display(), "badge": True, "tone": TONES.get(state, "neutral")},
            {"value": f"{told['people']:,}" if told else "–", "numeric": True},
            {"value": told.get("claim") or (operation.problem or {}).get("title", "–")},
        ],
    }


def _trail(label: str = "") -> list[dict[str, str]]:
    start = {"label": "Experiments", "url": reverse("experiments:list")}
    if not label:
        return [start, {"label": "Uplift"}]
    return [start, {"label": "Uplift", "url": reverse("experiments:uplift_list")}, {"label": label}]
