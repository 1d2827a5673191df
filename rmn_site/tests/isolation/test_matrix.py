"""Every address × method × role: who may, who may not, and nobody learns of what is not theirs."""

import re
import uuid

import pytest

from rmn_site.tests.isolation.routes import API, MEMBER, PAGES, Route, all_routes
from tenants.models import Membership, Tenant, User
from tenants.permissions import Action, Role, allowed_actions
from tenants.services.operations import start_operation

ROUTES = all_routes()
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
NOT_MINE = str(uuid.UUID(int=7 << 76))
per_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.pattern or "/")


@pytest.fixture(autouse=True)
def no_limits(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def people(acme, owner, manager, analyst, teammate) -> dict[Role, User]:
    rater = User.objects.create_user("rater@example.com")
    Membership.objects.create(user=rater, tenant=acme, role=Role.RATER)
    return {
        Role.OWNER: owner,
        Role.MANAGER: manager,
        Role.ANALYST: analyst,
        Role.VIEWER: teammate,
        Role.RATER: rater,
    }


def test_every_address_is_in_the_table():
    known = set(PAGES) | set(API)

    assert sorted({route.pattern for route in ROUTES} - known) == []
    assert sorted(known - {route.pattern for route in ROUTES}) == []


@per_route
def test_view_declares_what_the_table_says(route: Route):
    if route.is_api:
        declared = getattr(route.view.cls, "required_actions", None)
        expected = API[route.pattern]
        assert declared == expected or (declared is None and set(expected.values()) == {MEMBER})
    else:
        assert route.view.required_action == PAGES[route.pattern]


@per_route
def test_roles_get_what_their_role_allows(route: Route, people, portal):
    wrong = []
    for role, person in people.items():
        client = portal(person)
        for method in METHODS:
            status = client.generic(method, route.with_id(NOT_MINE)).status_code
            if not _fits(route=route, method=method, actions=allowed_actions(role=role), status=status):
                wrong.append((role.value, method, status))

    assert wrong == []


@per_route
def test_stranger_and_platform_admin_find_nothing(route: Route, portal, stranger):
    admin = User.objects.create_superuser("admin@example.com")

    statuses = {
        portal(person).generic(method, route.with_id(NOT_MINE)).status_code
        for person in (stranger, admin)
        for method in METHODS
    }

    assert statuses == {404}


@per_route
def test_anonymous_is_asked_who_they_are(route: Route, acme, client):
    expected = 401 if route.pattern.startswith("api/v") else 302

    statuses = {client.generic(method, f"/t/acme{route.with_id(NOT_MINE)}").status_code for method in METHODS}

    assert statuses == {expected}


@per_route
def test_token_of_another_tenant_opens_nothing(route: Route, api, stranger, acme):
    client = api(stranger)
    expected = 401 if route.pattern.startswith("api/v") else 302

    statuses = {client.generic(method, f"/t/acme{route.with_id(NOT_MINE)}").status_code for method in METHODS}

    assert statuses == {expected}


@per_route
def test_token_opens_what_its_scope_names_and_no_more(route: Route, api, owner):
    wrong = []
    for scope in (Action.JUDGE, Action.READ_DATA):
        client = api(owner, [scope])
        for method in METHODS if route.pattern.startswith("api/") else ():
            status = client.generic(method, route.with_id(NOT_MINE)).status_code
            if not _fits(route=route, method=method, actions=frozenset({scope}), status=status):
                wrong.append((scope.value, method, status))

    assert wrong == []


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if "<uuid" in route.pattern], ids=lambda route: route.pattern
)
def test_foreign_object_answers_as_no_object(route: Route, portal, owner, stranger, globex, acme):
    foreign = _ids_of_globex(globex, stranger)
    client = portal(owner)

    for method in ("GET", "POST"):
        nothing = client.generic(method, route.with_id(NOT_MINE))
        for identifier in foreign:
            answer = client.generic(method, route.with_id(identifier))
            assert answer.status_code == nothing.status_code
            assert _shape(answer, identifier) == _shape(nothing, NOT_MINE)


def _fits(*, route: Route, method: str, actions: frozenset[Action], status: int) -> bool:
    """Allowed: any answer but a refusal or a crash. Not allowed: 403, or 405 where there is no such method."""
    needed = route.needs(method)
    if needed is None:
        return status in {403, 405}
    if needed == MEMBER or needed in actions:
        return status not in {401, 403} and status < 500
    return status == 403


def _ids_of_globex(globex: Tenant, stranger: User) -> list[str]:
    from django_tenants.utils import tenant_context

    from tenants.services.tokens import issue_token

    with tenant_context(globex):
        operation = start_operation(kind="plan", title="Secret plan", by=stranger, parameters={})
        token, _ = issue_token(
            tenant=globex, user=stranger, name="secret", scopes=["data:read"], life=_month(), by=stranger
        )
    return [str(operation.pk), str(token.pk), str(Membership.objects.get(user=stranger).pk), str(stranger.pk)]


def _month():
    from datetime import timedelta

    return timedelta(days=30)


def _shape(answer, identifier: str) -> str:
    text = answer.content.decode(errors="replace").replace(identifier, "ID")
    text = re.sub(r"[0-9a-f]{32}", "REQUEST", text)
    return re.sub(r'(csrf-token" content=|name="csrfmiddlewaretoken" value=)"[^"]+"', "TOKEN", text)
