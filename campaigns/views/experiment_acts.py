"""What is done to an experiment with one click: start, stop, apply, undo."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaigns.models import Experiment
from campaigns.selectors.experiments import experiment_or_404
from campaigns.services.experiment_beliefs import apply_readout, undo_apply
from campaigns.services.experiments import ExperimentRefused, start_experiment, stop_experiment
from campaigns.views.experiment_pages import experiment_trail
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

METHODS = ["GET", "HEAD", "POST"]
QUESTIONS = {
    "start": ("Start this experiment?", "Say so once the ads run as registered."),
    "stop": ("Stop this experiment?", "It ends without a readout. The reason is kept; nothing is deleted."),
    "apply": ("Use this result in plans?", "The assumption of its retailer changes; you can undo this."),
    "undo": ("Undo the change of the assumption?", "The assumption goes back to what it was before."),
}


@requires(Action.WRITE_PLANS)
@require_http_methods(METHODS)
def experiment_start(request: TenantRequest, pk: UUID) -> HttpResponse:
    def start(experiment: Experiment) -> str:
        start_experiment(experiment=experiment, by=request.user, now=timezone.now())
        return "It is running."

    return _act(request, pk=pk, verb="start", perform=start)


@requires(Action.WRITE_PLANS)
@require_http_methods(METHODS)
def experiment_stop(request: TenantRequest, pk: UUID) -> HttpResponse:
    def stop(experiment: Experiment) -> str:
        reason = request.POST.get("reason", "")
        stop_experiment(experiment=experiment, reason=reason, by=request.user, now=timezone.now())
        return "It is stopped."

    return _act(request, pk=pk, verb="stop", perform=stop)


@requires(Action.WRITE_PLANS)
@require_http_methods(METHODS)
def experiment_apply(request: TenantRequest, pk: UUID) -> HttpResponse:
    def apply(experiment: Experiment) -> str:
        apply_readout(experiment=experiment, by=request.user)
        return "Applied. Plans made from now on use it and say so; earlier plans keep their figures."

    return _act(request, pk=pk, verb="apply", perform=apply)


@requires(Action.WRITE_PLANS)
@require_http_methods(METHODS)
def experiment_undo(request: TenantRequest, pk: UUID) -> HttpResponse:
    def undo(experiment: Experiment) -> str:
        undo_apply(experiment=experiment, by=request.user)
        return "Undone. The assumption is what it was before."

    return _act(request, pk=pk, verb="undo", perform=undo)


def _act(request: TenantRequest, *, pk: UUID, verb: str, perform: Callable[[Experiment], str]) -> HttpResponse:
    """GET asks (for browsers without dialogs), POST does it and tells the outcome."""
    experiment = experiment_or_404(pk=pk)
    if request.method != "POST":
        title, body = QUESTIONS[verb]
        context = {
            "experiment": experiment,
            "title": title,
            "body": body,
            "asks_reason": verb == "stop",
            "breadcrumbs": experiment_trail(experiment.name),
        }
        return render(request, "campaigns/experiment/confirm.html", context)
    try:
        messages.success(request, perform(experiment))
    except ExperimentRefused as refusal:
        messages.error(request, f"{refusal.title}. {refusal.detail} {refusal.fix}".strip())
    return redirect("experiments:detail", pk=pk)
