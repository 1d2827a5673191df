"""Give each request an id that its log lines, audit rows, error pages and response share."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tenants.identifiers import uuid7
from tenants.request_context import use_request_id
from tenants.requests import ArrivingRequest

SAFE = re.compile(r"^[A-Za-z0-9._-]{8,40}$")


class RequestIdMiddleware:
    """Takes over a well-formed X-Request-ID or makes one; answers with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ArrivingRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request.request_id = given if SAFE.match(given) else uuid7().hex
        use_request_id(request.request_id)
        response = self.get_response(request)
        response["X-Request-ID"] = request.request_id
        return response
