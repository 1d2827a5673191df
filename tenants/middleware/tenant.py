"""Find the tenant of a request: by the path ``/t/<slug>/``, by host name, or by the API token."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix, set_urlconf
from django.utils import timezone

from tenants.database.current import connection
from tenants.models import Domain, Tenant
from tenants.requests import ArrivingRequest
from tenants.services.tokens import find_token

TENANT_PATH = re.compile(r"^/t/(?P<slug>[a-z0-9-]{1,40})(?P<rest>/.*)?$")
API_PATH = "/api/"
PUBLIC_PATHS = ("/accounts/",)
GetResponse = Callable[[HttpRequest], HttpResponse]


class TenantMiddleware:
    """Switches schema and database role, moves ``/t/<slug>`` into SCRIPT_NAME so that ``reverse()`` keeps it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: ArrivingRequest) -> HttpResponse:
        prefix = get_script_prefix()
        connection.set_schema_to_public()
        request.tenant, request.api_token, request.membership, request.actions = None, None, None, frozenset()
        request.workspace_asked, request.outer_prefix = False, prefix
        request.urlconf = settings.PUBLIC_SCHEMA_URLCONF
        try:
            self._choose(request)
            return self.get_response(request)
        finally:
            connection.set_schema_to_public()
            set_script_prefix(prefix)
            set_urlconf(None)

    def _choose(self, request: ArrivingRequest) -> None:
        tenant = self._from_path(request) or self._from_host(request)
        token_tenant = self._from_token(request)
        if request.workspace_asked and (tenant is None or token_tenant != tenant):
            request.api_token, token_tenant = None, None
        tenant = tenant or token_tenant
        if tenant is not None:
            request.tenant, request.workspace_asked = tenant, True
            request.urlconf = settings.TENANT_URLCONF
            connection.set_tenant(tenant)

    def _from_path(self, request: ArrivingRequest) -> Tenant | None:
        match = TENANT_PATH.match(request.path_info)
        if match is None:
            return None
        request.workspace_asked = True
        script_name = f"{request.META.get('SCRIPT_NAME', '')}/t/{match['slug']}"
        request.META["SCRIPT_NAME"] = script_name
        request.path_info = request.META["PATH_INFO"] = match["rest"] or "/"
        set_script_prefix(f"{script_name}/")
        return Tenant.objects.live().filter(slug=match["slug"]).first()

    def _from_host(self, request: ArrivingRequest) -> Tenant | None:
        if request.workspace_asked or request.path_info.startswith(PUBLIC_PATHS):
            return None
        host = request.get_host().rsplit(":", 1)[0].lower()
        domain = Domain.objects.select_related("tenant").filter(domain=host).first()
        request.workspace_asked = domain is not None
        return domain.tenant if domain and domain.tenant.status == Tenant.Status.LIVE else None

    def _from_token(self, request: ArrivingRequest) -> Tenant | None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not request.path_info.startswith(API_PATH):
            return None
        request.api_token = find_token(secret=secret.strip(), now=timezone.now())
        return request.api_token.tenant if request.api_token and request.api_token.tenant.status == "live" else None


def leave_tenant(request: ArrivingRequest) -> None:
    """What is answered from here on tells nothing about the workspace, not even whether it exists."""
    connection.set_schema_to_public()
    request.tenant, request.membership, request.actions = None, None, frozenset()
    request.urlconf = settings.PUBLIC_SCHEMA_URLCONF
    set_script_prefix(request.outer_prefix)
