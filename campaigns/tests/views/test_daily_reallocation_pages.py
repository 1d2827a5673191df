"""Daily reallocation by page and API."""

import json

import pytest

from campaigns.models import ReallocationSchedule
from tenants.models import Operation

TYPED = {"is_on": "on", "retailers": ["amazon", "walmart"], "floor": "0.02", "cap": "0.5", "change": "0.2"}


@pytest.fixture
def proposal(portal, analyst, market, run_operations) -> Operation:
    portal(analyst).post("/plans/reallocations/today/")
    assert run_operations() == ["done"]
    return Operation.objects.get(kind="propose_reallocation")


def test_schedule_is_set_by_form_and_told_in_the_list(portal, analyst, market):
    client = portal(analyst)

    page = client.post("/plans/reallocations/schedule/", TYPED, follow=True).content.decode()

    schedule = ReallocationSchedule.current()
    assert (schedule.is_on, schedule.retailers, str(schedule.cap)) == (True, ["amazon", "walmart"], "0.5000")
    assert "A proposal is made every morning" in page
    assert "/plans/reallocations/schedule/" in page


@pytest.mark.parametrize("wrong", [{"cap": "2"}, {"floor": "0.6"}, {"change": "0"}, {"retailers": ["nobody"]}])
def test_wrong_schedule_is_shown_in_the_form(portal, analyst, market, wrong):
    answer = portal(analyst).post("/plans/reallocations/schedule/", TYPED | wrong)

    assert answer.status_code == 422
    assert not ReallocationSchedule.objects.exists()


def test_proposal_shows_split_interval_and_replay(portal, analyst, proposal):
    page = portal(analyst).get(f"/plans/reallocations/{proposal.pk}/").content.decode()

    for text in ("Proposed split", "Move ", "Amazon · search · Lumen", "Over 35 days", "The data is simulated"):
        assert text in page
    assert "Approve these shares" not in page


def test_manager_approves_from_the_page(portal, manager, proposal):
    page = portal(manager).post(f"/plans/reallocations/{proposal.pk}/approve/", follow=True).content.decode()

    assert "Log these shares" in page


def test_workspace_without_facts_fails_with_what_would_help(portal, analyst, acme, run_operations):
    portal(analyst).post("/plans/reallocations/today/")

    assert run_operations() == ["failed"]
    assert Operation.objects.get(kind="propose_reallocation").problem["where"] == "facts"


def test_api_sets_the_schedule_and_proposes(api, analyst, teammate, market, run_operations):
    body = json.dumps({"is_on": True, "cap": "0.5", "retailers": ["amazon", "walmart"]})

    kept = api(analyst).put("/api/v1/reallocations/schedule/", body, "application/json").json()
    wrong = api(analyst).put("/api/v1/reallocations/schedule/", '{"floor": "0.9"}', "application/json")
    started = api(analyst).post("/api/v1/reallocations/today/").json()
    run_operations()
    told = api(analyst).get(started["reallocation"]).json()

    assert api(teammate).get("/api/v1/reallocations/schedule/").json() == kept
    assert (wrong.status_code, wrong.json()["where"]) == (400, "floor")
    assert told["proposal"]["replay"]["difference"]["low"] <= told["proposal"]["replay"]["difference"]["high"]
    assert api(teammate).post("/api/v1/reallocations/today/").status_code == 403
