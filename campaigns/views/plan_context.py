"""What a plan's page shows, whole or swapped in after a change."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from campaigns.models import Plan, PlanCell
from campaigns.selectors.model_health import kept_health
from campaigns.selectors.plans import cells_of
from campaigns.views.constraint_panel import panel_context
from campaigns.views.health_tables import health_sentence
from campaigns.views.plan_changes import changes_context
from campaigns.views.plan_charts import curve_chart, spend_chart, waterfall_chart
from campaigns.views.plan_facts import approve_question, export_links, money_parts, provenance_of
from campaigns.views.plan_risk import risk_context
from campaigns.views.plan_rows import TONES
from campaigns.views.plan_tables import allocation_tree, incrementality_table, margin_table, scenario_table
from campaigns.views.plan_tabs import plan_tabs
from campaigns.views.stock_tables import plan_stock
from campaigns.views.trail import trail
from tenants.permissions import Action
from tenants.requests import TenantRequest
from tenants.views.progress import progress_context

METHODS = (
    (Plan.Method.AUTO.value, "Automatic"),
    (Plan.Method.CONVEX.value, "Convex"),
    (Plan.Method.LP.value, "Linear"),
    (Plan.Method.BANDIT.value, "Exploring"),
)


def plan_context(*, request: TenantRequest, plan: Plan) -> dict[str, Any]:
    """Context of ``campaigns/plan/detail.html`` and of its parts."""
    panel = panel_context(plan=plan, may_write=Action.WRITE_PLANS in request.actions, currency=request.tenant.currency)
    return panel | {
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
        "tabs": plan_tabs(plan=plan, current="plan_detail"),
        "changes": changes_context(plan=plan),
        **progress_of(request=request, plan=plan),
        **_results(plan),
    }


def progress_of(*, request: TenantRequest, plan: Plan) -> dict[str, Any]:
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
        "money_parts": money_parts(plan=plan),
        "scenarios": scenario_table(plan=plan),
        "risk": risk_context(plan=plan),
        "tree": allocation_tree(plan=plan, cells=cells),
        "spend_chart": spend_chart(plan=plan),
        "waterfall_chart": waterfall_chart(plan=plan),
        "drawable": drawable,
        "chosen": drawable[0] if drawable else None,
        "curve": curve_chart(plan=plan, cell=drawable[0]) if drawable else None,
        "incrementality": incrementality_table(plan=plan),
        "margins": margin_table(plan=plan),
        "health": health_card(plan=plan),
        "stock": plan_stock(entries=explanation.get("stock", ())),
    }


def health_card(*, plan: Plan) -> dict[str, str] | None:
    """The model's health in two sentences; None where it was never checked."""
    found = kept_health(plan=plan)
    return health_sentence(health=found) if found else None


def drawable_cells(*, plan: Plan) -> list[PlanCell]:
    """Cells that have a curve to draw."""
    return list(cells_of(plan=plan).filter(curve__isnull=False))
