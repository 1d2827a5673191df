"""Errors of the API as RFC 9457 problem details (``application/problem+json``)."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from tenants.api.refusals import Problem
from tenants.request_context import current_request_id

CONTENT_TYPE = "application/problem+json"
__all__ = ["Problem", "problem_body", "problem_handler", "problem_response"]


def problem_body(*, status: int, title: str = "", detail: str = "", **extra: Any) -> dict[str, Any]:
    """The members of a problem; ``instance`` is the request id that logs and support share."""
    body = {
        "type": "about:blank",
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": f"urn:request:{current_request_id()}",
    }
    return body | {key: value for key, value in extra.items() if value}


def problem_response(*, status: int, title: str = "", detail: str = "", **extra: Any) -> JsonResponse:
    """A problem outside DRF (middleware, plain views)."""
    body = problem_body(status=status, title=title, detail=detail, **extra)
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every expected error leaves as a problem, the unexpected go to the 500 handler."""
    if isinstance(error, Http404):
        error = exceptions.NotFound("There is no such object in this workspace.")
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or None)
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, Problem):
        body = problem_body(status=error.status_code, **error.extra)
    elif isinstance(error, exceptions.ValidationError):
        body = problem_body(
            status=400, title="Some fields are not right", detail=_first(error.detail), errors=error.detail
        )
    else:
        body = problem_body(status=response.status_code, detail=str(getattr(error, "detail", error)))
    response.data = body
    response.content_type = CONTENT_TYPE
    return response


def _first(detail: Any) -> str:
    if isinstance(detail, dict):
        field, value = next(iter(detail.items()))
        return f"{field}: {_first(value)}"
    return _first(detail[0]) if isinstance(detail, list) else str(detail)
