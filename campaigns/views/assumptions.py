"""What plans assume about each retailer, and changing it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from campaigns.forms.assumptions import AssumptionForm
from campaigns.selectors.assumptions import assumptions_of_retailers
from campaigns.selectors.history import retailer_names
from campaigns.services.assumptions import AssumptionRefused, NewAssumption, set_assumption
from campaigns.views.trail import trail
from tenants.figures import percent
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest


@requires(Action.READ_PLANS)
@require_GET
def assumption_list(request: TenantRequest) -> HttpResponse:
    names, may_write = retailer_names(), Action.WRITE_PLANS in request.actions
    rows = [
        {
            "label": names.get(row.retailer_id, row.retailer_id),
            "url": reverse("campaigns:assumption_edit", args=[row.retailer_id]) if may_write else "",
            "cells": [
                {
                    "value": percent(row.mean, places=0),
                    "low": percent(row.low, places=0),
                    "high": percent(row.high, places=0),
                    "numeric": True,
                },
                {"value": row.source},
            ],
        }
        for row in assumptions_of_retailers()
    ]
    columns = [
        {"label": "Retailer"},
        {"label": "Share of attributed revenue caused by ads", "numeric": True},
        {"label": "Source"},
    ]
    context = {"rows": rows, "columns": columns, "breadcrumbs": trail("Assumptions")}
    return render(request, "campaigns/assumption/list.html", context)


@requires(Action.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def assumption_edit(request: TenantRequest, retailer_id: str) -> HttpResponse:
    found = {row.retailer_id: row for row in assumptions_of_retailers()}.get(retailer_id)
    if found is None:
        raise Http404("No data of such a retailer.")
    initial = {name: getattr(found, name) for name in ("mean", "low", "high", "source")}
    form = AssumptionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_assumption(new=NewAssumption(retailer_id=retailer_id, **form.cleaned_data), by=request.user)
        except AssumptionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept. Plans made from now on use it; earlier plans keep their figures.")
            return redirect("campaigns:assumptions")
    name = retailer_names().get(retailer_id, retailer_id)
    context = {"form": form, "name": name, "breadcrumbs": trail(name)}
    return render(request, "campaigns/assumption/edit.html", context, status=422 if form.errors else 200)
