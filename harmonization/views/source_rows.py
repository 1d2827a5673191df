"""From a figure to its source: the rows behind a campaign's day, and one row of a file field by field."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from harmonization.selectors.imports import find_import
from harmonization.selectors.row_trace import TraceRefused, traced_row
from harmonization.selectors.source_rows import campaign_days
from harmonization.selectors.source_rows import source_rows as rows_behind
from harmonization.views import source_row_tables as tables
from harmonization.views.days import day_breadcrumbs, day_or_404, name_or_404
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

PAGE_SIZE = 50


@requires(Action.READ_DATA)
@require_GET
def source_rows(request: TenantRequest, retailer_id: str, day: str) -> HttpResponse:
    on, name = day_or_404(day), name_or_404(retailer_id)
    campaigns = campaign_days(retailer_id=retailer_id, day=on)
    asked = request.GET.get("campaign", campaigns[0].campaign_id if campaigns else "")
    chosen = [one for one in campaigns if one.campaign_id == asked]
    number = tables.page_number(request.GET.get("page", ""))
    found = rows_behind(
        retailer_id=retailer_id, day=on, campaign_id=asked, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    context = {
        "name": name,
        "day": on,
        "campaign": tables.campaign_name(chosen),
        "cards": tables.agreement_cards(chosen, found),
        "table": tables.rows_table(found),
        "missing": found.missing_files,
        "is_empty": not found.rows,
        "day_url": reverse("harmonization:day_detail", args=[retailer_id, on]),
        "breadcrumbs": [*day_breadcrumbs(retailer_id=retailer_id, name=name, on=on), {"label": "Source rows"}],
        **tables.pages(number=number, count=found.count, size=PAGE_SIZE, campaign_id=asked),
    }
    return render(request, "harmonization/watch/source_rows.html", context)


@requires(Action.READ_DATA)
@require_GET
def row_detail(request: TenantRequest, import_id: UUID, row_number: int) -> HttpResponse:
    run = find_import(import_id=import_id)
    if run is None:
        raise Http404("There is no such import in this workspace.")
    context = {
        "run": run,
        "row_number": row_number,
        "import_url": reverse("harmonization:import_detail", args=[run.pk]),
        "breadcrumbs": [
            {"label": "Data", "url": reverse("harmonization:import_list")},
            {"label": run.file_name, "url": reverse("harmonization:import_detail", args=[run.pk])},
            {"label": f"Row {row_number:,}"},
        ],
    }
    try:
        found = traced_row(run=run, row_number=row_number)
    except TraceRefused as refused:
        return render(request, "harmonization/watch/row.html", {**context, "refused": refused}, status=404)
    shown = {"traced": found, "read": tables.read_table(found), "unread": tables.unread_table(found)}
    return render(request, "harmonization/watch/row.html", {**context, **shown})
