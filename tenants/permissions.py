"""Roles, what each may do, and the check that every door of a tenant must declare."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


class Role(StrEnum):
    """A person's part in one tenant."""

    OWNER = "owner"
    MANAGER = "manager"
    ANALYST = "analyst"
    RATER = "rater"
    VIEWER = "viewer"


class Action(StrEnum):
    """What can be done in a tenant; also the scopes of an API token."""

    READ_DATA = "data:read"
    WRITE_DATA = "data:write"
    READ_PLANS = "plans:read"
    WRITE_PLANS = "plans:write"
    APPROVE_PLANS = "plans:approve"
    EXPORT_PLANS = "plans:export"
    READ_MODELS = "models:read"
    TRAIN_MODELS = "models:train"
    READ_OPERATIONS = "operations:read"
    WRITE_OPERATIONS = "operations:write"
    READ_AUDIT = "audit:read"
    MANAGE_SOURCES = "sources:manage"
    MANAGE_PEOPLE = "people:manage"
    MANAGE_TOKENS = "tokens:manage"
    JUDGE = "judgements:write"
    MANAGE_ADAPTERS = "adapters:manage"


READER = frozenset({Action.READ_DATA, Action.READ_PLANS, Action.READ_MODELS, Action.READ_OPERATIONS})
ANALYST = READER | {Action.WRITE_DATA, Action.WRITE_PLANS, Action.EXPORT_PLANS, Action.WRITE_OPERATIONS}
MANAGER = ANALYST | {
    Action.APPROVE_PLANS,
    Action.READ_AUDIT,
    Action.MANAGE_SOURCES,
    Action.JUDGE,
    Action.MANAGE_ADAPTERS,
    Action.TRAIN_MODELS,
}
GRANTS: dict[Role, frozenset[Action]] = {
    Role.VIEWER: READER,
    Role.RATER: frozenset({Action.JUDGE}),
    Role.ANALYST: ANALYST,
    Role.MANAGER: MANAGER,
    Role.OWNER: frozenset(Action),
}

Parameters = ParamSpec("Parameters")
RequestT = TypeVar("RequestT", bound=HttpRequest)
View = Callable[Concatenate[RequestT, Parameters], HttpResponse]


def allowed_actions(*, role: str, scopes: list[str] | None = None) -> frozenset[Action]:
    """Actions of a role; narrowed to the token's scopes when the request came with a token."""
    granted = GRANTS[Role(role)]
    return granted if scopes is None else granted & frozenset(scopes)


def requires(action: Action) -> Callable[[View[RequestT, Parameters]], View[RequestT, Parameters]]:
    """Declare what a view needs. The membership middleware refuses tenant views that declare nothing."""

    def decorate(view: View[RequestT, Parameters]) -> View[RequestT, Parameters]:
        @wraps(view)
        def checked(request: RequestT, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
            if action not in getattr(request, "actions", frozenset()):
                raise PermissionDenied(f"Your role in this workspace does not include “{action}”.")
            return view(request, *args, **kwargs)

        cast(Any, checked).required_action = action
        return checked

    return decorate
