"""Uplift studies by page and API."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.tests.uplift.trials import trial_csv
from tenants.models import Operation

WISH = {
    "name": "Coupons",
    "treatment": "treated",
    "outcome": "bought",
    "learner": "t",
    "currency": "USD",
    "features": "",
}
CONTENT = trial_csv(count=900, spread=0.1)


@pytest.fixture(autouse=True)
def _files(kept_files):
    """Uploads go to a folder of the test."""


def posted(client, content=CONTENT, **more):
    data = SimpleUploadedFile("trial.csv", content.encode(), content_type="text/csv")
    return client.post("/experiments/uplift/new/", WISH | {"trial": data} | more)


def test_a_study_is_asked_for_done_and_shown(portal, analyst, acme, run_operations):
    client = portal(analyst)

    asked = posted(client, budget="100", cost="1", value="25")
    assert run_operations() == ["done"]
    operation = Operation.objects.get(kind="study_uplift")
    page = client.get(f"/experiments/uplift/{operation.pk}/").content.decode()

    assert asked.status_code == 302
    for text in ("Whom to treat", "Gathered effect", "Calibration", "T-learner (used)", "DR-learner", "at random"):
        assert text in page
    assert "Coupons" in client.get("/experiments/uplift/").content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("\n".join(row for row in CONTENT.splitlines() if not row.startswith("0,")), "There is no control group"),
        ("treated,bought,age\n1,0,3\n0,1,4", "Too few people"),
        ("", "empty"),
        (CONTENT.replace("treated,", "seen,", 1), "A column is missing"),
    ],
)
def test_a_wrong_file_is_refused_over_the_form_and_nothing_starts(portal, analyst, acme, content, said):
    answer = posted(portal(analyst), content=content)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Operation.objects.filter(kind="study_uplift").exists()


def test_half_an_offer_is_a_wrong_form(portal, analyst, acme):
    answer = posted(portal(analyst), budget="100")

    assert answer.status_code == 422
    assert "Targeting needs budget, cost and margin together" in answer.content.decode()


def test_the_api_gives_the_same_study(api, analyst, run_operations):
    client = api(analyst)
    body = {"name": "Coupons", "data_csv": CONTENT, "outcome": "bought", "learner": "t"}

    started = client.post("/api/v1/uplift/", json.dumps(body), "application/json", headers={"Idempotency-Key": "k-1"})
    before = client.get(started.json()["study"]).json()
    run_operations()
    told = client.get(started.json()["study"]).json()

    assert started.status_code == 202
    assert (before["study"], told["state"]) == (None, "done")
    assert told["study"]["learners"]["dr"]["name"] == "DR-learner"


def test_the_api_refuses_with_the_place(api, analyst):
    body = {"name": "Coupons", "data_csv": "treated,bought,age\n1,0,3", "outcome": "bought"}

    answer = api(analyst).post("/api/v1/uplift/", json.dumps(body), "application/json")

    assert answer.status_code == 400
    assert answer.json()["where"] == "treated"


def test_a_stranger_finds_no_study(portal, analyst, stranger, acme, run_operations):
    posted(portal(analyst))
    operation = Operation.objects.get(kind="study_uplift")

    assert portal(stranger, "globex").get(f"/experiments/uplift/{operation.pk}/").status_code == 404
    assert "No study yet" in portal(stranger, "globex").get("/experiments/uplift/").content.decode()


def test_a_viewer_reads_and_cannot_ask(portal, teammate, acme):
    client = portal(teammate)

    assert client.get("/experiments/uplift/").status_code == 200
    assert client.get("/experiments/uplift/new/").status_code == 403
