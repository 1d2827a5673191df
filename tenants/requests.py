"""The request as tenant views see it: who asks, in which tenant, with which rights."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from tenants.models import ApiToken, Membership, Tenant, User
from tenants.permissions import Action


class ArrivingRequest(HttpRequest):
    """A request on its way through the middleware; for annotations, never built by hand."""

    tenant: Tenant | None
    membership: Membership | None
    actions: frozenset[Action]
    api_token: ApiToken | None
    request_id: str
    htmx: HtmxDetails
    urlconf: str
    workspace_asked: bool
    outer_prefix: str


class TenantRequest(ArrivingRequest):
    """A request that passed the membership middleware."""

    user: User
    tenant: Tenant
    membership: Membership
