"""Training runs: the list, one run with its live loss, runs side by side."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from agents.models import AdapterRow
from agents.views.federation import agents_tabs
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest
from tenants.views.progress import progress_context
from training.models import TrainingRun
from training.selectors.runs import listed_runs, run_or_404
from training.services.publishing import find_by_digest
from training.views.tables import difference_table, loss_chart, run_table, score_table, state_of
from training.views.trail import training_trail

PER_PAGE, MOST_COMPARED = 25, 6


@requires(Action.READ_MODELS)
@require_GET
def run_list(request: TenantRequest) -> HttpResponse:
    page = Paginator(listed_runs(), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "table": run_table(runs=page.object_list),
        "may_train": Action.TRAIN_MODELS in request.actions,
        "tabs": agents_tabs(current="training"),
    }
    return render(request, "training/run/list.html", context)


@requires(Action.READ_MODELS)
@require_GET
def run_detail(request: TenantRequest, pk: UUID) -> HttpResponse:
    run = run_or_404(pk=pk)
    context: dict[str, Any] = {
        "run": run,
        "state": state_of(run),
        "settings_shown": [
            {"term": name.replace("_", " ").capitalize(), "value": value}
            for name, value in run.settings_shown().items()
        ],
        "scores": score_table(run=run) if run.scores else None,
        "adapter": find_by_digest(sha256=run.adapter_sha256) if run.adapter_sha256 else None,
        "may_train": Action.TRAIN_MODELS in request.actions,
        "breadcrumbs": training_trail(run.name),
        **_live(request, run),
    }
    context["card"] = _card(run, context["adapter"])
    return render(request, "training/run/detail.html", context)


@requires(Action.READ_MODELS)
@require_GET
def run_progress(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Progress and loss while it trains; when it has ended, the page itself is loaded again."""
    run = run_or_404(pk=pk)
    if run.operation is None or run.operation.is_finished:
        return HttpResponse(headers={"HX-Redirect": reverse("training:run_detail", args=[pk])})
    response = render(request, "training/run/_live.html", {"run": run, **_live(request, run)})
    response["Cache-Control"] = "no-store"
    return response


@requires(Action.READ_MODELS)
@require_GET
def run_compare(request: TenantRequest) -> HttpResponse:
    asked = [value for value in request.GET.getlist("run") if value][:MOST_COMPARED]
    runs = [run for run in listed_runs() if str(run.pk) in asked]
    if len(asked) != len(runs):
        raise Http404("One of these runs does not exist.")
    context: dict[str, Any] = {
        "all_runs": listed_runs()[:50],
        "chosen": asked,
        "runs": runs,
        "table": difference_table(runs=runs) if len(runs) > 1 else None,
        "chart": loss_chart(runs=runs) if len(runs) > 1 else None,
        "breadcrumbs": training_trail("Side by side"),
    }
    return render(request, "training/run/compare.html", context)


def _live(request: TenantRequest, run: TrainingRun) -> dict[str, Any]:
    live: dict[str, Any] = {"chart": loss_chart(runs=[run])}
    operation = run.operation
    if operation is not None and operation.state != operation.State.DONE:
        progress = progress_context(request=request, operation=operation, now=timezone.now())
        progress["poll_url"] = ""  # the part around it asks again, so that the curve moves too
        progress["cancel_url"] = progress["retry_url"] = ""  # stop and resume stand on the page
        live |= {"progress": progress, "poll_seconds": progress["poll_seconds"], "is_live": not operation.is_finished}
    return live


def _card(run: TrainingRun, adapter: AdapterRow | None) -> list[dict[str, Any]]:
    """The model card: what it is, what it learnt from, how it was measured, what it is not for."""
    if run.finished_at is None:
        return []
    what = f"LoRA adapter, {run.axis} {run.member}" if run.makes_adapter else "Reward model: judges answers"
    data = run.dataset
    entries = [
        {"term": "What it is", "value": what},
        {"term": "Base", "value": run.base_digest},
        {"term": "Learnt from", "value": f"{data}, {data.train_count} rows, {data.get_origin_display().lower()}"},
        {"term": "Simulated data", "value": "Yes" if data.is_simulated else "No"},
        {"term": "Data fingerprint", "value": data.fingerprint},
        {"term": "Device", "value": run.device},
        {"term": "Time", "value": f"{run.seconds or 0:.1f} s for the last attempt"},
        {"term": "Peak memory", "value": f"{(run.peak_bytes or 0) / 1e6:,.0f} MB"},
        {"term": "Measured on", "value": f"{data.held_out_count} rows that were never trained on"},
        {"term": "Not for", "value": "Other bases, other workspaces, or questions unlike its data set's"},
    ]
    if adapter is not None:
        entries.append({"term": "Adapter", "value": f"{adapter}: {adapter.get_state_display().lower()}"})
        entries.append({"term": "Signature", "value": adapter.signature})
    return entries
