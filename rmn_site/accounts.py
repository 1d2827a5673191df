"""How accounts behave here: made by administrators, locked after repeated failures."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: a platform admin makes the account, an owner gives it a role."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def attempted_login(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail address that django-axes counts failures for: allauth names it ``email``, its form ``login``."""
    given = credentials or {}
    login = given.get("email") or given.get("username") or request.POST.get("login") or ""
    return str(login).strip().lower()


def locked_out(request: HttpRequest, response: Any, credentials: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Say that sign-in is locked, and for how long."""
    seconds = int(timedelta(hours=settings.AXES_COOLOFF_TIME).total_seconds())
    page = render(request, "account/locked_out.html", {"minutes": seconds // 60}, status=429)
    page["Retry-After"] = str(seconds)
    return page
