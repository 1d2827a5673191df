"""What the asker may do: each API view names one action per method in ``required_actions``."""

from typing import Any

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class HasRequiredAction(BasePermission):
    """Denies people and tokens without the action; a method that declares none is no method here (405)."""

    message = "Your role or token in this workspace does not include what this needs."

    def has_permission(self, request: Request, view: Any) -> bool:
        if getattr(request._request, "membership", None) is None:
            return False
        method = "GET" if request.method in {"HEAD", "OPTIONS"} else request.method
        if method not in view.required_actions:
            raise MethodNotAllowed(str(request.method))
        return view.required_actions[method] in getattr(request._request, "actions", frozenset())


class IsMember(BasePermission):
    """Anyone who belongs to the tenant, whatever the role: the caller's own page, the documentation."""

    message = HasRequiredAction.message

    def has_permission(self, request: Request, view: Any) -> bool:
        return getattr(request._request, "membership", None) is not None
