"""The list of experiments, one experiment, its progress, its readout as a file."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from campaigns.models import Experiment
from campaigns.selectors.experiments import experiment_or_404, listed_experiments, pacing_of
from campaigns.services.experiment_beliefs import BeliefUpdate, belief_update
from campaigns.services.experiment_sql import sql_of
from campaigns.services.experiments import ExperimentRefused
from campaigns.views.experiment_charts import power_chart, readout_chart
from campaigns.views.experiment_tables import (
    TONES,
    design_table,
    experiment_table,
    figure_table,
    frozen_entries,
    schedule_table,
    treated_entries,
    weight_table,
)
from tenants.figures import money, percent
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest
from tenants.views.progress import progress_context

PER_PAGE = 25
STEPS = ("Question", "Design", "Registered", "Running", "Readout")
PLACES = {"registered": 3, "running": 3, "read": 5, "stopped": 3}


@requires(Action.READ_PLANS)
@require_GET
def experiment_list(request: TenantRequest) -> HttpResponse:
    page = Paginator(listed_experiments(), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "table": experiment_table(experiments=page.object_list),
        "may_write": Action.WRITE_PLANS in request.actions,
        "breadcrumbs": [{"label": "Experiments"}],
    }
    return render(request, "campaigns/experiment/list.html", context)


@requires(Action.READ_PLANS)
@require_GET
def experiment_detail(request: TenantRequest, pk: UUID) -> HttpResponse:
    experiment = experiment_or_404(pk=pk)
    context: dict[str, Any] = {
        "experiment": experiment,
        "tone": TONES[experiment.state],
        "may_write": Action.WRITE_PLANS in request.actions,
        "steps": steps_of(experiment=experiment),
        "breadcrumbs": experiment_trail(experiment.name),
        **_progress(request, experiment),
        **_designs(experiment),
        **_registered(experiment),
        **_readout(experiment),
    }
    return render(request, "campaigns/experiment/detail.html", context)


@requires(Action.READ_PLANS)
@require_GET
def experiment_progress(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The progress part while a worker designs or reads; when it has ended, the page itself is loaded again."""
    experiment = experiment_or_404(pk=pk)
    if not experiment.is_working:
        return HttpResponse(headers={"HX-Redirect": reverse("experiments:detail", args=[pk])})
    response = render(request, "components/progress.html", _progress(request, experiment)["progress"])
    response["Cache-Control"] = "no-store"
    return response


@requires(Action.READ_PLANS)
@require_GET
def experiment_readout(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The readout with the design it was registered with, as a JSON file."""
    experiment = experiment_or_404(pk=pk)
    if experiment.readout is None:
        raise Http404("This experiment has no readout.")
    disposition = {"Content-Disposition": f'attachment; filename="experiment-{experiment.pk}.json"'}
    return JsonResponse({"design": experiment.frozen, "readout": experiment.readout}, headers=disposition)


def experiment_trail(*labels: str) -> list[dict[str, str]]:
    """Experiments, then this page."""
    return [{"label": "Experiments", "url": reverse("experiments:list")}, *({"label": label} for label in labels)]


def steps_of(*, experiment: Experiment) -> list[dict[str, str]]:
    """How far it has come, as the stepper shows it."""
    current = PLACES.get(experiment.state, 2 if experiment.candidates else 1)
    return [
        {"label": label, "state": "done" if place < current else "current" if place == current else "todo", "url": ""}
        for place, label in enumerate(STEPS)
    ]


def _progress(request: TenantRequest, experiment: Experiment) -> dict[str, Any]:
    """The operation's part while it works, and where it failed, what was wrong."""
    operation = experiment.operation
    if operation is None or operation.state == operation.State.DONE:
        return {}
    progress = progress_context(request=request, operation=operation, now=timezone.now())
    if progress["poll_url"]:
        progress["poll_url"] = reverse("experiments:progress", args=[experiment.pk])
    return {"progress": progress}


def _designs(experiment: Experiment) -> dict[str, Any]:
    if experiment.state != Experiment.State.DRAFT or not experiment.candidates:
        return {}
    return {
        "designs": design_table(candidates=experiment.candidates, currency=experiment.currency),
        "treated": treated_entries(candidates=experiment.candidates),
        "power_chart": power_chart(candidates=experiment.candidates),
        "schedule": schedule_table(design=experiment.candidates[0], start_on=None, currency=experiment.currency),
    }


def _registered(experiment: Experiment) -> dict[str, Any]:
    if not experiment.registration_digest:
        return {}
    pacing = pacing_of(experiment=experiment, today=timezone.localdate())
    return {
        "frozen": frozen_entries(experiment=experiment),
        "sql": sql_of(experiment=experiment),
        "schedule": schedule_table(
            design=experiment.frozen, start_on=experiment.start_on, currency=experiment.currency
        ),
        "power_chart": power_chart(candidates=[experiment.frozen]),
        "pacing": pacing,
        "days_percent": round(100 * pacing.days_done / pacing.days) if pacing else 0,
        "spend": money(pacing.spend, experiment.currency) if pacing else "",
        "above": money(pacing.above, experiment.currency) if pacing and pacing.above is not None else "",
        "due": money(pacing.due, experiment.currency) if pacing and pacing.due is not None else "",
        "planned": money(pacing.planned, experiment.currency) if pacing and pacing.planned is not None else "",
        "readable": experiment.state in {Experiment.State.REGISTERED, Experiment.State.RUNNING},
    }


def _readout(experiment: Experiment) -> dict[str, Any]:
    readout = experiment.readout
    if readout is None:
        return {}
    return {
        "readout": readout,
        "chart": readout_chart(experiment=experiment),
        "figures": figure_table(experiment=experiment),
        "weights": weight_table(experiment=experiment),
        "p_value": "under 0.001" if readout["p_value"] < 0.001 else f"{readout['p_value']:.3f}",
        "hindsight": _hindsight(readout),
        **_belief(experiment),
    }


def _hindsight(readout: dict[str, Any]) -> str:
    """What the test could have seen, in one sentence."""
    found = readout["hindsight"]
    if not found:
        return "Its interval has no end, so what it could have seen cannot be said."
    told = f"With the precision it reached, it could have seen a lift of {percent(found['detectable_lift'])} or more"
    if found["planned_lift"] is None:
        return f"{told}."
    power = percent(found["power_for_planned"], places=0)
    return f"{told}; it had a power of {power} for the lift of {percent(found['planned_lift'])} it was designed for."


def _belief(experiment: Experiment) -> dict[str, Any]:
    """What applying would change, or did, or why it cannot."""
    if experiment.applied:
        return {"belief": belief_table(update=experiment.applied, is_done=True)}
    try:
        update = belief_update(experiment=experiment)
    except ExperimentRefused as refusal:
        return {"belief_refused": refusal}
    return {"belief": belief_table(update=as_dictionary(update), is_done=False)}


def as_dictionary(update: BeliefUpdate) -> dict[str, Any]:
    """The update in the shape that is kept once it is applied."""
    ranges = {name: vars(getattr(update, name)) for name in ("prior", "result", "after")}
    kept = ("retailer_id", "attributed_roas", "window", "weight")
    return ranges | {name: getattr(update, name) for name in kept}


def belief_table(*, update: dict[str, Any], is_done: bool) -> dict[str, Any]:
    """Before, measured, after: three ranges of one share."""
    rows = [("Assumed before", "prior"), ("Measured by this test", "result"), ("Used after", "after")]
    return {
        "caption": f"Share of attributed revenue at {update['retailer_id']} that ads caused, 90% ranges",
        "columns": [{"label": "What"}, {"label": "Share", "numeric": True}],
        "rows": [{"label": label, "cells": [_share(update[name])]} for label, name in rows],
        "is_done": is_done,
        "sentence": (
            f"Measured iROAS is divided by the ROAS the retailer reported ({update['attributed_roas']:.2f}× from "
            f"{update['window']}, taken as exact) and weighed with the assumption by precision: "
            f"the test carries {percent(update['weight'], places=0)}."
        ),
    }


def _share(belief: dict[str, float]) -> dict[str, Any]:
    shown = {name: percent(belief[key]) for name, key in (("value", "mean"), ("low", "low"), ("high", "high"))}
    return shown | {"numeric": True}
