"""Only members pass, and only through doors that declare what they need."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect

from tenants.api.problems import problem_response
from tenants.middleware.tenant import API_PATH, leave_tenant
from tenants.models import Membership, Tenant, User
from tenants.permissions import allowed_actions
from tenants.requests import ArrivingRequest

GetResponse = Callable[[HttpRequest], HttpResponse]


class MembershipMiddleware:
    """Looks up the user's role in the request's tenant before any address inside it is resolved.

    Anonymous people are asked to sign in and strangers get 404, for a workspace that exists as for one that does not.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: ArrivingRequest) -> HttpResponse:
        if not request.workspace_asked:
            return self.get_response(request)
        user = request.api_token.user if request.api_token else request.user
        if not isinstance(user, User) or not user.is_authenticated:
            leave_tenant(request)
            return _ask_to_sign_in(request)
        membership = _membership(user=user, tenant=request.tenant)
        if membership is None:
            leave_tenant(request)
            raise Http404("No such workspace.")
        request.user, request.membership = user, membership
        scopes = request.api_token.scopes if request.api_token else None
        request.actions = allowed_actions(role=membership.role, scopes=scopes)
        return self.get_response(request)

    def process_view(
        self, request: ArrivingRequest, view: Callable[..., HttpResponse], args: tuple[Any], kwargs: dict[str, Any]
    ) -> None:
        is_api = hasattr(view, "cls")
        if request.tenant is not None and not is_api and not hasattr(view, "required_action"):
            raise ImproperlyConfigured(f"{view} declares no required action")


def _membership(*, user: User, tenant: Tenant | None) -> Membership | None:
    if tenant is None:
        return None
    membership = Membership.objects.filter(user_id=user.pk, tenant_id=tenant.pk).first()
    if membership is not None:
        membership.tenant, membership.user = tenant, user
    return membership


def _ask_to_sign_in(request: ArrivingRequest) -> HttpResponse:
    if request.path_info.startswith(f"{API_PATH}v"):
        detail = "Send a valid token of this workspace as “Authorization: Bearer rmn_…”, or sign in to the portal."
        response: HttpResponse = problem_response(status=401, detail=detail)
        response["WWW-Authenticate"] = "Bearer"
        return response
    if request.htmx:
        page = urlsplit(request.htmx.current_url or "/")
        return HttpResponseClientRedirect(redirect_to_login(page.path)["Location"])
    return redirect_to_login(request.get_full_path())
