"""Sources in the API: all that the pages can do, and secrets only inward."""

import pytest

from harmonization.models import DataSource, SourceRun
from harmonization.services.source_credentials import opened_secrets
from harmonization.tests.connectors.amazon_server import SECRETS
from harmonization.tests.connectors.test_watched_folder import put
from harmonization.tests.files import alpha_bytes
from tenants.models import Operation

WISH = {
    "name": "Amazon US",
    "kind": "amazon_ads",
    "options": {"region": "NA", "profile_id": "1234567890"},
    "daily_at": "06:30",
    "timezone": "America/Los_Angeles",
}
JSON = {"content_type": "application/json"}


def test_source_is_set_up_with_its_secrets_and_gives_none_back(acme, clock, manager, api):
    client = api(manager)

    response = client.post("/api/v1/sources/", {**WISH, "credential": SECRETS}, **JSON)

    body, source = response.json(), DataSource.objects.get()
    assert response.status_code == 201
    assert body["options"]["report"] == "advertised_product"
    assert body["credential"]["set_by"] == "manager@example.com"
    assert opened_secrets(source=source) == SECRETS
    for path in ("", f"{source.pk}/", f"{source.pk}/runs/"):
        answer = client.get(f"/api/v1/sources/{path}").content.decode()
        assert not any(secret in answer for secret in SECRETS.values())


@pytest.mark.parametrize(
    ("changes", "status", "where"),
    [
        ({"kind": "ftp"}, 422, "kind"),
        ({"options": {"region": "XX"}}, 422, "region"),
        ({"timezone": "Mars"}, 422, "timezone"),
        ({"every_minutes": 60}, 422, "daily_at"),
        ({"mapping": "nothing"}, 422, "mapping"),
        ({"credential": {"client_id": "x"}}, 422, "client_secret"),
        ({"name": ""}, 400, None),
        ({"options": {"region": {"a": 1}}}, 400, None),
    ],
)
def test_what_does_not_fit_is_a_problem_that_names_it(acme, clock, manager, api, changes, status, where):
    response = api(manager).post("/api/v1/sources/", {**WISH, **changes}, **JSON)

    assert (response.status_code, response.json().get("where")) == (status, where)
    assert not DataSource.objects.exists()


def test_credential_is_put_and_deleted(amazon_source, manager, api):
    client, path = api(manager), f"/api/v1/sources/{amazon_source.pk}/credential/"
    new = {**SECRETS, "refresh_token": "Atzr|the-newest-token-WXYZ"}

    kept = client.put(path, new, **JSON)
    gone = client.delete(path)

    assert kept.json()["credential"]["last_four"] == "WXYZ"
    assert "newest" not in kept.content.decode()
    assert gone.json()["credential"] is None


def test_run_is_accepted_followed_and_not_started_twice(folder_source, exports, clock, manager, api, run_operations):
    put(exports, "alpha.csv", alpha_bytes())
    client, path = api(manager), f"/api/v1/sources/{folder_source.pk}/"

    accepted, again = client.post(f"{path}run/"), client.post(f"{path}run/")
    run_operations()

    run = SourceRun.objects.get()
    assert (accepted.status_code, again.status_code) == (202, 409)
    assert accepted["Location"] == f"/api/v1/operations/{Operation.objects.get(kind='source').pk}/"
    listed = client.get(f"{path}runs/").json()["results"]
    assert [(one["id"], one["files_taken"]) for one in listed] == [(str(run.pk), 1)]
    assert client.get(f"{path}runs/{run.pk}/").json()["files"][0]["name"] == "alpha.csv"


def test_connection_is_tested(amazon_source, amazon, manager, api):
    client, path = api(manager), f"/api/v1/sources/{amazon_source.pk}/test/"

    assert "Acme Foods" in client.post(path).json()["detail"]
    amazon.region = "eu"
    assert client.post(path).status_code == 422


def test_source_is_changed_paused_and_resumed(folder_source, exports, clock, manager, api):
    client, path = api(manager), f"/api/v1/sources/{folder_source.pk}/"
    wish = {"name": "Inbox", "options": {"url": f"file://{exports}"}, "every_minutes": 60}

    changed = client.put(path, wish, **JSON).json()
    paused, resumed = client.post(f"{path}pause/").json(), client.post(f"{path}resume/").json()

    assert (changed["name"], changed["every_minutes"], changed["daily_at"]) == ("Inbox", 60, None)
    assert (paused["is_enabled"], paused["next_run_at"]) == (False, None)
    assert resumed["is_enabled"]


def test_stranger_finds_nothing(folder_source, api, stranger):
    client = api(stranger)

    assert client.get("/api/v1/sources/").json()["results"] == []
    assert client.get(f"/api/v1/sources/{folder_source.pk}/").status_code == 404
    assert client.put(f"/api/v1/sources/{folder_source.pk}/credential/", SECRETS, **JSON).status_code == 404
    assert client.post(f"/api/v1/sources/{folder_source.pk}/run/").status_code == 404


def test_crash_while_secrets_are_kept_shows_none(amazon_source, manager, api, settings, monkeypatch):
    settings.DEBUG = True
    monkeypatch.setattr("harmonization.api.sources.set_credential", lambda **kept: 1 / 0)

    response = api(manager).put(f"/api/v1/sources/{amazon_source.pk}/credential/", SECRETS, **JSON)

    assert response.status_code == 500
    assert not any(secret in response.content.decode() for secret in SECRETS.values())
