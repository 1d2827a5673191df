"""Ask, design, register, read: the forms of an experiment, each refusal shown where it can be mended."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaigns.forms.experiments import ExperimentForm, RegisterForm, ResultsForm, wish_form
from campaigns.measurement.panel import MeasurementRefused
from campaigns.models import Experiment
from campaigns.selectors.experiments import experiment_or_404
from campaigns.selectors.history import retailer_names
from campaigns.services.experiment_designing import request_designs
from campaigns.services.experiment_reading import request_readout
from campaigns.services.experiments import ExperimentRefused, NewExperiment, draft_experiment, register_experiment
from campaigns.views.experiment_charts import name_of
from campaigns.views.experiment_pages import experiment_trail, steps_of
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

METHODS = ["GET", "HEAD", "POST"]
Refused = (MeasurementRefused, ExperimentRefused)


@requires(Action.WRITE_PLANS)
@require_http_methods(METHODS)
def experiment_new(request: TenantRequest) -> HttpResponse:
    form = ExperimentForm(
        request.POST or None,
        request.FILES or None,
        retailers=retailer_names(),
        initial={"currency": request.tenant.currency},
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            experiment = draft_experiment(
                new=_asked(form.cleaned_data), by=request.user, history=form.cleaned_data["history"]
            )
        except Refused as refused:
            refusal = refused
        else:
            return redirect("experiments:design", pk=experiment.pk)
    return _show(request, "new", form, refusal=refusal, breadcrumbs=experiment_trail("New experiment"))


@requires(Action.WRITE_PLANS)
@require_http_methods(METHODS)
def experiment_design(request: TenantRequest, pk: UUID) -> HttpResponse:
    experiment = experiment_or_404(pk=pk)

    def perform(cleaned: dict[str, Any]) -> None:
        request_designs(experiment=experiment, wish=cleaned, by=request.user)

    form = wish_form(experiment=experiment, posted=request.POST or None)
    return _step(request, "design", form, experiment=experiment, perform=perform)


@requires(Action.WRITE_PLANS)
@require_http_methods(METHODS)
def experiment_register(request: TenantRequest, pk: UUID) -> HttpResponse:
    experiment = experiment_or_404(pk=pk)

    def perform(cleaned: dict[str, Any]) -> None:
        register_experiment(experiment=experiment, by=request.user, now=timezone.now(), **cleaned)
        messages.success(request, "Registered. The design can no longer change.")

    names = [name_of(one, place=place) for place, one in enumerate(experiment.candidates)]
    form = RegisterForm(request.POST or None, designs=names, initial={"candidate": 0})
    return _step(request, "register", form, experiment=experiment, perform=perform)


@requires(Action.WRITE_PLANS)
@require_http_methods(METHODS)
def experiment_read(request: TenantRequest, pk: UUID) -> HttpResponse:
    experiment = experiment_or_404(pk=pk)

    def perform(cleaned: dict[str, Any]) -> None:
        request_readout(experiment=experiment, by=request.user, **cleaned)

    form = ResultsForm(request.POST or None, request.FILES or None)
    return _step(request, "read", form, experiment=experiment, perform=perform)


def _asked(cleaned: dict[str, Any]) -> NewExperiment:
    kept = {name: cleaned[name] for name in cleaned.keys() - {"history", "retailer"}}
    return NewExperiment(retailers=(cleaned["retailer"],) if cleaned["retailer"] else (), **kept)


def _step(
    request: TenantRequest,
    name: str,
    form: forms.Form,
    *,
    experiment: Experiment,
    perform: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    """GET asks, POST does it and goes to the experiment; a refusal is shown over the form, which keeps its answers."""
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            perform(form.cleaned_data)
        except Refused as refused:
            refusal = refused
        else:
            return redirect("experiments:detail", pk=experiment.pk)
    return _show(
        request,
        name,
        form,
        refusal=refusal,
        experiment=experiment,
        steps=steps_of(experiment=experiment),
        breadcrumbs=experiment_trail(experiment.name),
    )


def _show(
    request: TenantRequest, name: str, form: forms.Form, *, refusal: Exception | None, **context: Any
) -> HttpResponse:
    status = 422 if form.errors or refusal else 200
    return render(
        request, f"campaigns/experiment/{name}.html", context | {"form": form, "refusal": refusal}, status=status
    )
