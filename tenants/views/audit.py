"""The audit log: who did what, before and after, and whether the log is whole."""

import json
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tenants.exports import csv_text
from tenants.forms.audit import AuditFilter
from tenants.models import AuditEvent
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest
from tenants.selectors.audit import events_matching, recorded_kinds
from tenants.services.audit import verify_audit_log

PAGE_SIZE = 50
EXPORT_ROWS = 50_000
EXPORT_HEADER = (
    "sequence", "occurred_at", "actor", "kind", "about_type", "about_id", "about", "before", "after", "request_id",
    "hash",
)  # fmt: skip


@requires(Action.READ_AUDIT)
@require_GET
def audit_list(request: TenantRequest) -> HttpResponse:
    form, found = _filtered(request)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    asked = request.GET.get("verify") == "1"
    checked, broken = verify_audit_log() if asked else (0, None)
    context = {
        "form": form,
        "page": page,
        "is_filtered": any(form.cleaned_data.values()),
        "asked_to_verify": asked,
        "checked": checked,
        "broken": broken,
        "query": request.GET.urlencode(),
    }
    return render(request, "audit/list.html", context)


@requires(Action.READ_AUDIT)
@require_GET
def audit_export(request: TenantRequest) -> HttpResponse:
    """The filtered log as CSV, newest first; a header tells when it was cut at the limit."""
    _, found = _filtered(request)
    zone = ZoneInfo(request.tenant.timezone)
    text = csv_text(header=EXPORT_HEADER, rows=[_as_row(event, zone) for event in found[:EXPORT_ROWS]])
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-{request.tenant.slug}.csv"'
    response["X-Rows-Limit"] = str(EXPORT_ROWS)
    return response


def _filtered(request: TenantRequest) -> tuple[AuditFilter, QuerySet[AuditEvent]]:
    form = AuditFilter(request.GET, kinds=recorded_kinds())
    form.is_valid()
    return form, events_matching(zone=ZoneInfo(request.tenant.timezone), **form.cleaned_data)


def _as_row(event: AuditEvent, zone: tzinfo) -> tuple[object, ...]:
    return (
        event.sequence,
        event.occurred_at.astimezone(zone).isoformat(),
        event.actor_label,
        event.kind,
        event.about_type,
        event.about_id,
        event.about_label,
        _as_json(event.before),
        _as_json(event.after),
        event.request_id,
        event.hash,
    )


def _as_json(value: Any) -> str:
    return "" if value is None else json.dumps(value, sort_keys=True)
