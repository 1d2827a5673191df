"""Data sets: the list, one, a new one."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from tenants.permissions import Action, requires
from tenants.requests import TenantRequest
from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.specification import Recipe
from training.forms.datasets import DatasetForm
from training.models import TrainingDataset
from training.selectors.runs import dataset_or_404, listed_runs
from training.services.datasets import collect_dataset, read_part, upload_dataset
from training.views.tables import dataset_table, finding_table, run_table
from training.views.trail import dataset_trail, training_trail

PER_PAGE, SHOWN_ROWS = 25, 5


@requires(Action.READ_MODELS)
@require_GET
def dataset_list(request: TenantRequest) -> HttpResponse:
    page = Paginator(TrainingDataset.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "table": dataset_table(datasets=page.object_list),
        "may_train": Action.TRAIN_MODELS in request.actions,
        "breadcrumbs": training_trail("Data sets"),
    }
    return render(request, "training/dataset/list.html", context)


@requires(Action.READ_MODELS)
@require_GET
def dataset_detail(request: TenantRequest, pk: UUID) -> HttpResponse:
    dataset = dataset_or_404(pk=pk)
    context: dict[str, Any] = {
        "dataset": dataset,
        "samples": [_shown(row) for row in read_part(dataset=dataset, part="train")[:SHOWN_ROWS]],
        "findings": finding_table(dataset=dataset) if dataset.findings else None,
        "runs": run_table(runs=listed_runs().filter(dataset=dataset)),
        "may_train": Action.TRAIN_MODELS in request.actions,
        "breadcrumbs": dataset_trail(str(dataset)),
    }
    return render(request, "training/dataset/detail.html", context)


@requires(Action.TRAIN_MODELS)
@require_http_methods(["GET", "HEAD", "POST"])
def dataset_new(request: TenantRequest) -> HttpResponse:
    form = DatasetForm(request.POST or None, request.FILES or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("training:dataset_detail", pk=_made(form.cleaned_data, request).pk)
        except TrainingRefused as refused:
            refusal = refused.problem
    context = {"form": form, "refusal": refusal, "breadcrumbs": dataset_trail("New data set")}
    return render(request, "training/dataset/new.html", context, status=422 if form.errors or refusal else 200)


def _made(asked: dict[str, Any], request: TenantRequest) -> TrainingDataset:
    recipe = Recipe(asked["recipe"])
    if asked["origin"] != TrainingDataset.Origin.UPLOADED:
        return collect_dataset(name=asked["name"], recipe=recipe, origin=asked["origin"], by=request.user)
    return upload_dataset(
        name=asked["name"],
        recipe=recipe,
        content=asked["rows"].read(),
        held_out=asked["held_out"].read() if asked["held_out"] else None,
        is_simulated=asked["is_simulated"],
        by=request.user,
    )


def _shown(row: dict[str, Any]) -> list[dict[str, str]]:
    """Each message of a row as a term and a text."""
    return [
        {"term": f"{name}: {message['role']}", "value": message.get("content") or "(tool call)"}
        for name, value in row.items()
        if isinstance(value, list)
        for message in value
    ]
