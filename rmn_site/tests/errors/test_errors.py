"""What people and scripts read when something goes wrong."""

import pytest
from django.db import OperationalError
from django.test import Client

from rmn_site.home import dashboard
from tenants.models import Tenant


@pytest.fixture
def visitor(owner) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_database_that_is_away_is_503_with_a_time_to_come_back(visitor, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(Tenant.objects, "live", away)

    answer = visitor.get("/t/acme/activity/")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "server closed" not in answer.text


def test_crash_shows_the_request_id_and_no_internals(visitor, monkeypatch):
    monkeypatch.setattr(dashboard, "render", lambda *args, **kwargs: 1 / 0)

    answer = visitor.get("/t/acme/", headers={"X-Request-ID": "a-request-of-mine"})

    assert answer.status_code == 500
    assert "a-request-of-mine" in answer.text
    assert "ZeroDivision" not in answer.text


def test_refusal_says_what_the_role_lacks(portal, teammate):
    assert "does not include “people:manage”" in portal(teammate).get("/settings/").text


@pytest.mark.parametrize("path", ["/t/acme/api/v1/nothing/", "/api/v1/nothing/"])
def test_unknown_address_of_the_api_is_a_problem(visitor, path):
    answer = visitor.get(path)

    assert answer.status_code in {401, 404}
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["instance"].startswith("urn:request:")


def test_expired_form_is_explained(owner):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")

    answer = browser.post("/t/acme/settings/members/", {})

    assert answer.status_code == 403
    assert "This form has expired" in answer.text
