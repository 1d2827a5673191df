"""Pages about products, audiences and policies."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from harmonization.forms.crosswalk import PolicyFilter, ProductSearch
from harmonization.selectors import products as selectors
from harmonization.views import product_tables
from harmonization.views.mapping_tables import data_crumb
from tenants.exports import csv_text
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

PAGE_SIZE = 50
MOST_EXPORTED = 200_000
EXPORTED = ("sku", "name", "brand", "manufacturer", "category_path", "size", "price", "unit_cost", "currency")


@requires(Action.READ_DATA)
@require_GET
def product_list(request: TenantRequest) -> HttpResponse:
    form = ProductSearch(request.GET)
    search = form.cleaned_data["q"] if form.is_valid() else ""
    page = Paginator(selectors.products(search=search), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "search": search,
        "page": page,
        "table": product_tables.products_table(list(page)),
        "may_write": Action.WRITE_DATA in request.actions,
        "breadcrumbs": [data_crumb(), {"label": "Products"}],
    }
    return render(request, "harmonization/products/list.html", context)


@requires(Action.READ_DATA)
@require_GET
def product_detail(request: TenantRequest, product_id: int) -> HttpResponse:
    product = selectors.find_product(product_id=product_id)
    if product is None:
        raise Http404("There is no such product in this workspace.")
    days = list(selectors.demand_of(product=product))
    context = {
        "product": product,
        "facts": product_tables.product_facts(product),
        "codes": product_tables.codes_of(product),
        "performance": product_tables.performance_table(selectors.performance_by_product(sku=product.sku)),
        "demand": product_tables.demand_chart(days),
        "placements": product_tables.placements_table(selectors.placements_of(product=product)),
        "may_write": Action.WRITE_DATA in request.actions,
        "breadcrumbs": [data_crumb(), product_tables.products_crumb(), {"label": product.sku}],
    }
    return render(request, "harmonization/products/detail.html", context)


@requires(Action.READ_DATA)
@require_GET
def product_export(request: TenantRequest) -> HttpResponse:
    """The products a search finds, as CSV."""
    form = ProductSearch(request.GET)
    rows = selectors.products(search=form.cleaned_data["q"] if form.is_valid() else "")
    text = csv_text(header=EXPORTED, rows=rows.values_list(*EXPORTED)[:MOST_EXPORTED])
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="products-{request.tenant.slug}.csv"'
    return response


@requires(Action.READ_DATA)
@require_GET
def audience_list(request: TenantRequest) -> HttpResponse:
    page = Paginator(selectors.audiences(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "table": product_tables.audiences_table(list(page)),
        "may_write": Action.WRITE_DATA in request.actions,
        "breadcrumbs": [data_crumb(), {"label": "Audiences"}],
    }
    return render(request, "harmonization/products/audiences.html", context)


@requires(Action.READ_DATA)
@require_GET
def policy_list(request: TenantRequest) -> HttpResponse:
    form = PolicyFilter(request.GET)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    cited = request.GET.get("term", "")
    term = int(cited) if cited.isdecimal() and len(cited) < 18 else None
    page = Paginator(selectors.policy_terms(kind=kind, term=term), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "is_filtered": bool(kind or term),
        "page": page,
        "table": product_tables.policies_table(list(page)),
        "may_write": Action.WRITE_DATA in request.actions,
        "breadcrumbs": [data_crumb(), {"label": "Policies"}],
    }
    return render(request, "harmonization/products/policies.html", context)
