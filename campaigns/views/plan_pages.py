"""The list of plans, and one plan."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from campaigns.models import Plan
from campaigns.selectors.plans import listed_plans, plan_or_404
from campaigns.views.plan_charts import curve_chart
from campaigns.views.plan_context import drawable_cells, plan_context, progress_of
from campaigns.views.plan_rows import plan_table
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

PLANS_PER_PAGE = 25


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
    return render(request, "campaigns/plan/detail.html", plan_context(request=request, plan=plan_or_404(pk=pk)))


@requires(Action.READ_PLANS)
@require_GET
def plan_progress(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The progress part while a worker plans; when it has ended, the page itself is loaded again."""
    plan = plan_or_404(pk=pk)
    if plan.live_state != Plan.State.PLANNING or plan.operation is None or plan.operation.is_finished:
        return HttpResponse(headers={"HX-Redirect": reverse("campaigns:plan_detail", args=[pk])})
    response = render(request, "components/progress.html", progress_of(request=request, plan=plan)["progress"])
    response["Cache-Control"] = "no-store"
    return response


@requires(Action.READ_PLANS)
@require_GET
def plan_curve(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The response curve of the chosen cell, as a fragment."""
    plan = plan_or_404(pk=pk)
    cells = drawable_cells(plan=plan)
    chosen = next((cell for cell in cells if str(cell.pk) == request.GET.get("cell")), None)
    if chosen is None:
        raise Http404("This plan has no such curve.")
    context = {"curve": curve_chart(plan=plan, cell=chosen), "chosen": chosen, "plan": plan}
    return render(request, "campaigns/plan/_curve.html", context)
