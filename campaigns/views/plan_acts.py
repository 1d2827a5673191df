"""What is done to a plan in the portal: plan it, relax a rule, approve, undo, withdraw, export."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.models import Plan
from campaigns.selectors.plans import plan_or_404
from campaigns.services.approval import ApprovalRefused, approve_plan, undo_approval, withdraw_plan
from campaigns.services.copying import copy_plan
from campaigns.services.drafting import EditRefused, StaleVersion
from campaigns.services.export import ExportRefused, export_plan
from campaigns.services.planning import PlanningRefused, request_planning
from campaigns.services.relaxing import apply_relaxation
from campaigns.services.resolving import solve_or_plan
from campaigns.views.trail import trail
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

Refusals = (ApprovalRefused, EditRefused, StaleVersion, PlanningRefused)
METHODS = ["GET", "HEAD", "POST"]
QUESTIONS = {
    "approve": ("Approve this plan?", "Its spend becomes real. You can undo the approval; both acts are logged."),
    "undo": ("Undo the approval?", "The plan goes back to proposed. Both acts stay in the audit log."),
    "withdraw": ("Withdraw this plan?", "It is put aside and can no longer be approved. Nothing is deleted."),
}


@requires(Action.WRITE_PLANS)
@require_POST
def plan_request(request: TenantRequest, pk: UUID) -> HttpResponse:
    plan = plan_or_404(pk=pk)
    try:
        request_planning(plan=plan, method=request.POST.get("method") or plan.method, by=request.user)
    except PlanningRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("campaigns:plan_detail", pk=pk)


@requires(Action.WRITE_PLANS)
@require_POST
def relaxation_apply(request: TenantRequest, pk: UUID, number: int) -> HttpResponse:
    """Apply one of the smallest relaxations of an infeasible plan, and plan again at once."""
    plan = plan_or_404(pk=pk)
    try:
        relaxed = apply_relaxation(plan=plan, number=number, version=_version(request, plan), by=request.user)
        solve_or_plan(plan=relaxed, by=request.user)
    except Refusals as refusal:
        messages.error(request, str(refusal))
    return redirect("campaigns:plan_detail", pk=pk)


@requires(Action.WRITE_PLANS)
@require_POST
def plan_copy(request: TenantRequest, pk: UUID) -> HttpResponse:
    """A draft of its own with the same constraints; the page of the copy, ready to be changed."""
    copied = copy_plan(plan=plan_or_404(pk=pk), by=request.user)
    messages.success(request, f"“{copied.name}” is a draft of its own. Change a constraint, then compare both.")
    return redirect("campaigns:plan_detail", pk=copied.pk)


@requires(Action.APPROVE_PLANS)
@require_http_methods(METHODS)
def plan_approve(request: TenantRequest, pk: UUID) -> HttpResponse:
    def approve(plan: Plan, version: int) -> str:
        approve_plan(plan=plan, by=request.user, version=version, now=timezone.now())
        return f"“{plan.name}” is approved."

    return _act(request, pk=pk, verb="approve", perform=approve)


@requires(Action.APPROVE_PLANS)
@require_http_methods(METHODS)
def plan_undo(request: TenantRequest, pk: UUID) -> HttpResponse:
    def undo(plan: Plan, version: int) -> str:
        undo_approval(plan=plan, by=request.user, version=version)
        return "The approval is undone; the plan is proposed again."

    return _act(request, pk=pk, verb="undo", perform=undo)


@requires(Action.WRITE_PLANS)
@require_http_methods(METHODS)
def plan_withdraw(request: TenantRequest, pk: UUID) -> HttpResponse:
    def withdraw(plan: Plan, version: int) -> str:
        withdraw_plan(plan=plan, by=request.user, version=version)
        return f"“{plan.name}” is withdrawn."

    return _act(request, pk=pk, verb="withdraw", perform=withdraw)


@requires(Action.EXPORT_PLANS)
@require_GET
def plan_export(request: TenantRequest, pk: UUID, form: str) -> HttpResponse:
    plan = plan_or_404(pk=pk)
    try:
        exported = export_plan(plan=plan, format=form, by=request.user)
    except ExportRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("campaigns:plan_detail", pk=pk)
    disposition = {"Content-Disposition": f'attachment; filename="{exported.file_name}"'}
    return HttpResponse(exported.content, content_type=exported.content_type, headers=disposition)


def _act(request: TenantRequest, *, pk: UUID, verb: str, perform: Callable[[Plan, int], str]) -> HttpResponse:
    """GET asks (for browsers without dialogs), POST does it and tells the outcome."""
    plan = plan_or_404(pk=pk)
    if request.method != "POST":
        title, body = QUESTIONS[verb]
        context: dict[str, Any] = {"plan": plan, "title": title, "body": body, "breadcrumbs": trail(plan.name)}
        return render(request, "campaigns/plan/confirm.html", context)
    try:
        messages.success(request, perform(plan, _version(request, plan)))
    except Refusals as refusal:
        messages.error(request, " ".join(text for text in (str(refusal), getattr(refusal, "fix", "")) if text))
    return redirect("campaigns:plan_detail", pk=pk)


def _version(request: TenantRequest, plan: Plan) -> int:
    """The version the page showed, so that nobody approves what they have not seen."""
    sent = request.GET.get("version") or request.POST.get("version") or ""
    return int(sent) if sent.isdigit() else plan.version
