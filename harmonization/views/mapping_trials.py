"""A version of a mapping tried on past files: what would change of each, before anybody relies on it."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from harmonization.selectors.mapping_versions import find_mapping
from harmonization.services.mapping_trials import request_trial
from harmonization.views.mapping_tables import data_crumb
from tenants.models import Operation
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest


@requires(Action.WRITE_DATA)
@require_POST
def version_try(request: TenantRequest, name: str, number: int) -> HttpResponse:
    known = find_mapping(name=name, number=number)
    if known is None:
        raise Http404("There is no such version.")
    operation = request_trial(known=known, by=request.user)
    return redirect("operations:operation_detail", operation_id=operation.pk)


@requires(Action.READ_DATA)
@require_GET
def trial_detail(request: TenantRequest, name: str, operation_id: UUID) -> HttpResponse:
    operation = Operation.objects.filter(pk=operation_id, kind="try_mapping", parameters__name=name).first()
    if operation is None:
        raise Http404("There is no such trial in this workspace.")
    if operation.result is None:
        return redirect("operations:operation_detail", operation_id=operation.pk)
    lists = {"label": "Mappings", "url": reverse("harmonization:mapping_list")}
    mapping = {"label": name, "url": reverse("harmonization:mapping_detail", args=[name])}
    context = {
        "name": name,
        "number": operation.result["number"],
        "files": [_file(one) for one in operation.result["files"]],
        "breadcrumbs": [data_crumb(), lists, mapping, {"label": "Trial"}],
    }
    return render(request, "harmonization/mappings/trial.html", context)


def _file(tried: dict[str, Any]) -> dict[str, Any]:
    """One file of the result, with its table."""
    rows = [
        ("Rows kept", tried["kept_before"], tried["kept_after"]),
        ("Rows rejected", tried["rejected_before"], tried["rejected_after"]),
        *((total["metric"], total["before"], total["after"]) for total in tried["totals"]),
    ]
    return {
        **tried,
        "caption": f"{tried['file_name']}: rows and totals, before and with this version",
        "is_same": tried["problem"] is None and all(Decimal(was) == Decimal(now) for _, was, now in rows),
        "columns": [
            {"label": "Figure"},
            {"label": f"As imported, version {tried['was_number']}", "numeric": True},
            {"label": "With this version", "numeric": True},
            {"label": "Difference", "numeric": True},
        ],
        "rows": [_row(label, Decimal(was), Decimal(now)) for label, was, now in rows],
    }


def _row(label: str, was: Decimal, now: Decimal) -> dict[str, Any]:
    tone = "" if was == now else "warn"
    cells = [{"value": f"{value.normalize():,f}", "numeric": True} for value in (was, now)]
    return {"label": label, "cells": [*cells, {"value": f"{now - was:+,f}", "numeric": True, "tone": tone}]}
