"""Pages about sources: the list, one source with its history, one run with its files."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from harmonization.models import DataSource, SourceRun
from harmonization.selectors import sources as selectors
from harmonization.views import source_tables
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest
from tenants.views.progress import progress_context

PAGE_SIZE = 20
PROBLEMS_SHOWN = 5


@requires(Action.READ_DATA)
@require_GET
def source_list(request: TenantRequest) -> HttpResponse:
    lines = selectors.sources()
    context = {
        "lines": lines,
        "table": source_tables.sources_table(lines=lines, uploaded_at=selectors.last_upload_by_hand()),
        "may_manage": Action.MANAGE_SOURCES in request.actions,
        "breadcrumbs": crumbs(),
    }
    return render(request, "harmonization/sources/list.html", context)


@requires(Action.READ_DATA)
@require_GET
def source_detail(request: TenantRequest, source_id: UUID) -> HttpResponse:
    source = source_or_404(source_id)
    line = selectors.source_line(source=source)
    page = Paginator(selectors.runs_of(source=source), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "source": source,
        "line": line,
        "facts": source_tables.source_facts(line=line),
        "table": source_tables.runs_table(source=source, runs=page),
        "page": page,
        "may_manage": Action.MANAGE_SOURCES in request.actions,
        "breadcrumbs": crumbs(source),
    }
    return render(request, "harmonization/sources/detail.html", context)


@requires(Action.READ_DATA)
@require_GET
def source_run(request: TenantRequest, source_id: UUID, run_id: UUID) -> HttpResponse:
    source = source_or_404(source_id)
    run = get_object_or_404(selectors.runs_of(source=source), pk=run_id)
    page = Paginator(selectors.files_of(run=run), PAGE_SIZE * 5).get_page(request.GET.get("page"))
    started = source_tables.moment(run.started_at)
    context = {
        "source": source,
        "run": run,
        "started": started,
        "table": source_tables.files_table(files=page),
        "page": page,
        "problems": [file.problem | {"where": file.name} for file in page if file.problem][:PROBLEMS_SHOWN],
        "breadcrumbs": [*crumbs(source, linked=True), {"label": f"Run of {started}"}],
        **_progress(request=request, run=run),
    }
    return render(request, "harmonization/sources/run.html", context)


def source_or_404(source_id: UUID) -> DataSource:
    source = selectors.find_source(source_id=source_id)
    if source is None:
        raise Http404("There is no such source in this workspace.")
    return source


def crumbs(source: DataSource | None = None, *, linked: bool = False, then: str = "") -> list[dict[str, str]]:
    """Data → Sources → the source → what is done to it."""
    trail = [{"label": "Data", "url": reverse("harmonization:import_list")}]
    if source is None and not then:
        return [*trail, {"label": "Sources"}]
    trail.append({"label": "Sources", "url": reverse("harmonization:source_list")})
    if source is not None:
        url = {"url": reverse("harmonization:source_detail", args=[source.pk])} if linked or then else {}
        trail.append({"label": source.name, **url})
    return [*trail, {"label": then}] if then else trail


def _progress(*, request: TenantRequest, run: SourceRun) -> dict[str, Any]:
    """The progress part's context while the run is under way; empty once it is over."""
    if run.operation is None or not run.is_under_way:
        return {}
    return {**progress_context(request=request, operation=run.operation, now=timezone.now()), "result_url": ""}
