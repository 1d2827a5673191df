"""Evaluations of an adapter: a panel that the adapter's page loads, a page of its own, and the act that starts one."""

import uuid
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_POST

from agents.federation.refusal import AdapterRefused
from agents.models import AdapterRow, EvaluationRow, OwnEvaluation
from agents.selectors.adapters import all_adapters, evaluations_with, find_adapter
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest
from tenants.views.progress import progress_context
from training.fine_tuning.refusal import TrainingRefused
from training.forms.evaluations import EvaluationForm
from training.services.evaluating import last_evaluation, may_measure, start_evaluation

SHOWN = 80


@requires(Action.READ_MODELS)
@require_GET
def adapter_evaluations(request: TenantRequest, pk: UUID) -> HttpResponse:
    row = _adapter_or_404(pk)
    found = evaluations_with(sha256=row.sha256)
    last = last_evaluation(adapter=row)
    may_evaluate = Action.TRAIN_MODELS in request.actions and may_measure(adapter=row)
    context: dict[str, Any] = {
        "adapter": row,
        "form": EvaluationForm() if may_evaluate else None,
        "once": uuid.uuid4().hex,
        "alone": _table([one for one in found if len(one.members) == 1], adapter=row),
        "together": _table([one for one in found if len(one.members) > 1], adapter=row),
        "passed": sum(one.passed for one in found if len(one.members) > 1),
        "progress": None,
        "is_panel": bool(request.htmx),  # the card above it shows what it scored alone
        "breadcrumbs": [
            {"label": str(row), "url": reverse("agents:adapter_detail", args=[row.pk])},
            {"label": "Evaluations"},
        ],
    }
    if last is not None and last.state != last.State.DONE:
        context["progress"] = progress_context(request=request, operation=last, now=timezone.now())
    template = "training/evaluation/_panel.html" if request.htmx else "training/evaluation/page.html"
    return render(request, template, context)


@requires(Action.TRAIN_MODELS)
@require_POST
def adapter_evaluate(request: TenantRequest, pk: UUID) -> HttpResponse:
    row = _adapter_or_404(pk)
    form = EvaluationForm(request.POST)
    once = request.POST.get("once", "")[:32]
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for errors in form.errors.values() for text in errors))
        return redirect("agents:adapter_detail", adapter_id=row.pk)
    try:
        start_evaluation(
            adapter=row,
            by=request.user,
            cases=form.cleaned_data["cases"],
            unique_key=f"evaluate:{request.user.pk}:{once}" if once else None,
        )
        messages.success(request, f"{row} is evaluated, alone and beside what serves.")
    except (TrainingRefused, AdapterRefused) as refused:
        messages.error(request, str(refused))
    return redirect("agents:adapter_detail", adapter_id=row.pk)


def _table(rows: Sequence[EvaluationRow], *, adapter: AdapterRow) -> dict[str, Any] | None:
    if not rows:
        return None
    names = {one.sha256: _short(one) for one in all_adapters()}
    columns: list[dict[str, Any]] = [{"label": "Suite" if len(rows[0].members) == 1 else "Worn together with"}]
    columns += [{"label": label, "numeric": True} for label in ("Score", "Cases")]
    columns += [{"label": label} for label in ("Verdict", "Measured by", "Measured")]
    return {"columns": columns, "rows": [_row(one, names=names, adapter=adapter) for one in rows[:SHOWN]]}


def _row(row: EvaluationRow, *, names: dict[str, str], adapter: AdapterRow) -> dict[str, Any]:
    others = [names.get(sha, f"{sha[:8]}, no longer here") for sha in row.members if sha != adapter.sha256]
    return {
        "label": ", ".join(others) or row.suite,
        "cells": [
            {"value": f"{row.score:.3f}", "low": f"{row.low:.3f}", "high": f"{row.high:.3f}", "numeric": True},
            {"value": str(row.case_count), "numeric": True},
            {"value": "Passed" if row.passed else "Failed", "badge": True, "tone": "good" if row.passed else "bad"},
            {"value": "This workspace" if isinstance(row, OwnEvaluation) else "The installation"},
            {"value": f"{localtime(row.evaluated_at):%d %b %Y %H:%M}"},
        ],
    }


def _short(row: AdapterRow) -> str:
    return f"{row.axis} {row.member} v{row.version}" if row.member else f"{row.axis} v{row.version}"


def _adapter_or_404(pk: UUID) -> AdapterRow:
    row = find_adapter(adapter_id=pk)
    if row is None:
        raise Http404("There is no such adapter.")
    return row
