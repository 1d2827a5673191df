"""Pages of sources: found by clicking, changed by managers, silent about secrets."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from harmonization.models import DataSource, SourceCredential, SourceRun
from harmonization.services.source_credentials import opened_secrets
from harmonization.tests.connectors.amazon_server import SECRETS
from harmonization.tests.connectors.test_watched_folder import put
from harmonization.tests.files import alpha_bytes, unknown_layout
from tenants.models import AuditEvent

AMAZON = {
    "name": "Amazon US",
    "runs": "daily",
    "daily_at": "06:30",
    "timezone": "America/Los_Angeles",
    "option_region": "NA",
    "option_profile_id": "1234567890",
    "option_report": "advertised_product",
    "option_look_back_days": "14",
    "option_first_days": "20",
}
ENTERED = {f"secret_{name}": value for name, value in SECRETS.items()}


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def holds_no_secret(response) -> bool:
    return not any(secret in response.content.decode() for secret in SECRETS.values())


def test_data_page_leads_to_sources_and_those_to_each(folder_source, portal, teammate):
    client = portal(teammate)

    assert "/t/acme/data/sources/" in text(client.get("/data/"))
    page = text(client.get("/data/sources/"))
    assert f"/t/acme/data/sources/{folder_source.pk}/" in page
    assert "Never run" in page
    assert "Add a source" not in page


def test_wizard_sets_up_an_amazon_source_with_sealed_secrets(acme, clock, manager, portal):
    client = portal(manager)
    assert "/data/sources/new/amazon_ads/" in text(client.get("/data/sources/new/"))

    response = client.post("/data/sources/new/amazon_ads/", {**AMAZON, **ENTERED}, follow=True)

    source = DataSource.objects.get()
    assert response.redirect_chain[-1][0] == f"/t/acme/data/sources/{source.pk}/"
    assert "is set up" in text(response)
    assert "by manager@example.com" in text(response)
    assert opened_secrets(source=source) == SECRETS
    assert holds_no_secret(response)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"option_profile_id": "abc"}, "A profile is a number"),
        ({"name": ""}, "This field is required"),
        ({"runs": "interval"}, "Say when."),
        ({"runs": "interval", "every_minutes": "5"}, "Choose 15 to 10,080 minutes."),
        ({"timezone": "Mars"}, "is not a time zone"),
        ({"option_first_days": "95"}, "Choose 1 to 94 days."),
        ({"secret_client_id": ""}, "Missing: Client id."),
    ],
)
def test_what_does_not_fit_is_told_and_secrets_are_not_given_back(acme, clock, manager, portal, changes, words):
    response = portal(manager).post("/data/sources/new/amazon_ads/", {**AMAZON, **ENTERED, **changes})

    assert response.status_code == 422
    assert words in text(response)
    assert holds_no_secret(response)
    assert not DataSource.objects.exists()


def test_credentials_are_replaced_whole_and_never_shown(amazon_source, manager, portal):
    client, path = portal(manager), f"/data/sources/{amazon_source.pk}/credential/"
    new = {**ENTERED, "secret_refresh_token": "Atzr|another-token-of-2026ABCD"}

    page = client.get(path)
    response = client.post(path, new, follow=True)

    assert holds_no_secret(page)
    assert "ending in ABCD" in text(response)
    assert "another-token" not in text(response)
    assert SourceCredential.objects.get().set_by == manager
    assert AuditEvent.objects.filter(kind="source.credential_set").count() == 2


def test_credentials_can_be_removed(amazon_source, manager, portal):
    response = portal(manager).post(f"/data/sources/{amazon_source.pk}/credential/", {"remove": "1"}, follow=True)

    assert "were removed" in text(response)
    assert not SourceCredential.objects.exists()


def test_connection_is_tested_from_the_page(amazon_source, amazon, manager, portal):
    client, path = portal(manager), f"/data/sources/{amazon_source.pk}/test/"

    assert "It works. The profile answers: Acme Foods" in text(client.post(path, follow=True))
    amazon.region = "eu"
    assert "Check the profile&#x27;s number and its region" in text(client.post(path, follow=True))


def test_run_now_leads_to_the_run_and_its_files(folder_source, exports, manager, portal, clock, run_operations):
    put(exports, "alpha.csv", alpha_bytes())
    put(exports, "odd.csv", unknown_layout())
    client = portal(manager)

    response = client.post(f"/data/sources/{folder_source.pk}/run/", follow=True)
    assert "Waiting" in text(response)
    run_operations()
    run_operations()

    run = SourceRun.objects.get()
    page = text(client.get(f"/data/sources/{folder_source.pk}/runs/{run.pk}/"))
    assert "alpha.csv" in page
    assert "Harmonized" in page
    assert "Its header: when, how_much, what" in page
    detail = text(client.get(f"/data/sources/{folder_source.pk}/"))
    assert "1 file could not be taken in" in detail
    assert "14" in detail
    assert run.asked_by == manager


def test_second_click_on_run_now_starts_nothing(folder_source, manager, portal, clock):
    client = portal(manager)
    client.post(f"/data/sources/{folder_source.pk}/run/")

    response = client.post(f"/data/sources/{folder_source.pk}/run/", follow=True)

    assert "is being read already" in text(response)
    assert SourceRun.objects.count() == 1


def test_pause_resume_and_change_from_the_pages(folder_source, exports, manager, portal, clock):
    client, path = portal(manager), f"/data/sources/{folder_source.pk}/"
    assert "Paused" in text(client.post(f"{path}pause/", follow=True))
    assert "runs by its schedule again" in text(client.post(f"{path}pause/", {"resume": "1"}, follow=True))
    form = {
        "name": "Inbox",
        "runs": "hand",
        "timezone": "UTC",
        "option_url": f"file://{exports}",
        "option_pattern": "*",
    }

    response = client.post(f"{path}edit/", form, follow=True)

    assert "“Inbox” was changed." in text(response)
    folder_source.refresh_from_db()
    assert (folder_source.next_run_at, folder_source.daily_at) == (None, None)


def test_list_asks_as_many_questions_for_ten_sources_as_for_one(folder_source, owner, portal, clock, exports):
    client = portal(owner)
    client.get("/data/sources/")
    with CaptureQueriesContext(connection) as one:
        client.get("/data/sources/")
    for number in range(10):
        DataSource.objects.create(name=f"Source {number}", kind="watched_folder", options={"url": "file:///x"})
    with CaptureQueriesContext(connection) as many:
        client.get("/data/sources/")

    assert len(many) == len(one) <= 12


def test_stranger_finds_no_source(folder_source, portal, stranger):
    for path in ("", "edit/", "credential/"):
        assert portal(stranger).get(f"/data/sources/{folder_source.pk}/{path}").status_code == 404
        assert portal(stranger, "globex").get(f"/data/sources/{folder_source.pk}/{path}").status_code == 404
    for path in ("test/", "run/", "pause/", "credential/"):
        assert portal(stranger, "globex").post(f"/data/sources/{folder_source.pk}/{path}").status_code == 404


def test_crash_while_secrets_are_kept_shows_and_logs_none(
    amazon_source, manager, portal, settings, monkeypatch, caplog
):
    settings.DEBUG = True
    monkeypatch.setattr("harmonization.views.source_changes.set_credential", lambda **kept: 1 / 0)

    response = portal(manager).post(f"/data/sources/{amazon_source.pk}/credential/", ENTERED)

    assert response.status_code == 500
    assert holds_no_secret(response)
    assert not any(secret in caplog.text for secret in SECRETS.values())


def test_import_says_which_source_brought_it(folder_source, exports, read, portal, teammate):
    put(exports, "alpha.csv", alpha_bytes())
    imported = read(folder_source).files.get().import_run

    page = text(portal(teammate).get(f"/data/imports/{imported.pk}/"))

    assert "by the source “Exports”" in page
    assert f"/t/acme/data/sources/{folder_source.pk}/" in page
