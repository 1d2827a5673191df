"""From DRF's request to the tenant's."""

from typing import cast

from rest_framework.request import Request

from tenants.models import User
from tenants.requests import TenantRequest


def tenant_request(request: Request) -> TenantRequest:
    """The request that the middleware prepared, with DRF's authenticated user."""
    asked = cast(TenantRequest, request._request)
    asked.user = cast(User, request.user)
    return asked
