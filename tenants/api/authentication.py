"""Who is asking: the bearer of a token the tenant middleware found, or a signed-in person in the browser."""

from typing import cast

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from tenants.models import ApiToken, User
from tenants.requests import TenantRequest


class ApiTokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer rmn_…``; the token names its tenant."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        if not request.headers.get("Authorization", "").lower().startswith("bearer "):
            return None
        token = cast(TenantRequest, request._request).api_token
        if token is None:
            raise AuthenticationFailed("This token is unknown, expired, revoked, or belongs to another tenant.")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class PortalSessionAuthentication(SessionAuthentication):
    """The portal's own session, with CSRF protection."""

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class ApiTokenScheme(OpenApiAuthenticationExtension):
    """How the token appears in the OpenAPI document."""

    target_class = "tenants.api.authentication.ApiTokenAuthentication"
    name = "apiToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token issued under Settings → API tokens."}


class PortalSessionScheme(OpenApiAuthenticationExtension):
    """How the session cookie appears in the OpenAPI document."""

    target_class = "tenants.api.authentication.PortalSessionAuthentication"
    name = "portalSession"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
