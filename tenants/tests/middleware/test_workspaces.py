"""Which workspace a request is in; strangers learn nothing, not even that one exists."""

import re

import pytest
from django.test import Client

from tenants.models import Domain, Membership, Tenant

PATHS = ["/", "/plans/", "/nonsense/", "/api/v1/operations/", "/api/v1/nonsense/"]


@pytest.fixture
def outsider(stranger):
    client = Client(raise_request_exception=False)
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_stranger_cannot_tell_a_workspace_from_none(acme, outsider, path, method):
    real = getattr(outsider, method)(f"/t/acme{path}")
    none = getattr(outsider, method)(f"/t/nope{path}")

    assert real.status_code == none.status_code == 404
    assert _without_ids(real) == _without_ids(none)
    assert "Acme" not in real.text


@pytest.mark.parametrize("path", PATHS)
def test_anonymous_cannot_tell_a_workspace_from_none(acme, client, path):
    real = client.get(f"/t/acme{path}")
    none = client.get(f"/t/nope{path}")

    assert real.status_code == none.status_code
    assert real.get("Location", "").replace("acme", "nope") == none.get("Location", "")
    assert _without_ids(real) == _without_ids(none)


def test_suspended_workspace_is_as_if_it_were_not(acme, portal, owner):
    Tenant.objects.filter(slug="acme").update(status="suspended")

    assert portal(owner).get("/activity/").status_code == 404


def test_anonymous_is_led_to_sign_in_and_back(acme, client):
    answer = client.get("/t/acme/plans/?page=2")

    assert answer["Location"] == "/accounts/login/?next=/t/acme/plans/%3Fpage%3D2"


def test_polling_fragment_of_a_signed_out_person_leads_the_page_to_sign_in(acme, client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/t/acme/plans/7/"}

    answer = client.get("/t/acme/activity/", headers=headers)

    assert answer["HX-Redirect"] == "/accounts/login/?next=/t/acme/plans/7/"


def test_address_without_final_slash_is_the_workspace(portal, owner):
    assert portal(owner).get("/t/acme/activity/").status_code == 200


def test_workspace_inside_a_workspace_is_nothing(portal, owner):
    assert portal(owner).get("/t/acme/t/acme/activity/").status_code == 404


def test_links_on_a_page_keep_the_workspace(portal, owner):
    page = portal(owner).get("/activity/").text

    assert 'href="/t/acme/settings/"' in page
    assert 'action="/accounts/logout/"' in page


def test_menu_names_all_workspaces_and_marks_this_one(portal, owner, globex):
    Membership.objects.create(user=owner, tenant=globex, role="viewer")

    rows = portal(owner).get("/activity/").context["memberships"]

    assert [(row["url"], row["is_current"]) for row in rows] == [("/t/acme/", True), ("/t/globex/", False)]


def test_host_name_leads_to_its_workspace(acme, owner):
    Domain.objects.create(tenant=acme, domain="acme.example.com")
    client = Client(headers={"Host": "acme.example.com"})
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get("/activity/").context["tenant"] == acme
    assert client.get("/accounts/logout/").status_code == 200


def test_host_name_is_closed_to_strangers(acme, outsider):
    Domain.objects.create(tenant=acme, domain="acme.example.com")

    assert outsider.get("/activity/", headers={"Host": "acme.example.com"}).status_code == 404


def test_view_that_declares_nothing_is_refused(portal, owner, settings):
    settings.TENANT_URLCONF = "tenants.tests.middleware.undeclared_urls"

    assert portal(owner).get("/undeclared/").status_code == 500


def _without_ids(response) -> str:
    text = re.sub(r"[0-9a-f]{32}", "ID", response.text)
    return re.sub(r'(csrf-token" content=|name="csrfmiddlewaretoken" value=)"[^"]+"', "TOKEN", text)
