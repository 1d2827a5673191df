"""The chips of a plan: edit one, add one, remove one, go back to an earlier version."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.briefs.constraint_json import ConstraintError
from campaigns.forms.constraints import FORMS, ConstraintForm, constraint_form
from campaigns.models import Plan
from campaigns.planning.constraint_edits import (
    ConstraintKey,
    ConstraintMissing,
    constraint_at,
    read_key,
    with_constraint,
    without_constraint,
)
from campaigns.selectors.history import retailer_names
from campaigns.selectors.plans import plan_or_404
from campaigns.services.drafting import EditRefused, StaleVersion, restore_version
from campaigns.services.resolving import NotSolved, edit_and_solve, solve_now
from campaigns.views.constraint_panel import TARGET, constraint_url, panel_context
from campaigns.views.plan_context import plan_context
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

SOLVED = (Plan.State.PROPOSED, Plan.State.INFEASIBLE)


@requires(Action.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def constraint_edit(request: TenantRequest, pk: UUID, key: str) -> HttpResponse:
    """The form of one chip; without htmx a page of its own."""
    plan, place = plan_or_404(pk=pk), _known_key(key)
    try:
        stored = constraint_at(constraints=plan.constraints, key=place)
    except ConstraintMissing as missing:
        raise Http404(str(missing)) from missing
    form = constraint_form(
        key=place, stored=stored, version=plan.version, names=retailer_names(), posted=request.POST or None
    )
    if request.method == "POST" and form.is_valid():
        changed = with_constraint(constraints=plan.constraints, key=place, value=form.stored())
        if _saved(request, plan=plan, constraints=changed, form=form):
            return _after(request, pk)
    context = {
        "form": form,
        "plan": plan,
        "label": FORMS[place.kind][0],
        "action": constraint_url("constraint_edit", plan, place),
        "chip_target": TARGET,
    }
    template = "campaigns/plan/_constraint_form.html" if request.htmx else "campaigns/plan/constraint.html"
    return render(request, template, context, status=422 if form.errors else 200)


@requires(Action.WRITE_PLANS)
@require_POST
def constraint_remove(request: TenantRequest, pk: UUID, key: str) -> HttpResponse:
    plan = plan_or_404(pk=pk)
    try:
        changed = without_constraint(constraints=plan.constraints, key=read_key(key))
    except ConstraintMissing as missing:
        raise Http404(str(missing)) from missing
    _saved(request, plan=plan, constraints=changed, version=_sent_version(request, plan))
    return _after(request, pk)


@requires(Action.WRITE_PLANS)
@require_POST
def version_restore(request: TenantRequest, pk: UUID, number: int) -> HttpResponse:
    plan = plan_or_404(pk=pk)
    try:
        restored = restore_version(plan=plan, restored=number, version=_sent_version(request, plan), by=request.user)
        messages.success(request, f"The constraints of version {number} are back.")
        solve_now(plan=restored, by=request.user)
    except (EditRefused, StaleVersion) as refusal:
        messages.error(request, str(refusal))
    except NotSolved as unsolved:
        messages.warning(request, str(unsolved))
    return redirect("campaigns:plan_detail", pk=pk)


@requires(Action.READ_PLANS)
@require_http_methods(["GET", "HEAD"])
def constraint_panel(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The chips as a fragment: what a form's Cancel swaps back in."""
    plan = plan_or_404(pk=pk)
    context = panel_context(
        plan=plan, may_write=Action.WRITE_PLANS in request.actions, currency=request.tenant.currency
    )
    return render(request, "campaigns/plan/_constraints.html", context)


def _saved(
    request: TenantRequest,
    *,
    plan: Plan,
    constraints: dict[str, Any],
    form: ConstraintForm | None = None,
    version: int | None = None,
) -> bool:
    """Whether the edit was kept; a refusal is told in the form, or as a message where there is none."""
    wanted = form.cleaned_data["version"] if form else version or plan.version
    try:
        edit_and_solve(plan=plan, constraints=constraints, version=wanted, by=request.user)
    except NotSolved as unsolved:
        messages.warning(request, str(unsolved))
    except (EditRefused, StaleVersion, ConstraintError) as refusal:
        if form is None:
            messages.error(request, str(refusal))
        else:
            form.add_error(None, str(refusal))
        return False
    return True


def _after(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The plan as it is now: swapped into the page where there are new figures, else the page anew."""
    if not request.htmx:
        return redirect("campaigns:plan_detail", pk=pk)
    plan = plan_or_404(pk=pk)
    if plan.state not in SOLVED:
        return HttpResponse(status=200, headers={"HX-Redirect": reverse("campaigns:plan_detail", args=[pk])})
    context = plan_context(request=request, plan=plan) | {"is_swapped": True}
    response = render(request, "campaigns/plan/_swapped.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = "#plan-page", "outerHTML"
    return response


def _known_key(key: str) -> ConstraintKey:
    place = read_key(key)
    if place.kind not in FORMS:
        raise Http404(f"There is no constraint “{place.kind}”.")
    return place


def _sent_version(request: TenantRequest, plan: Plan) -> int:
    sent = request.GET.get("version") or request.POST.get("version") or ""
    return int(sent) if sent.isdigit() else plan.version
