"""Pages about imports: the list with freshness and coverage, one import, its reconciliation and its rejects."""

import csv
from collections.abc import Iterator
from typing import cast
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from harmonization.forms.filters import ImportFilter
from harmonization.models import ImportRun
from harmonization.selectors import facts
from harmonization.selectors.attention import attention
from harmonization.selectors.coverage import coverage
from harmonization.selectors.imports import find_import, imports, rejects_file
from harmonization.selectors.mapping_drift import alarms_of_import, raised_alarms
from harmonization.selectors.reconciliation import reconciled_metrics
from harmonization.selectors.rejects import RejectedRow, rejected_rows
from harmonization.selectors.rhythms import rhythms
from harmonization.selectors.sources import source_of
from harmonization.views import import_pages, report_tables
from harmonization.views.mapping_alarms import alarm_shown
from harmonization.views.quality_tables import quality_report
from harmonization.views.tables import ImportTable
from tenants.exports import escape_formula
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest
from tenants.views.progress import progress_context

PAGE_SIZE = 25
REJECTS_SHOWN = 20


@requires(Action.READ_DATA)
@require_GET
def import_list(request: TenantRequest) -> HttpResponse:
    fresh = facts.freshness()
    chosen = ImportFilter(
        request.GET, queryset=imports(), retailers=[(one.retailer_id, one.retailer_name) for one in fresh]
    )
    table = ImportTable(chosen.qs)
    RequestConfig(request, paginate={"per_page": PAGE_SIZE}).configure(table)
    is_working = any(row.record.is_unfinished for row in table.paginated_rows)
    if request.htmx and not is_working:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "table": table,
        "is_working": is_working,
        "filter": chosen,
        "alarms": [alarm_shown(alarm) for alarm in raised_alarms()],
        "is_filtered": any(request.GET.get(name) for name in chosen.filters),
        "may_write": Action.WRITE_DATA in request.actions,
        "freshness": import_pages.freshness_table(
            rows=fresh, rhythms=rhythms(today=timezone.localdate()), today=timezone.localdate()
        ),
        "attention": attention(),
        **_coverage_context(chosen=chosen, fresh=fresh),
    }
    return render(request, "harmonization/imports/list.html", context)


@requires(Action.READ_DATA)
@require_GET
def import_detail(request: TenantRequest, import_id: UUID) -> HttpResponse:
    run = _import_or_404(import_id)
    metrics = reconciled_metrics(lines=run.reconciliation)
    context = {
        "run": run,
        "may_write": Action.WRITE_DATA in request.actions,
        "breadcrumbs": _breadcrumbs(run),
        "facts": import_pages.import_facts(run=run, source=source_of(run=run)),
        "reconciliation": report_tables.reconciliation_table(run=run, metrics=metrics),
        "quality": quality_report(quality=run.quality),
        "held_days": run.held_days.filter(state="waiting").count(),
        "alarms": [alarm_shown(alarm) for alarm in alarms_of_import(run=run)],
        "rejects": list(rejected_rows(path=rejects_file(run=run), limit=REJECTS_SHOWN)),
        **_progress(request=request, run=run),
    }
    return render(request, "harmonization/imports/detail.html", context)


@requires(Action.READ_DATA)
@never_cache
@require_GET
def import_progress(request: TenantRequest, import_id: UUID) -> HttpResponse:
    """The progress part while a worker is at it; then htmx is told to load the page anew."""
    run = _import_or_404(import_id)
    context = _progress(request=request, run=run)
    if not context.get("poll_url"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "components/progress.html", context)


@requires(Action.READ_DATA)
@require_GET
def import_reconciliation(request: TenantRequest, import_id: UUID, metric: str) -> HttpResponse:
    run = _import_or_404(import_id)
    found = next((one for one in reconciled_metrics(lines=run.reconciliation) if one.metric == metric), None)
    if found is None:
        raise Http404("This import has no such metric.")
    context = {
        "run": run,
        "metric": found,
        "name": report_tables.metric_name(metric),
        "breadcrumbs": [*_breadcrumbs(run)[:-1], _crumb_of(run), {"label": report_tables.metric_name(metric)}],
        "table": report_tables.days_table(run=run, metric=found),
    }
    return render(request, "harmonization/imports/reconciliation.html", context)


@requires(Action.READ_DATA)
@require_GET
def import_rejects(request: TenantRequest, import_id: UUID) -> HttpResponse:
    run = _import_or_404(import_id)
    name = f"rejects-{run.file_sha256[:12]}.csv"
    lines = _rejects_as_csv(rejected_rows(path=rejects_file(run=run)))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return cast(HttpResponse, StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers))


class _Line:
    """What csv.writer writes to; hands each line back."""

    def write(self, line: str) -> str:
        return line


def _rejects_as_csv(rows: Iterator[RejectedRow]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(["row_number", "reason", "raw_row"])
    for row in rows:
        yield writer.writerow([escape_formula(cell) for cell in (row.row_number, row.reason, row.raw_row)])


def _coverage_context(*, chosen: ImportFilter, fresh: tuple[facts.Freshness, ...]) -> dict:
    if not fresh:
        return {}
    days = chosen.form.cleaned_data if chosen.form.is_valid() else {}
    data = facts.Period(start=min(one.first_event_date for one in fresh), end=max(one.last_event_date for one in fresh))
    period = import_pages.coverage_period(start=days.get("start"), end=days.get("end"), data=data)
    rows = coverage(start=period.start, end=period.end)
    return {"coverage": import_pages.coverage_table(rows=rows), "coverage_period": period}


def _progress(*, request: TenantRequest, run: ImportRun) -> dict:
    """The progress part's context; empty once the import is done."""
    if run.operation is None or run.state == ImportRun.State.DONE:
        return {}
    context = progress_context(request=request, operation=run.operation, now=timezone.now())
    poll_url = reverse("harmonization:import_progress", args=[run.pk]) if context["poll_url"] else ""
    return {**context, "poll_url": poll_url, "result_url": ""}


def _import_or_404(import_id: UUID) -> ImportRun:
    run = find_import(import_id=import_id)
    if run is None:
        raise Http404("There is no such import in this workspace.")
    return run


def _breadcrumbs(run: ImportRun) -> list[dict[str, str]]:
    return [{"label": "Data", "url": reverse("harmonization:import_list")}, {"label": run.file_name}]


def _crumb_of(run: ImportRun) -> dict[str, str]:
    return {"label": run.file_name, "url": reverse("harmonization:import_detail", args=[run.pk])}
