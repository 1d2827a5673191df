"""What the progress part of a page is given, wherever it is shown."""

from datetime import datetime
from typing import Any

from django.urls import get_script_prefix, reverse

from tenants.models import Operation
from tenants.permissions import Action
from tenants.requests import TenantRequest

A_MINUTE = 60


def progress_context(*, request: TenantRequest, operation: Operation, now: datetime) -> dict[str, Any]:
    """Context of ``components/progress.html``: polls while unfinished, more slowly with age; links carry the tenant."""
    may_write = Action.WRITE_OPERATIONS in request.actions
    return {
        "operation": operation,
        "poll_url": "" if operation.is_finished else _url("operation_progress", operation),
        "poll_seconds": _poll_seconds(age=(now - operation.queued_at).total_seconds()),
        "eta": remaining_in_words(seconds=operation.seconds_left(now=now)),
        "cancel_url": _url("operation_cancel", operation) if may_write and not operation.cancel_requested else "",
        "retry_url": _url("operation_retry", operation) if may_write else "",
        "result_url": portal_path(path=operation.result_url),
    }


def portal_path(*, path: str) -> str:
    """A path inside the tenant as the browser must ask for it: under ``/t/<slug>`` where that is how it came."""
    return f"{get_script_prefix().rstrip('/')}{path}" if path.startswith("/") else ""


def remaining_in_words(*, seconds: float | None) -> str:
    """A coarse remaining time: seconds are not promised."""
    if seconds is None:
        return ""
    if seconds < A_MINUTE:
        return "less than a minute left"
    minutes = round(seconds / 60)
    return f"about {minutes} min left" if minutes < 90 else f"about {round(minutes / 60)} h left"


def _poll_seconds(*, age: float) -> int:
    if age < 15:
        return 1
    return 2 if age < 60 else 5


def _url(name: str, operation: Operation) -> str:
    return reverse(f"operations:{name}", args=[operation.pk])
