"""Mappings in the API: versions, comparison, trial, proposals, alarms."""

import pytest

from harmonization.mapping.library import library_text
from harmonization.models import DriftAlarm, ImportRun, MappingDraft, MappingVersion
from harmonization.tests.files import alpha_file, upload
from harmonization.tests.network_forty import NAME, forty_columns

EUROS = library_text(name="alpha").replace("USD", "EUR")
VERSIONS = "/api/v1/mappings/alpha/versions/"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def client(acme, analyst, api):
    return api(analyst)


def save(client, text=EUROS, parent_number=0, **headers):
    body = {"text": text, "note": "In euros", "parent_number": parent_number}
    return client.post(VERSIONS, body, content_type="application/json", headers=headers)


def test_list_tells_the_workspaces_own_from_the_sites(client):
    save(client)

    mappings = {one["name"]: one for one in client.get("/api/v1/mappings/").json()}

    assert (mappings["alpha"]["number"], mappings["alpha"]["is_own"]) == (1, True)
    assert (mappings["beta"]["number"], mappings["beta"]["is_own"]) == (0, False)


def test_a_version_is_saved_and_read(client):
    response = save(client)

    assert response.status_code == 201
    assert client.get(f"{VERSIONS}1/").json()["text"] == EUROS
    assert [one["number"] for one in client.get(VERSIONS).json()] == [1, 0]


def test_the_same_key_saves_once(client):
    first = save(client, **{"Idempotency-Key": "one"})
    again = save(client, **{"Idempotency-Key": "one"})

    assert (first.status_code, again.status_code) == (201, 201)
    assert MappingVersion.objects.count() == 1


def test_a_version_saved_meanwhile_is_a_conflict(client):
    save(client)

    response = save(client, text=EUROS.replace("EUR", "GBP"))

    assert response.status_code == 409
    assert "meanwhile" in response.json()["title"]


def test_text_that_is_no_mapping_is_refused_with_line_and_field(client):
    response = save(client, text=EUROS.replace("fields:", "feilds:"))

    assert response.status_code == 422
    assert "feilds" in response.json()["where"]


def test_differences_are_told_in_words(client):
    save(client)

    body = client.get("/api/v1/mappings/alpha/differences/?before=0&after=1").json()

    assert "+currency: {code: EUR}" in body["text"]
    assert client.get("/api/v1/mappings/alpha/differences/?before=x&after=1").status_code == 400
    assert client.get("/api/v1/mappings/alpha/differences/?before=0&after=7").status_code == 404


def test_a_trial_is_queued_and_its_result_is_the_operations(client, run_operations):
    client.post("/api/v1/imports/", {"file": alpha_file()})
    run_operations()

    response = client.post(f"{VERSIONS}0/test/")
    run_operations()

    operation = client.get(response["Location"]).json()
    assert response.status_code == 202
    assert operation["result"]["files"][0]["file_name"] == "simulated-june.csv"


def test_a_file_is_answered_with_a_proposal_and_not_kept(client):
    response = client.post("/api/v1/mappings/suggest/", {"file": upload(NAME, forty_columns().content)})

    body = response.json()
    fields = {one["source_column"]: one["field"] for one in body["columns"]}
    assert fields["Ad Spend"] == "cost"
    assert len(body["questions"]) <= 4
    assert MappingDraft.objects.count() == 0


def test_the_file_of_an_import_can_be_proposed_for(client, run_operations):
    client.post("/api/v1/imports/", {"file": alpha_file()})
    run_operations()

    response = client.post("/api/v1/mappings/suggest/", {"import_id": str(ImportRun.objects.get().pk)})

    assert response.status_code == 200
    assert {one["source_column"] for one in response.json()["columns"]} >= {"spend_usd", "clicks"}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"1,2\n3,4\n"])
def test_what_is_no_table_gets_no_proposal(client, content):
    assert client.post("/api/v1/mappings/suggest/", {"file": upload("odd.csv", content)}).status_code == 422


def test_neither_file_nor_import_is_refused(client):
    assert client.post("/api/v1/mappings/suggest/", {}).status_code == 400


def test_an_unknown_layout_is_refused_with_its_draft(client):
    response = client.post("/api/v1/imports/", {"file": upload(NAME, forty_columns().content)})

    assert response.status_code == 422
    assert f"/data/drafts/{MappingDraft.objects.get().pk}/" in response.json()["fix"]


def test_alarms_are_listed_and_acknowledged(client):
    alarm = DriftAlarm.objects.create(
        mapping_name="alpha",
        file_name="july.csv",
        changes=[{"kind": "added", "column": "Reach", "was": "", "meaning": "New.", "suggestion": ""}],
    )

    listed = client.get("/api/v1/drift-alarms/").json()
    seen = client.post(f"/api/v1/drift-alarms/{alarm.pk}/acknowledge/").json()

    assert listed[0]["changes"][0]["column"] == "Reach"
    assert listed[0]["acknowledged_at"] is None
    assert seen["acknowledged_at"] is not None


def test_viewer_reads_and_does_not_write(acme, teammate, api):
    client = api(teammate)

    assert client.get(VERSIONS).status_code == 200
    assert save(client).status_code == 403


def test_stranger_finds_no_versions_of_this_workspace(client, api, stranger):
    save(client)

    assert [one["number"] for one in api(stranger).get(VERSIONS).json()] == [0]
