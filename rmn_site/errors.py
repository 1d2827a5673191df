"""Error pages: what, why and how to fix, with the request id; never a traceback. Problems (RFC 9457) in the API."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string

from tenants.api.problems import problem_response

RETRY_AFTER_SECONDS = "10"
UNREADABLE = "The request could not be read. Check its address, headers and body against the documentation."
TOO_MANY_PARTS = "The form has too many fields or files. Send it in parts."
UNREADABLE_FORM = "The form is damaged: its parts do not match the boundary in its Content-Type. Send it again."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a body over the limits; what Django refuses before any view has seen it."""
    if isinstance(exception, RequestDataTooBig):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1_000_000
        return _answer(request, 413, "400.html", detail=f"The body is too large: at most {limit:g} MB beside files.")
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        return _answer(request, 413, "400.html", detail=TOO_MANY_PARTS)
    if isinstance(exception, MultiPartParserError):
        return _answer(request, 400, "400.html", detail=UNREADABLE_FORM)
    return _answer(request, 400, "400.html", detail=UNREADABLE if _is_api(request) else "")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, "403.html", detail=str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_api(request):
        return problem_response(status=404, detail="There is no such object in this workspace.")
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away; rendered without anything that would ask the database."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if away else 500
    if _is_api(request):
        response: HttpResponse = problem_response(status=status, detail="Try again; quote the instance if it repeats.")
    else:
        page = render_to_string(f"{status}.html", {"request_id": getattr(request, "request_id", "")})
        response = HttpResponse(page, status=status)
    if away:
        response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(request, 403, "403_csrf.html")


def _answer(request: HttpRequest, status: int, template: str, detail: str = "") -> HttpResponse:
    if _is_api(request):
        return problem_response(status=status, detail=detail)
    return render(request, template, {"detail": detail, "code": status}, status=status)


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/v")
