"""Alarms about layouts that changed: what changed, what it means, and that somebody has seen it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from harmonization.models import DriftAlarm
from harmonization.selectors.mapping_drift import find_alarm
from harmonization.services.mapping_drift import acknowledge_alarm
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

KINDS = {
    "missing": ("Missing", "bad"),
    "renamed": ("Renamed", "warn"),
    "removed": ("Gone", "warn"),
    "added": ("New", "info"),
    "reordered": ("Order", "neutral"),
}


@requires(Action.WRITE_DATA)
@require_POST
def alarm_acknowledge(request: TenantRequest, alarm_id: UUID) -> HttpResponse:
    alarm = find_alarm(alarm_id=alarm_id)
    if alarm is None:
        raise Http404("There is no such alarm in this workspace.")
    acknowledge_alarm(alarm=alarm, by=request.user, at=timezone.now())
    messages.success(request, f"Acknowledged: the layout {alarm.mapping_name} changed.")
    return redirect("harmonization:import_list")


def alarm_shown(alarm: DriftAlarm) -> dict[str, Any]:
    """An alarm as the pages show it: its changes as rows of a table."""
    return {
        "alarm": alarm,
        "columns": [{"label": label} for label in ("Column", "Change", "What it means", "Proposed")],
        "rows": [_row(change) for change in alarm.changes],
    }


def _row(change: dict[str, str]) -> dict[str, Any]:
    word, tone = KINDS.get(change["kind"], (change["kind"], "neutral"))
    name = f"{change['was']} → {change['column']}" if change["was"] else change["column"] or "All"
    return {
        "label": name,
        "cells": [
            {"value": word, "badge": True, "tone": tone},
            {"value": change["meaning"]},
            {"value": change["suggestion"] or "–"},
        ],
    }
