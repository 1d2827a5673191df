"""The platform admin behind a request."""

from typing import cast

from django.http import HttpRequest

from tenants.models import User


def admin_user(request: HttpRequest) -> User:
    """Admin views let nobody anonymous through, so this is a person."""
    return cast(User, request.user)
