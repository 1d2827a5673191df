"""Pages about anomalies: the list, one with what is known of it, and the decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from harmonization.forms.watching import AnomalyFilter, DecisionForm
from harmonization.models import Anomaly
from harmonization.selectors.attention import anomalies, find_anomaly, retailer_names
from harmonization.services.anomalies import DecisionRefused, decide_anomaly
from harmonization.views.tables import days_in_words
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

PAGE_SIZE = 25
TONES = {"open": "warn", "acknowledged": "info", "explained": "good", "gone": "neutral"}


@requires(Action.READ_DATA)
@require_GET
def anomaly_list(request: TenantRequest) -> HttpResponse:
    names = retailer_names()
    asked = request.GET or {"state": "open"}
    chosen = AnomalyFilter(asked, queryset=anomalies(), retailers=list(names.items()))
    page = Paginator(chosen.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "table": _table(rows=list(page), names=names),
        "has_any": Anomaly.objects.exists(),
        "breadcrumbs": [_data_crumb(), {"label": "Anomalies"}],
    }
    return render(request, "harmonization/watch/anomalies.html", context)


@requires(Action.READ_DATA)
@require_GET
def anomaly_detail(request: TenantRequest, anomaly_id: UUID) -> HttpResponse:
    anomaly = _anomaly_or_404(anomaly_id)
    return _detail(request, anomaly=anomaly, form=DecisionForm(initial={"note": anomaly.note}))


@requires(Action.WRITE_DATA)
@require_POST
def anomaly_decide(request: TenantRequest, anomaly_id: UUID) -> HttpResponse:
    anomaly = _anomaly_or_404(anomaly_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _detail(request, anomaly=anomaly, form=form, status=422)
    try:
        decide_anomaly(anomaly=anomaly, **form.cleaned_data, by=request.user, at=timezone.now())
    except DecisionRefused as refusal:
        form.add_error(refusal.where if refusal.where in form.fields else None, f"{refusal.detail} {refusal.fix}")
        return _detail(request, anomaly=anomaly, form=form, status=422)
    messages.success(request, "Kept, and written to the audit log.")
    return redirect("harmonization:anomaly_detail", anomaly_id=anomaly.pk)


def state_badge(anomaly: Anomaly) -> dict[str, Any]:
    """The state as a cell of a data table."""
    return {"value": anomaly.get_state_display(), "badge": True, "tone": TONES[anomaly.state]}


def _detail(request: TenantRequest, *, anomaly: Anomaly, form: DecisionForm, status: int = 200) -> HttpResponse:
    name = retailer_names().get(anomaly.retailer_id, anomaly.retailer_id)
    context = {
        "anomaly": anomaly,
        "retailer_name": name,
        "tone": TONES[anomaly.state],
        "entries": _entries(anomaly, name=name),
        "form": form,
        "may_write": Action.WRITE_DATA in request.actions,
        "day_url": reverse("harmonization:day_detail", args=[anomaly.retailer_id, anomaly.event_date]),
        "breadcrumbs": [
            _data_crumb(),
            {"label": "Anomalies", "url": reverse("harmonization:anomaly_list")},
            {"label": f"{name}, {days_in_words(start=anomaly.event_date, end=anomaly.event_date)}"},
        ],
    }
    return render(request, "harmonization/watch/anomaly.html", context, status=status)


def _entries(anomaly: Anomaly, *, name: str) -> list[dict[str, str]]:
    day = days_in_words(start=anomaly.event_date, end=anomaly.event_date)
    day_url = reverse("harmonization:day_detail", args=[anomaly.retailer_id, anomaly.event_date])
    where = _where(anomaly, name=name)
    found = [
        {"term": "Where", "value": f"{where}, {day}", "url": day_url},
        {"term": "Observed", "value": anomaly.observed},
        {"term": "Expected", "value": anomaly.expected},
        {"term": "How odd", "value": _how_odd(anomaly)},
        {"term": "Likely cause", "value": anomaly.cause},
        {"term": "What to do", "value": anomaly.advice},
    ]
    if anomaly.import_run:
        url = reverse("harmonization:import_detail", args=[anomaly.import_run.pk])
        found.append({"term": "Found with", "value": anomaly.import_run.file_name, "url": url})
    if anomaly.decided_at:
        decider = anomaly.decided_by.email if anomaly.decided_by else "the system"
        when = f"{timezone.localtime(anomaly.decided_at):%-d %b %Y, %H:%M}"
        found.append({"term": "Decided", "value": f"{anomaly.get_state_display()} by {decider}, {when}"})
        found.append({"term": "Note", "value": anomaly.note})
    return [entry for entry in found if entry["value"]]


def _where(anomaly: Anomaly, *, name: str) -> str:
    return f"{name}, campaign {anomaly.campaign_id}" if anomaly.campaign_id else name


def _how_odd(anomaly: Anomaly) -> str:
    if not anomaly.odds:
        return ""
    return f"{anomaly.odds[0].upper()}{anomaly.odds[1:]} ({anomaly.oddness:+.1f} robust standard deviations)"


def _table(*, rows: list[Anomaly], names: dict[str, str]) -> dict[str, Any]:
    return {
        "columns": [
            {"label": "What"},
            {"label": "Where"},
            {"label": "Day"},
            {"label": "Observed", "numeric": True},
            {"label": "Expected", "definition": "The range in which 99 of 100 ordinary days lie."},
            {"label": "State"},
        ],
        "rows": [_row(anomaly, names=names) for anomaly in rows],
    }


def _row(anomaly: Anomaly, *, names: dict[str, str]) -> dict[str, Any]:
    return {
        "label": anomaly.summary,
        "url": reverse("harmonization:anomaly_detail", args=[anomaly.pk]),
        "cells": [
            {"value": _where(anomaly, name=names.get(anomaly.retailer_id, anomaly.retailer_id))},
            {"value": days_in_words(start=anomaly.event_date, end=anomaly.event_date)},
            {"value": anomaly.observed or "–", "numeric": True},
            {"value": anomaly.expected or "–"},
            state_badge(anomaly),
        ],
    }


def _anomaly_or_404(anomaly_id: UUID) -> Anomaly:
    anomaly = find_anomaly(anomaly_id=anomaly_id)
    if anomaly is None:
        raise Http404("There is no such anomaly in this workspace.")
    return anomaly


def _data_crumb() -> dict[str, str]:
    return {"label": "Data", "url": reverse("harmonization:import_list")}
