"""Activity: long work, its progress, cancel and retry."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tenants.forms.operations import OperationFilter
from tenants.models import Operation
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest
from tenants.selectors.operations import operations_matching
from tenants.services.operations import OperationRefused, cancel_operation, retry_operation
from tenants.views.progress import portal_path, progress_context

PAGE_SIZE = 25


@requires(Action.READ_OPERATIONS)
@require_GET
def operation_list(request: TenantRequest) -> HttpResponse:
    form = OperationFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = operations_matching(state=chosen.get("state", ""), kind=chosen.get("kind", ""))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "is_filtered": any(chosen.values()),
        "can_read_audit": Action.READ_AUDIT in request.actions,
    }
    return render(request, "operations/list.html", context)


@requires(Action.READ_OPERATIONS)
@require_GET
def operation_detail(request: TenantRequest, operation_id: UUID) -> HttpResponse:
    operation = get_object_or_404(Operation.objects.select_related("created_by"), pk=operation_id)
    activity = {"label": "Activity", "url": reverse("operations:operation_list")}
    context = {
        **progress_context(request=request, operation=operation, now=timezone.now()),
        "breadcrumbs": [activity, {"label": operation.title}],
        "can_read_audit": Action.READ_AUDIT in request.actions,
    }
    return render(request, "operations/detail.html", context)


@requires(Action.READ_OPERATIONS)
@require_GET
def operation_progress(request: TenantRequest, operation_id: UUID) -> HttpResponse:
    return _progress(request, get_object_or_404(Operation, pk=operation_id))


@requires(Action.WRITE_OPERATIONS)
@require_POST
def operation_cancel(request: TenantRequest, operation_id: UUID) -> HttpResponse:
    operation = get_object_or_404(Operation, pk=operation_id)
    try:
        operation = cancel_operation(operation=operation, by=request.user)
        messages.success(request, f"“{operation.title}” is being cancelled.")
    except OperationRefused as refusal:
        messages.error(request, str(refusal))
    return _answer(request, operation_id)


@requires(Action.WRITE_OPERATIONS)
@require_POST
def operation_retry(request: TenantRequest, operation_id: UUID) -> HttpResponse:
    operation = get_object_or_404(Operation, pk=operation_id)
    try:
        operation = retry_operation(operation=operation, by=request.user)
        messages.success(request, f"“{operation.title}” waits for a worker again.")
    except OperationRefused as refusal:
        messages.error(request, str(refusal))
    return _answer(request, operation_id)


def _answer(request: TenantRequest, operation_id: UUID) -> HttpResponse:
    """The fragment for htmx; otherwise back to the page the button was on."""
    if request.htmx:
        list(messages.get_messages(request))  # the fragment itself shows the new state
        return _progress(request, Operation.objects.get(pk=operation_id))
    return HttpResponseRedirect(portal_path(path=f"/activity/{operation_id}/"))


def _progress(request: TenantRequest, operation: Operation) -> HttpResponse:
    context = progress_context(request=request, operation=operation, now=timezone.now())
    response = render(request, "components/progress.html", context)
    response["Cache-Control"] = "no-store"
    return response
