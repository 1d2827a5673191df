"""Imports in the API: taking in, idempotency, refusals as problems, reading, strangers."""

import pytest

from harmonization.models import ImportRun
from harmonization.tests.facts import make_import
from harmonization.tests.files import ROWS, alpha_bytes, alpha_file, alpha_with_bad_date, unknown_layout, upload
from tenants.models import Operation


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_upload_is_accepted_with_an_operation_to_follow(acme, analyst, api):
    response = api(analyst).post("/api/v1/imports/", {"file": alpha_file()})

    body = response.json()
    assert response.status_code == 202
    assert response["Location"] == f"/api/v1/operations/{body['operation_id']}/"
    assert response["Retry-After"] == "1"
    assert str(ImportRun.objects.get().pk) == body["import_id"]


def test_file_that_was_imported_answers_200_with_the_import(acme, analyst, api, run_operations):
    client = api(analyst)
    first = client.post("/api/v1/imports/", {"file": alpha_file()}).json()
    run_operations()

    response = client.post("/api/v1/imports/", {"file": alpha_file()})

    assert response.status_code == 200
    assert (response.json()["id"], response.json()["state"]) == (first["import_id"], "done")


def test_same_idempotency_key_replays_the_answer(acme, analyst, api):
    client = api(analyst)
    headers = {"Idempotency-Key": "june"}

    first = client.post("/api/v1/imports/", {"file": alpha_file()}, headers=headers)
    again = client.post("/api/v1/imports/", {"file": alpha_file()}, headers=headers)

    assert (again.status_code, again.json()) == (202, first.json())
    assert again["Idempotency-Replayed"] == "true"
    assert Operation.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "mapping", "title"),
    [
        (b"", "", "The file is empty"),
        (unknown_layout(), "", "No mapping fits this file"),
        (alpha_bytes(), "nonsense", "There is no such mapping"),
        (b"%PDF-1.7", "alpha", "The file is not a table"),
    ],
)
def test_refusals_are_problems_that_say_how_to_fix_them(acme, analyst, api, file, mapping, title):
    sent = {"file": upload("report.csv", file)} | ({"mapping": mapping} if mapping else {})

    response = api(analyst).post("/api/v1/imports/", sent)

    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert (response.json()["title"], bool(response.json()["fix"])) == (title, True)


def test_post_without_a_file_is_a_bad_request(acme, analyst, api):
    response = api(analyst).post("/api/v1/imports/", {"mapping": "alpha"})

    assert response.status_code == 400
    assert "file" in response.json()["errors"]


def test_file_over_the_limit_is_413_by_its_length(acme, analyst, api, settings):
    settings.UPLOAD_MAX_BYTES = 10

    response = api(analyst).post("/api/v1/imports/", {"file": upload("big.csv", b"x" * 20_000)})

    assert response.status_code == 413


def test_file_over_the_limit_is_413_while_it_is_read(acme, analyst, api, settings):
    settings.UPLOAD_MAX_BYTES = 10

    response = api(analyst).post("/api/v1/imports/", {"file": upload("big.csv", b"date,cost\n" * 5)})

    assert response.status_code == 413
    assert response.json()["where"] == "big.csv"


def test_viewer_may_read_but_not_upload(acme, teammate, api):
    client = api(teammate)

    assert client.post("/api/v1/imports/", {"file": alpha_file()}).status_code == 403
    assert client.get("/api/v1/imports/").status_code == 200


def test_imports_are_listed_newest_first_and_filtered(acme, teammate, api):
    make_import(file_name="old.csv", retailers=["alpha"])
    make_import(file_name="new.csv", retailers=["beta"])
    client = api(teammate)

    everything = client.get("/api/v1/imports/").json()["results"]
    of_alpha = client.get("/api/v1/imports/?retailer=alpha").json()["results"]

    assert [one["file_name"] for one in everything] == ["new.csv", "old.csv"]
    assert [one["file_name"] for one in of_alpha] == ["old.csv"]


def test_import_tells_quality_reconciliation_and_rejects(acme, analyst, api, run_operations):
    client = api(analyst)
    sent = client.post("/api/v1/imports/", {"file": upload("june.csv", alpha_with_bad_date())}).json()
    run_operations()
    address = f"/api/v1/imports/{sent['import_id']}/"

    found = client.get(address).json()
    reconciliation = {line["metric"]: line for line in client.get(f"{address}reconciliation/").json()}
    rejects = client.get(f"{address}rejects/").json()

    assert (found["rows_kept"], found["rows_rejected"], bool(found["quality"])) == (ROWS, 1, True)
    assert len(reconciliation["cost"]["days"]) >= 14
    assert (rejects["total"], rejects["next_offset"], len(rejects["results"])) == (1, None, 1)


def test_rejects_offset_must_be_a_number(acme, teammate, api):
    run = make_import()

    assert api(teammate).get(f"/api/v1/imports/{run.pk}/rejects/?offset=-1").status_code == 400


@pytest.mark.parametrize("part", ["", "reconciliation/", "rejects/"])
def test_stranger_finds_no_import(acme, stranger, api, part):
    run = make_import()

    assert api(stranger).get(f"/api/v1/imports/{run.pk}/{part}").status_code == 404
