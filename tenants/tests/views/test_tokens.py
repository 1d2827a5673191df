"""Settings, tokens: shown once, scoped, revocable at once."""

import re

import pytest
from django.test import Client

from tenants.models import ApiToken


@pytest.fixture
def issued(portal, owner):
    form = {"name": "nightly", "scopes": ["operations:read"], "days": "30"}
    page = portal(owner).post("/settings/tokens/", form)
    return page, re.search(r'value="(rmn_[^"]+)"', page.text)[1]


def test_secret_is_shown_once(portal, owner, issued):
    page, secret = issued

    assert page.status_code == 201
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert secret not in portal(owner).get("/settings/tokens/").text


def test_secret_is_not_stored(issued):
    _, secret = issued

    token = ApiToken.objects.get(name="nightly")

    assert token.digest not in secret
    assert secret.split("_", 2)[2] not in str(vars(token))


def test_issued_token_opens_the_api(issued):
    _, secret = issued

    answer = Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/operations/")

    assert answer.status_code == 200


def test_revoked_token_ends_at_once(portal, owner, issued):
    _, secret = issued
    token = ApiToken.objects.get(name="nightly")

    portal(owner).post(f"/settings/tokens/{token.pk}/revoke/")

    assert Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/operations/").status_code == 401


@pytest.mark.parametrize(
    "form",
    [{"name": "x", "days": "30"}, {"name": "x", "scopes": ["all"], "days": "30"}, {"scopes": ["data:read"]}],
)
def test_incomplete_or_unknown_wish_is_refused(portal, owner, form):
    assert portal(owner).post("/settings/tokens/", form).status_code == 422
    assert not ApiToken.objects.exists()


def test_token_of_another_tenant_cannot_be_revoked(portal, stranger, issued):
    token = ApiToken.objects.get(name="nightly")

    assert portal(stranger, "globex").post(f"/settings/tokens/{token.pk}/revoke/").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_manager_does_not_manage_tokens(portal, manager):
    assert portal(manager).get("/settings/tokens/").status_code == 403


def test_stranger_finds_no_tokens(portal, stranger):
    assert portal(stranger).get("/settings/tokens/").status_code == 404
