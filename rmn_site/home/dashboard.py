"""The first page of a tenant: how spend performs, and how fresh the data is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Plan
from harmonization.selectors import facts
from harmonization.selectors.attention import attention
from rmn_site.home import overview
from tenants.models import Operation
from tenants.permissions import Action, requires


@requires(Action.READ_DATA)
def dashboard(request: HttpRequest) -> HttpResponse:
    data = facts.period_of_data()
    if data is None:
        return render(request, "home/empty.html")
    asked = {name: request.GET.get(name, "") for name in ("start", "end", "days")}
    period = overview.chosen_period(**asked, data=data)
    return render(request, "home/dashboard.html", _context(period=period, data=data))


def _context(*, period: facts.Period, data: facts.Period) -> dict[str, Any]:
    performance, cards = overview.kpi_cards(period=period)
    before = facts.previous_period(start=period.start, end=period.end)
    context: dict[str, Any] = {
        "period": period,
        "data_period": data,
        "previous": before,
        "presets": _presets(period=period, data=data),
        "performance": performance,
        "cards": cards,
        "freshness": overview.freshness_rows(today=timezone.localdate()),
        "attention": attention(),
        "plans": Plan.objects.order_by("-id")[:4],
        "operations": Operation.objects.unfinished().order_by("-id")[:4],
    }
    if performance is not None:
        rows = overview.retailer_rows(period=period)
        context["retailers"] = rows
        context["vat"] = overview.vat_differences(rows=rows, period=period)
        context["charts"] = overview.retailer_charts(rows=rows, currency=performance.currency)
        context["daily"] = overview.daily_chart(period=period, currency=performance.currency)
    return context


def _presets(*, period: facts.Period, data: facts.Period) -> list[dict[str, Any]]:
    url = reverse("home:dashboard")
    return [
        {
            "label": label,
            "url": f"{url}?days={days}",
            "is_current": period.days == days and period.end == data.end,
        }
        for label, days in overview.PRESETS
    ]
