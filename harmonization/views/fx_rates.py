"""The page of exchange rates: which pairs are known until when, and a file to take in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from harmonization.comparison.rate_files import RatesRefused
from harmonization.comparison.rates import OLDEST_DAYS
from harmonization.forms.fx_rates import RatesForm
from harmonization.selectors.fx_rates import KnownPair, known_pairs
from harmonization.services.fx_rates import RateImport, import_rates
from harmonization.views.tables import days_in_words
from tenants.command import refusal_as_problem
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest


@requires(Action.READ_DATA)
@require_GET
def fx_rates(request: TenantRequest) -> HttpResponse:
    return _page(request, form=RatesForm())


@requires(Action.WRITE_DATA)
@require_POST
def import_fx_rates(request: TenantRequest) -> HttpResponse:
    form = RatesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    file = form.cleaned_data["rates"]
    try:
        found = import_rates(content=file.read(), file_name=file.name, by=request.user)
    except RatesRefused as refusal:
        return _page(request, form=form, problems=[refusal_as_problem(refusal)], status=422)
    messages.success(request, _in_words(found))
    return redirect("harmonization:fx_rates")


def _page(
    request: TenantRequest, *, form: RatesForm, problems: list[dict[str, str]] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "problems": problems or [],
        "table": _table(known_pairs()),
        "oldest_days": OLDEST_DAYS,
        "currency": request.tenant.currency,
        "may_write": Action.WRITE_DATA in request.actions,
        "breadcrumbs": [{"label": "Data", "url": reverse("harmonization:import_list")}, {"label": "Exchange rates"}],
    }
    return render(request, "harmonization/fx_rates.html", context, status=status)


def _table(pairs: tuple[KnownPair, ...]) -> dict[str, Any]:
    return {
        "columns": [
            {"label": "Pair"},
            {"label": "Days"},
            {"label": "Rates", "numeric": True},
            {"label": "Newest rate", "numeric": True},
            {"label": "Source"},
        ],
        "rows": [
            {
                "label": f"{one.base}/{one.quote}",
                "cells": [
                    {"value": days_in_words(start=one.first_day, end=one.last_day)},
                    {"value": f"{one.days:,}", "numeric": True},
                    {"value": f"{one.latest.rate.normalize():f}", "numeric": True},
                    {"value": one.latest.source},
                ],
            }
            for one in pairs
        ],
    }


def _in_words(found: RateImport) -> str:
    days = days_in_words(start=found.first_day, end=found.last_day)
    return f"{found.read:,} rates of {days} were read: {found.new:,} new, {found.changed:,} changed."
