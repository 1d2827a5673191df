"""How far a plan's curves can be trusted."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from campaigns.selectors.model_health import NoHealth, model_health_of
from campaigns.selectors.plans import plan_or_404
from campaigns.views.health_tables import (
    cells_chart,
    cells_table,
    control_table,
    experiment_table,
    health_sentence,
    prior_table,
    unknown_sentence,
    warning_list,
)
from campaigns.views.plan_tabs import plan_tabs
from campaigns.views.trail import trail
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest


@requires(Action.READ_PLANS)
@require_GET
def model_health(request: TenantRequest, pk: UUID) -> HttpResponse:
    plan = plan_or_404(pk=pk)
    context: dict[str, Any] = {
        "plan": plan,
        "tabs": plan_tabs(plan=plan, current="model_health"),
        "breadcrumbs": trail(plan.name),
    }
    try:
        health = model_health_of(plan=plan)
    except NoHealth as refusal:
        return render(request, "campaigns/plan/model_health.html", context | {"refusal": str(refusal)})
    context |= {
        "health": health,
        "told": health_sentence(health=health),
        "chart": cells_chart(health=health),
        "cells": cells_table(health=health),
        "warnings": warning_list(health=health),
        "priors": prior_table(health=health),
        "experiments": experiment_table(health=health),
        "controls": control_table(health=health),
        "unknown": unknown_sentence(health=health),
    }
    return render(request, "campaigns/plan/model_health.html", context)
