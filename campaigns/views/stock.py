"""Stock: how long each item lasts, and entering what was counted."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from campaigns.forms.stock import CountForm, StockForm
from campaigns.selectors.history import retailer_names
from campaigns.services.stock import StockWish, stock_list, stock_outlooks
from campaigns.services.stock_counts import BY_HAND, NewCount, StockRefused, counts_of_csv, keep_counts
from campaigns.views.stock_tables import stock_headline, stock_table
from campaigns.views.trail import trail
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

PER_PAGE = 25


@requires(Action.READ_PLANS)
@require_GET
def stock(request: TenantRequest) -> HttpResponse:
    names = retailer_names()
    form = StockForm(request.GET or None, retailers=names)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    wish = StockWish(
        retailer=asked.get("retailer") or "", search=asked.get("q") or "", horizon=asked.get("horizon") or 28
    )
    found = stock_list(wish=wish)
    page = Paginator(found.keys, PER_PAGE).get_page(request.GET.get("page"))
    rows = stock_outlooks(window=found.window, keys=list(page.object_list), wish=wish) if found.window else []
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "window": found.window,
        "headline": stock_headline(rows=rows, horizon=wish.horizon),
        "table": stock_table(rows=rows, names=names),
        "may_write": Action.WRITE_PLANS in request.actions,
        "breadcrumbs": trail("Stock"),
    }
    return render(request, "campaigns/stock/list.html", context)


@requires(Action.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def stock_enter(request: TenantRequest) -> HttpResponse:
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CountForm(*posted, retailers=retailer_names(), initial=_initial(request))
    refusal = None
    if form.is_valid():
        try:
            kept = _keep(form.cleaned_data, request)
        except StockRefused as refused:
            refusal = refused
        else:
            items = "1 item" if kept == 1 else f"{kept} items"
            messages.success(request, f"Kept the stock of {items}. Plans made from now on use it.")
            return redirect("campaigns:stock")
    crumbs = [*trail("")[:1], {"label": "Stock", "url": reverse("campaigns:stock")}, {"label": "Enter stock"}]
    context = {"form": form, "refusal": refusal, "breadcrumbs": crumbs}
    return render(request, "campaigns/stock/enter.html", context, status=422 if form.errors or refusal else 200)


def _initial(request: TenantRequest) -> dict[str, str]:
    return {name: request.GET[name][:80] for name in ("retailer", "item") if name in request.GET}


def _keep(cleaned: dict[str, Any], request: TenantRequest) -> int:
    today = timezone.localdate()
    if file := cleaned["file"]:
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise StockRefused("This is not a CSV table", "Save it as CSV (UTF-8).", file.name) from error
        counts = counts_of_csv(lines=text.splitlines(), today=today)
        return keep_counts(counts=counts, source=file.name, by=request.user, today=today)
    one = NewCount(
        retailer_id=cleaned["retailer"],
        sku_id=cleaned["item"],
        units=cleaned["units"],
        counted_on=cleaned["day"] or today,
    )
    return keep_counts(counts=[one], source=BY_HAND, by=request.user, today=today)
