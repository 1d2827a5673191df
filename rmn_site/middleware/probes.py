"""``/livez`` and ``/readyz``, answered before host checks so that a load balancer needs no host name."""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis.backoff import NoBackoff
from redis.retry import Retry


class ProbesMiddleware:
    """Live: the process answers. Ready: the database is migrated and the broker answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/livez":
            return JsonResponse({"status": "ok"})
        if request.path == "/readyz":
            checks = {"database": _database_ready(), "broker": _broker_ready()}
            ready = all(checks.values())
            return JsonResponse({"status": "ok" if ready else "unready", **checks}, status=200 if ready else 503)
        return self.get_response(request)


def _database_ready() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('public.tenants_tenant') IS NOT NULL")
            return bool(cursor.fetchone()[0])
    except DatabaseError:
        return False


def _broker_ready() -> bool:
    try:
        with _impatient_client() as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _impatient_client() -> redis.Redis:
    """A probe answers within a second: no retries."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1, retry=Retry(NoBackoff(), 0)
    )
