"""Forecasts of products: which have a history, and one product's weeks ahead."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from campaigns.forecasting.history import ForecastRefused
from campaigns.forms.forecasts import ForecastForm
from campaigns.services.forecasts import ForecastWish, forecast_product, forecastable, price_answer
from campaigns.views.forecast_charts import demand_chart, headline, price_entries, stock_entries
from harmonization.selectors.products import find_product, products
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

PER_PAGE = 50


@requires(Action.READ_PLANS)
@require_GET
def forecast_list(request: TenantRequest) -> HttpResponse:
    search = request.GET.get("q", "")[:120]
    found = products(search=search).prefetch_related("codes")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    known = {(row["retailer_id"], row["item"]): row for row in forecastable()}
    context = {
        "page": page,
        "search": search,
        "columns": [{"label": "Product"}, {"label": "SKU"}, {"label": "Days of sales", "numeric": True}],
        "rows": [_row(one, known) for one in page.object_list],
        "breadcrumbs": _trail(),
    }
    return render(request, "campaigns/forecast/list.html", context)


@requires(Action.READ_PLANS)
@require_GET
def forecast_detail(request: TenantRequest, product_id: int) -> HttpResponse:
    product = find_product(product_id=product_id)
    if product is None:
        raise Http404("There is no such product in this workspace.")
    form = ForecastForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    context: dict[str, Any] = {
        "product": product,
        "form": form,
        "breadcrumbs": _trail(product.name or product.sku),
        "data_url": reverse("harmonization:product_detail", args=[product.pk]),
    }
    try:
        told = forecast_product(product=product, wish=ForecastWish(**{k: v for k, v in asked.items() if v is not None}))
    except ForecastRefused as refusal:
        return render(request, "campaigns/forecast/detail.html", context | {"refusal": refusal})
    context |= {"told": told, "headline": headline(told=told), "demand": demand_chart(told=told)}
    context |= {"stock": stock_entries(told=told), "retailers": _retailers(told, product_id)}
    context |= _prices(told["retailer"])
    return render(request, "campaigns/forecast/detail.html", context)


def _prices(retailer: str) -> dict[str, Any]:
    try:
        return {"price": price_entries(told=price_answer(retailer=retailer))}
    except ForecastRefused as refusal:
        return {"price_refusal": refusal}


def _retailers(told: dict[str, Any], product_id: int) -> list[dict[str, Any]]:
    address = reverse("campaigns:forecast", args=[product_id])
    rest = f"&horizon={len(told['forecast'])}"
    return [
        {"label": one, "url": f"{address}?retailer={one}{rest}", "is_current": one == told["retailer"]}
        for one in told["retailers"]
    ]


def _row(product: Any, known: dict[tuple[str, str], dict[str, Any]]) -> dict[str, Any]:
    """Days of sales over the product's item ids and its own SKU."""
    items = {(code.retailer_id, code.code) for code in product.codes.all()}
    sku = product.sku.lower()
    days = sum(row["days"] for (retailer, item), row in known.items() if item == sku or (retailer, item) in items)
    return {
        "label": product.name or product.sku,
        "url": reverse("campaigns:forecast", args=[product.pk]),
        "cells": [{"value": product.sku}, {"value": f"{days:,}" if days else "none yet", "numeric": True}],
    }


def _trail(label: str = "") -> list[dict[str, str]]:
    start = {"label": "Plans", "url": reverse("campaigns:plan_list")}
    if not label:
        return [start, {"label": "Forecasts"}]
    return [start, {"label": "Forecasts", "url": reverse("campaigns:forecasts")}, {"label": label}]
