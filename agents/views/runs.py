"""Ask an agent, and read what agents did."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agents.forms.asking import AskForm
from agents.models import AgentRun
from agents.roles.asking import ask_agent
from agents.selectors.agent_runs import listed_runs, plan_at, rationale_about, run_or_404, runs_about
from agents.services.plan_rationales import NothingToExplain, explain_plan
from agents.services.tool_calls import Caller
from campaigns.selectors.plans import plan_or_404
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

PAGE = 25
TONES = {"answered": "good", "asked": "info", "fallback": "warn", "refused": "bad"}
COLUMNS = [
    {"label": "Question"},
    {"label": "Agent"},
    {"label": "How it was answered"},
    {"label": "Tokens", "numeric": True},
    {"label": "Seconds", "numeric": True},
    {"label": "Asked on"},
]


@requires(Action.READ_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def run_list(request: TenantRequest) -> HttpResponse:
    form = AskForm(request.POST or None, initial={"role": "governance"})
    if request.method == "POST" and form.is_valid():
        run = ask_agent(
            role=form.cleaned_data["role"],
            text=form.cleaned_data["text"],
            retailer=form.cleaned_data["retailer"],
            caller=Caller(user=request.user, actions=frozenset(request.actions)),
        )
        return redirect("answers:detail", pk=run.pk)
    page = Paginator(listed_runs(), PAGE).get_page(request.GET.get("page"))
    rows = [_row(run) for run in page.object_list]
    context = {"form": form, "page": page, "rows": rows, "columns": COLUMNS, "breadcrumbs": [{"label": "Agents"}]}
    return render(request, "agents/answer/list.html", context, status=422 if form.errors else 200)


@requires(Action.READ_PLANS)
@require_GET
def runs_here(request: TenantRequest) -> HttpResponse:
    """The panel that other apps' pages load: which answers their page rests on."""
    path = request.GET.get("path", "")[:120]
    rows = [{"run": run, "tone": TONES[run.status]} for run in runs_about(path=path)]
    context = {"rows": rows, "rationale": rationale_about(path=path), "plan": plan_at(path=path)}
    return render(request, "agents/answer/_here.html", context)


@requires(Action.READ_PLANS)
@require_POST
def plan_rationale(request: TenantRequest, pk: UUID) -> HttpResponse:
    plan = plan_or_404(pk=pk)
    try:
        explain_plan(plan=plan, caller=Caller(user=request.user, actions=frozenset(request.actions)))
    except NothingToExplain as refusal:
        messages.error(request, f"{refusal.title}. {refusal.detail}")
    return redirect("campaigns:plan_detail", pk=plan.pk)


@requires(Action.READ_PLANS)
@require_GET
def run_detail(request: TenantRequest, pk: UUID) -> HttpResponse:
    run = run_or_404(pk=pk)
    context = {
        "run": run,
        "tone": TONES[run.status],
        "steps": list(run.steps.all()),
        "facts": _facts(run),
        "worn": _worn(run),
        "feedback_url": reverse("rlhf:feedback", args=[run.pk]),
        "breadcrumbs": [{"label": "Agents", "url": reverse("answers:list")}, {"label": "Trace"}],
    }
    return render(request, "agents/answer/detail.html", context)


def _worn(run: AgentRun) -> dict[str, Any]:
    """Which adapters served this answer, each with its card; and what became of them where the answer is not theirs."""
    used = run.status in (AgentRun.Status.ANSWERED, AgentRun.Status.ASKED)
    sentence = "These adapters, composed on the base model, served this answer."
    if not run.adapters:
        sentence = "No adapter served this answer: the base model alone did, or no model."
    elif not used:
        sentence = "These adapters were worn, but the answer came about without the model."
    return {"sentence": sentence, "is_used": used, "adapters": [_worn_one(one) for one in run.adapters]}


def _worn_one(one: dict[str, Any]) -> dict[str, Any]:
    """Answers that were kept before adapters were known by id have no link."""
    member = one["member"].replace("_", " ") or "all"
    url = f"{reverse('agents:federation')}?adapter={one['id']}#adapter-card" if one.get("id") else ""
    name = one.get("name", f"{one['axis']} {member}")
    return {
        "axis": one["axis"].title(),
        "member": member,
        "label": f"{name} version {one['version']}",
        "url": url,
        "is_canary": one.get("is_canary", False),
    }


def _row(run: AgentRun) -> dict[str, Any]:
    return {
        "label": run.question[:90],
        "url": reverse("answers:detail", args=[run.pk]),
        "cells": [
            {"value": run.role.replace("_", " ")},
            {"value": run.get_status_display(), "badge": True, "tone": TONES[run.status]},
            {"value": run.prompt_tokens + run.completion_tokens, "numeric": True},
            {"value": f"{run.seconds:.2f}", "numeric": True},
            {"value": f"{run.created_at:%Y-%m-%d %H:%M}"},
        ],
    }


def _facts(run: AgentRun) -> list[dict[str, Any]]:
    return [
        {"term": "Agent", "value": run.role.replace("_", " ")},
        {"term": "Asked by", "value": run.created_by or "the system"},
        {"term": "In words", "value": run.get_told_by_display()},
        {"term": "Composition", "value": run.composite[:16] or "—"},
        {"term": "Prompt (SHA-256)", "value": run.prompt_sha256[:16]},
        {"term": "Tokens read and written", "value": f"{run.prompt_tokens} and {run.completion_tokens}"},
        {"term": "Took", "value": f"{run.seconds:.2f} s"},
    ]
