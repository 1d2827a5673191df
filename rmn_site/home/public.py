"""Pages without a tenant."""

import hmac
from typing import cast

import django_prometheus.exports
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tenants.api.problems import problem_response
from tenants.models import Membership, User


@login_required
def workspaces(request: HttpRequest) -> HttpResponse:
    """The person's workspaces; straight in when there is only one."""
    person = cast(User, request.user)
    live = Membership.objects.filter(user=person, tenant__status="live")
    memberships = list(live.select_related("tenant"))
    if len(memberships) == 1:
        return HttpResponseRedirect(memberships[0].tenant.portal_path)
    return render(request, "home/workspaces.html", {"workspaces": memberships})


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics, for platform staff or the bearer of METRICS_TOKEN."""
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    right_token = bool(settings.METRICS_TOKEN) and hmac.compare_digest(bearer.encode(), settings.METRICS_TOKEN.encode())
    if request.user.is_staff or right_token:
        return django_prometheus.exports.ExportToDjangoView(request)
    return problem_response(status=401, detail="Metrics need a platform admin's session or the metrics token.")


def api_without_tenant(request: HttpRequest) -> HttpResponse:
    """The API outside a tenant: a token names its tenant, so nothing valid was sent."""
    response = problem_response(
        status=401,
        detail="Send a valid token as “Authorization: Bearer rmn_…”, or use the API under your workspace's address.",
    )
    response["WWW-Authenticate"] = "Bearer"
    return response
