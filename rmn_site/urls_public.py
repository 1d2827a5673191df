"""Addresses without a tenant: sign-in, the list of a person's workspaces, the platform admin, metrics."""

from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from rmn_site import errors
from rmn_site.home import public

# The admin has no door of its own: its people come through the same sign-in, lockout and second factor.
cast(Any, admin.site).login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", public.workspaces, name="workspaces"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}img/favicon.svg"), name="favicon"),
    path("metrics", public.metrics, name="metrics"),
    re_path(r"^api/v1/", public.api_without_tenant, name="api_without_tenant"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
