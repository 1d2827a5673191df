"""Start, stop and resume a run."""

import uuid
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from agents.selectors.adapters import find_adapter
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest
from tenants.services.operations import OperationRefused, cancel_operation, retry_operation
from training.fine_tuning.refusal import TrainingRefused
from training.forms.runs import RunForm
from training.models import TrainingRun
from training.selectors.runs import run_or_404
from training.services.runs import start_run
from training.views.trail import training_trail


@requires(Action.TRAIN_MODELS)
@require_http_methods(["GET", "HEAD", "POST"])
def run_new(request: TenantRequest) -> HttpResponse:
    form = RunForm(request.POST or None, initial={"dataset": request.GET.get("dataset")})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("training:run_detail", pk=_started(form, request).pk)
        except TrainingRefused as refused:
            refusal = refused.problem
    context = {
        "form": form,
        "refusal": refusal,
        "once": request.POST.get("once") or uuid.uuid4().hex,
        "breadcrumbs": training_trail("New run"),
    }
    return render(request, "training/run/new.html", context, status=422 if form.errors or refusal else 200)


@requires(Action.TRAIN_MODELS)
@require_POST
def run_stop(request: TenantRequest, pk: UUID) -> HttpResponse:
    run = run_or_404(pk=pk)
    try:
        if run.operation is not None:
            cancel_operation(operation=run.operation, by=request.user)
            messages.success(request, "It stops at its next step and keeps a checkpoint.")
    except OperationRefused as refused:
        messages.warning(request, str(refused))
    return redirect("training:run_detail", pk=pk)


@requires(Action.TRAIN_MODELS)
@require_POST
def run_resume(request: TenantRequest, pk: UUID) -> HttpResponse:
    run = run_or_404(pk=pk)
    try:
        if run.operation is not None:
            retry_operation(operation=run.operation, by=request.user)
            messages.success(request, "It goes on from its last checkpoint.")
    except OperationRefused as refused:
        messages.warning(request, str(refused))
    return redirect("training:run_detail", pk=pk)


def _started(form: RunForm, request: TenantRequest) -> TrainingRun:
    asked = form.cleaned_data
    start_from = find_adapter(adapter_id=UUID(asked["start_from"])) if asked["start_from"] else None
    once = request.POST.get("once", "")[:32]
    return start_run(
        name=asked["name"],
        dataset=asked["dataset"],
        axis=asked["axis"],
        member=asked["member"],
        dials=form.dials(),
        seed=asked["seed"],
        start_from=start_from,
        by=request.user,
        unique_key=f"train:{request.user.pk}:{once}" if once else None,
    )
