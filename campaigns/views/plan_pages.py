"""The list of plans, and one plan."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from campaigns.models import Plan, PlanCell
from campaigns.selectors.plans import cells_of, listed_plans, plan_or_404
from campaigns.views.constraint_panel import panel_context
from campaigns.views.plan_charts import curve_chart, spend_chart, waterfall_chart
from campaigns.views.plan_facts import approve_question, export_links, provenance_of
from campaigns.views.plan_rows import TONES, plan_table
from campaigns.views.plan_tables import allocation_tree, incrementality_table, margin_table, scenario_table
from campaigns.views.trail import trail
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest
from tenants.views.progress import progress_context

PLANS_PER_PAGE = 25
METHODS = (
    (Plan.Method.AUTO.value, "Automatic"),
    (Plan.Method.CONVEX.value, "Convex"),
    (Plan.Method.LP.value, "Linear"),
)


@requires(Action.READ_PLANS)
@require_GET
def plan_list(request: TenantRequest) -> HttpResponse:
    page = Paginator(listed_plans(), PLANS_PER_PAGE).get_page(request.GET.get("page"))
    new_url = reverse("campaigns:plan_new")
    context: dict[str, Any] = {
        "page": page,
        "table": plan_table(plans=page.object_list),
        "may_write": Action.WRITE_PLANS in request.actions,
        "new_url": new_url,
        "example_url": f"{new_url}?example=1",
        "breadcrumbs": [{"label": "Plans"}],
    }
    return render(request, "campaigns/plan/list.html", context)


@requires(Action.READ_PLANS)
@require_GET
def plan_detail(request: TenantRequest, pk: UUID) -> HttpResponse:
    plan = plan_or_404(pk=pk)
    panel = panel_context(plan=plan, may_write=Action.WRITE_PLANS in request.actions, currency=request.tenant.currency)
    context: dict[str, Any] = panel | {
        "plan": plan,
        "state": Plan.State(plan.live_state).value,
        "state_tone": TONES[Plan.State(plan.live_state)],
        "may": {action.name.lower(): action in request.actions for action in Action},
        "methods": METHODS,
        "version_text": str(plan.version),
        "exports": export_links(plan=plan),
        "provenance": provenance_of(plan=plan),
        "approve_body": approve_question(plan=plan),
        "breadcrumbs": trail(plan.name),
        **_progress(request, plan),
        **_results(plan),
    }
    return render(request, "campaigns/plan/detail.html", context)


@requires(Action.READ_PLANS)
@require_GET
def plan_progress(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The progress part while a worker plans; when it has ended, the page itself is loaded again."""
    plan = plan_or_404(pk=pk)
    if plan.live_state != Plan.State.PLANNING or plan.operation is None or plan.operation.is_finished:
        return HttpResponse(headers={"HX-Redirect": reverse("campaigns:plan_detail", args=[pk])})
    response = render(request, "components/progress.html", _progress(request, plan)["progress"])
    response["Cache-Control"] = "no-store"
    return response


@requires(Action.READ_PLANS)
@require_GET
def plan_curve(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The response curve of the chosen cell, as a fragment."""
    plan = plan_or_404(pk=pk)
    cells = _drawable(plan)
    chosen = next((cell for cell in cells if str(cell.pk) == request.GET.get("cell")), None)
    if chosen is None:
        raise Http404("This plan has no such curve.")
    context = {"curve": curve_chart(plan=plan, cell=chosen), "chosen": chosen, "plan": plan}
    return render(request, "campaigns/plan/_curve.html", context)


def _progress(request: TenantRequest, plan: Plan) -> dict[str, Any]:
    """The operation's part, polling the plan's own address so that the page appears when it is done."""
    if plan.operation is None or plan.state != Plan.State.PLANNING:
        return {}
    progress = progress_context(request=request, operation=plan.operation, now=timezone.now())
    if progress["poll_url"]:
        progress["poll_url"] = reverse("campaigns:plan_progress", args=[plan.pk])
    return {"progress": progress}


def _results(plan: Plan) -> dict[str, Any]:
    """Tables and charts of the stored explanation; nothing when there is no proposal."""
    explanation = plan.shown
    if "scenarios" not in explanation:
        return {"infeasible": explanation.get("infeasible")}
    cells = list(cells_of(plan=plan))
    drawable = [cell for cell in cells if cell.curve]
    return {
        "explanation": explanation,
        "is_stale": plan.live_state not in {Plan.State.PROPOSED, Plan.State.APPROVED, Plan.State.SUPERSEDED},
        "scenarios": scenario_table(plan=plan),
        "tree": allocation_tree(plan=plan, cells=cells),
        "spend_chart": spend_chart(plan=plan),
        "waterfall_chart": waterfall_chart(plan=plan),
        "drawable": drawable,
        "chosen": drawable[0] if drawable else None,
        "curve": curve_chart(plan=plan, cell=drawable[0]) if drawable else None,
        "incrementality": incrementality_table(plan=plan),
        "margins": margin_table(plan=plan),
    }


def _drawable(plan: Plan) -> list[PlanCell]:
    return list(cells_of(plan=plan).filter(curve__isnull=False))
