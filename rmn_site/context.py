"""What every portal page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

from tenants.models import Membership
from tenants.permissions import Action

NAVIGATION = (
    ("Dashboard", "home:dashboard", Action.READ_DATA),
    ("Data", "harmonization:import_list", Action.READ_DATA),
    ("Plans", "campaigns:plan_list", Action.READ_PLANS),
    ("Experiments", "experiments:list", Action.READ_PLANS),
    ("Agents", "agents:federation", Action.READ_PLANS),
    ("Activity", "operations:operation_list", Action.READ_OPERATIONS),
    ("Settings", "operations:settings", Action.MANAGE_PEOPLE),
)
ACCOUNT_PAGES = {
    "account_url": "account_change_password",
    "mfa_url": "mfa_index",
    "sign_in_url": "account_login",
    "sign_out_url": "account_logout",
}


def portal(request: HttpRequest) -> dict[str, Any]:
    """Product, tenant, role, the person's other tenants, navigation, theme, request id.

    The tenant is named to its members only.
    """
    membership: Membership | None = getattr(request, "membership", None)
    user = getattr(request, "user", None)
    theme = request.COOKIES.get("theme", "")
    return {
        "product_name": settings.PRODUCT_NAME,
        "product_version": settings.VERSION,
        "theme": theme if theme in {"light", "dark"} else "",
        "request_id": getattr(request, "request_id", ""),
        "tenant": membership.tenant if membership else None,
        "membership": membership,
        "memberships": _memberships(user, membership) if user is not None and user.is_authenticated else [],
        "nav_items": _navigation(request) if membership else [],
        "home_url": reverse("home:dashboard", urlconf=settings.TENANT_URLCONF) if membership else "/",
        **{key: _public_path(request, name) for key, name in ACCOUNT_PAGES.items()},
    }


def _public_path(request: HttpRequest, name: str) -> str:
    """An address outside the tenant, also when asked for from inside one."""
    inside = reverse(name, urlconf=settings.PUBLIC_SCHEMA_URLCONF)
    return getattr(request, "outer_prefix", "/") + inside.removeprefix(get_script_prefix())


def _memberships(user: Any, current: Membership | None) -> list[dict[str, Any]]:
    rows = Membership.objects.filter(user=user, tenant__status="live").select_related("tenant")
    return [
        {
            "label": row.tenant.name,
            "role": row.get_role_display(),
            "url": row.tenant.portal_path,
            "is_current": current is not None and row.pk == current.pk,
        }
        for row in rows
    ]


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for label, name, action in NAVIGATION:
        if action not in getattr(request, "actions", frozenset()):
            continue
        url = reverse(name, urlconf=settings.TENANT_URLCONF)
        dashboard = name == "home:dashboard"
        items.append(
            {
                "label": label,
                "url": url,
                "is_current": request.path == url if dashboard else request.path.startswith(url),
            }
        )
    return items
