"""The crosswalk page: how much is joined, which items wait for a person, and what that person decides."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonization.forms.crosswalk import BulkForm, CodesForm, QueueFilter
from harmonization.models import CrosswalkCandidate, Product
from harmonization.selectors.crosswalk import facts_without_item, join_rate, suggested, waiting_candidates
from harmonization.selectors.products import confirmed_codes
from harmonization.services.confirmed_codes import import_confirmed_codes, withdraw_code
from harmonization.services.crosswalk import request_crosswalk
from harmonization.services.crosswalk_decisions import (
    MOST_AT_ONCE,
    DecisionRefused,
    confirm_above,
    confirm_candidate,
    reject_candidate,
    undo_decision,
)
from harmonization.views import crosswalk_tables
from harmonization.views.mapping_tables import data_crumb
from tenants.exports import csv_text
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

PAGE_SIZE = 10
MOST_BYTES = 2_000_000
DECISIONS = {"confirm": confirm_candidate, "reject": reject_candidate, "undo": undo_decision}
DONE = {
    "confirm": "{item} is {sku} from now on.",
    "reject": "{item} is not {sku}; the pairing is not proposed again.",
    "undo": "The decision on {item} was taken back.",
}


@requires(Action.READ_DATA)
@require_GET
def crosswalk(request: TenantRequest) -> HttpResponse:
    rates = join_rate()
    form = QueueFilter(request.GET, retailers=crosswalk_tables.retailers(rates))
    retailer_id = form.cleaned_data["retailer"] if form.is_valid() else ""
    page = Paginator(waiting_candidates(retailer_id=retailer_id), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "rate": crosswalk_tables.rate_table(rates),
        "without_item": crosswalk_tables.without_item_in_words(facts_without_item()),
        "has_products": Product.objects.exists(),
        "form": form,
        "bulk": BulkForm(),
        "page": page,
        "cards": [crosswalk_tables.candidate_card(one) for one in page],
        "decided": [crosswalk_tables.decided_line(one) for one in _last_decided()],
        "may_write": Action.WRITE_DATA in request.actions,
        "breadcrumbs": [data_crumb(), {"label": "Crosswalk"}],
    }
    return render(request, "harmonization/crosswalk/page.html", context)


@requires(Action.WRITE_DATA)
@require_POST
def crosswalk_run(request: TenantRequest) -> HttpResponse:
    operation = request_crosswalk(by=request.user)
    return redirect("operations:operation_detail", operation_id=operation.pk)


@requires(Action.WRITE_DATA)
@require_POST
def candidate_decide(request: TenantRequest, candidate_id: int, decision: str) -> HttpResponse:
    decide = DECISIONS.get(decision)
    if decide is None:
        messages.warning(request, "A pairing can be confirmed, rejected or undone.")
        return redirect("harmonization:crosswalk")
    try:
        candidate = decide(candidate_id=candidate_id, by=request.user)
    except DecisionRefused as refusal:
        messages.warning(request, f"{refusal.problem['title']}: {refusal.problem['detail']}")
    else:
        messages.success(request, DONE[decision].format(item=candidate.item_id, sku=candidate.product.sku))
    return redirect("harmonization:crosswalk")


@requires(Action.WRITE_DATA)
@require_http_methods(["GET", "POST"])
def crosswalk_bulk(request: TenantRequest) -> HttpResponse:
    """The preview of what a threshold would confirm; the same candidates come back to be confirmed."""
    if request.method == "POST":
        return _confirm_previewed(request)
    form = BulkForm(request.GET or None, initial={"least": 95})
    least = form.cleaned_data["least"] if form.is_valid() else 95
    found = list(suggested(least=least / 100)[:MOST_AT_ONCE])
    context = {
        "form": form if form.is_bound else BulkForm(initial={"least": least}),
        "least": least,
        "candidates": found,
        "most": MOST_AT_ONCE,
        "table": crosswalk_tables.preview_table(found),
        "breadcrumbs": [data_crumb(), crosswalk_tables.crosswalk_crumb(), {"label": "Confirm together"}],
    }
    return render(request, "harmonization/crosswalk/bulk.html", context)


@requires(Action.WRITE_DATA)
@require_http_methods(["GET", "POST"])
def crosswalk_codes(request: TenantRequest) -> HttpResponse:
    """Take in a CSV of codes that people confirmed elsewhere."""
    form = CodesForm(request.POST or None, request.FILES or None)
    problem = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["codes"]
        try:
            count = import_confirmed_codes(text=_text(file), file_name=file.name, by=request.user)
        except DecisionRefused as refusal:
            problem = refusal.problem
        else:
            messages.success(request, f"{count:,} confirmed codes were taken in.")
            return redirect("harmonization:crosswalk")
    crumbs = [data_crumb(), crosswalk_tables.crosswalk_crumb(), {"label": "Confirmed codes"}]
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "problem": problem, "breadcrumbs": crumbs}
    return render(request, "harmonization/crosswalk/codes.html", context, status=status)


@requires(Action.READ_DATA)
@require_GET
def crosswalk_export(request: TenantRequest) -> HttpResponse:
    """Every item id that leads to a product, as CSV; the same layout is taken in."""
    header = ("retailer_id", "item_id", "sku", "source", "confirmed_at")
    columns = ("retailer_id", "item_id", "product__sku", "source", "confirmed_at")
    response = HttpResponse(
        csv_text(header=header, rows=confirmed_codes().values_list(*columns)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="codes-{request.tenant.slug}.csv"'
    return response


@requires(Action.WRITE_DATA)
@require_POST
def code_withdraw(request: TenantRequest, code_id: int) -> HttpResponse:
    try:
        product = withdraw_code(code_id=code_id, by=request.user)
    except DecisionRefused as refusal:
        messages.warning(request, f"{refusal.problem['title']}: {refusal.problem['detail']}")
        return redirect("harmonization:crosswalk")
    messages.success(request, f"The confirmed code of {product.sku} was withdrawn.")
    return redirect("harmonization:product_detail", product_id=product.pk)


def _confirm_previewed(request: TenantRequest) -> HttpResponse:
    form = BulkForm(request.POST)
    chosen = [int(text) for text in request.POST.getlist("candidate") if text.isascii() and text.isdigit()]
    if not form.is_valid():
        messages.warning(request, "The threshold is not right; nothing was confirmed.")
        return redirect("harmonization:crosswalk_bulk")
    try:
        count = confirm_above(least=form.cleaned_data["least"] / 100, candidate_ids=chosen, by=request.user)
    except DecisionRefused as refusal:
        messages.warning(request, f"{refusal.problem['title']}: {refusal.problem['detail']}")
        return redirect("harmonization:crosswalk_bulk")
    messages.success(request, f"{count:,} pairings were confirmed; each can be undone on its own.")
    return redirect("harmonization:crosswalk")


def _last_decided() -> list[CrosswalkCandidate]:
    decided = CrosswalkCandidate.objects.exclude(decided_at=None).select_related("product", "decided_by")
    return list(decided.order_by("-decided_at")[:5])


def _text(file: object) -> str:
    """The upload as text. Raises DecisionRefused for what is too large or no UTF-8."""
    read = file.read(MOST_BYTES + 1)  # type: ignore[attr-defined]  # an uploaded file, as the form says
    if len(read) > MOST_BYTES:
        raise DecisionRefused(
            title="The file is too large", detail=f"At most {MOST_BYTES:,} bytes are taken in.", fix="Split the file."
        )
    try:
        return str(read, "utf-8-sig")
    except UnicodeDecodeError as error:
        raise DecisionRefused(
            title="The file is not UTF-8", detail="Its letters cannot be read.", fix="Save it as CSV UTF-8."
        ) from error
