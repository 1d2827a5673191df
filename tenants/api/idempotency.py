"""``Idempotency-Key`` on POST: same key and body replays the answer; another body is 422; in flight is 409.

Follows the IETF draft "The Idempotency-Key HTTP Header Field" (httpapi working group). The claim is a unique row.
"""

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.views import APIView

from tenants.api.problems import problem_response
from tenants.models import IdempotencyRecord

HEADER = "Idempotency-Key"
CLAIM_LIFE = timedelta(minutes=10)  # an unanswered claim older than this was left by a process that died
KEPT_HEADERS = ("Location", "Retry-After", "Content-Type")


class IdempotentPosts(APIView):
    """Mixin for API views with POST: wraps the dispatch of a POST that carries a key.

    Fields named in ``shown_once`` (secrets) are null in what is kept and replayed.
    """

    shown_once: tuple[str, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = request.headers.get(HEADER, "")
        if request.method != "POST" or not key or getattr(request, "membership", None) is None:
            return super().dispatch(request, *args, **kwargs)
        if len(key) > 255:
            return problem_response(
                status=400, title="Idempotency-Key is too long", detail="Use at most 255 characters."
            )
        digest = request_digest(request)
        record, is_new = _claim(caller=_caller(request), key=key, digest=digest)
        if not is_new:
            return _answer_again(record=record, digest=digest)
        try:
            response = super().dispatch(request, *args, **kwargs)
        except BaseException:
            record.delete()
            raise
        _keep(record=record, response=response, shown_once=self.shown_once)
        return response


def request_digest(request: HttpRequest) -> str:
    """SHA-256 of method, path and content: for a multipart form its fields and the bytes of its files."""
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if request.content_type == "multipart/form-data":
        for name, values in sorted(request.POST.lists()):
            digest.update(f"{name}={values}\n".encode())
        for name, uploads in sorted(request.FILES.lists()):
            for upload in uploads:
                _add_file(digest, name, upload)
    else:
        digest.update(request.body)
    return digest.hexdigest()


def _add_file(digest: "hashlib._Hash", name: str, upload: UploadedFile) -> None:
    digest.update(f"{name}:{upload.name}\n".encode())
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)


def _caller(request: HttpRequest) -> str:
    token = getattr(request, "api_token", None)
    return f"token:{token.pk}" if token else f"user:{request.user.pk}"


def _claim(*, caller: str, key: str, digest: str) -> tuple[IdempotencyRecord, bool]:
    abandoned = IdempotencyRecord.objects.filter(caller=caller, key=key, status_code=None)
    abandoned.filter(created_at__lt=timezone.now() - CLAIM_LIFE).delete()
    try:
        with transaction.atomic():
            return IdempotencyRecord.objects.create(caller=caller, key=key, request_digest=digest), True
    except IntegrityError:
        return IdempotencyRecord.objects.get(caller=caller, key=key), False


def _answer_again(*, record: IdempotencyRecord, digest: str) -> HttpResponse:
    if record.request_digest != digest:
        detail = "This Idempotency-Key was used for another request. Use a new key for a new request."
        return problem_response(status=422, title="Key used for another request", detail=detail)
    if record.status_code is None:
        detail = "The first request with this key is still being answered. Wait a second and ask again."
        in_flight = problem_response(status=409, title="Request in flight", detail=detail)
        in_flight["Retry-After"] = "1"
        return in_flight
    response = HttpResponse(bytes(record.body or b""), status=record.status_code, headers=record.headers)
    response["Idempotency-Replayed"] = "true"
    return response


def _keep(*, record: IdempotencyRecord, response: HttpResponseBase, shown_once: tuple[str, ...]) -> None:
    if response.status_code >= 500 or not isinstance(response, HttpResponse):
        record.delete()
        return
    if isinstance(response, Response):
        response.render()
    record.status_code, record.body = response.status_code, _without(response.content, shown_once)
    record.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    record.save()


def _without(content: bytes, shown_once: tuple[str, ...]) -> bytes:
    if not shown_once:
        return content
    body = json.loads(content)
    return json.dumps(body | {name: None for name in shown_once if name in body}).encode()
