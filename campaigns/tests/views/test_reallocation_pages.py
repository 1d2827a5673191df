"""Reallocations by page, API and command: proposed by a worker, made final by a person."""

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from campaigns.tests.bandits.logs import known_log, log_csv
from tenants.models import AuditEvent, Operation

CONTENT = log_csv(known_log(count=1_200))
WISH = {"name": "Tuesday", "arm": "arm", "reward": "reward", "propensity": "propensity"}
RAILS = {"floor": "0.05", "cap": "0.8", "change": "0.2"}


@pytest.fixture(autouse=True)
def _files(kept_files):
    """Uploads go to a folder of the test."""


def posted(client, content=CONTENT, **more):
    log = SimpleUploadedFile("log.csv", content.encode(), content_type="text/csv")
    return client.post("/plans/reallocations/new/", WISH | RAILS | {"log": log} | more)


@pytest.fixture
def proposal(portal, analyst, acme, run_operations) -> Operation:
    posted(portal(analyst))
    assert run_operations() == ["done"]
    return Operation.objects.get(kind="propose_reallocation")


def test_a_proposal_shows_shares_and_their_replay(portal, analyst, proposal):
    page = portal(analyst).get(f"/plans/reallocations/{proposal.pk}/").content.decode()

    for text in ("Proposed shares", "Doubly robust (DR)", "Self-normalised", "Equal shares", "Waits for the approval"):
        assert text in page
    assert "Approve these shares" not in page
    assert "Tuesday" in portal(analyst).get("/plans/reallocations/").content.decode()


def test_a_manager_approves_once_and_the_audit_log_keeps_the_shares(portal, manager, proposal):
    client = portal(manager)
    address = f"/plans/reallocations/{proposal.pk}/"

    first = client.post(f"{address}approve/", follow=True).content.decode()
    second = client.post(f"{address}approve/", follow=True).content.decode()

    event = AuditEvent.objects.get(kind="reallocation.approved")
    assert sum(event.after["shares"].values()) == pytest.approx(1)
    assert "Log these shares" in first
    assert "approved already" in second


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (CONTENT.replace("propensity", "chance", 1), "A column is missing"),
        ("arm,reward,propensity\nsearch,1,0", "out of range"),
        ("arm,reward,propensity\nsearch,x,0.5", "no number"),
    ],
)
def test_a_wrong_log_is_refused_over_the_form_and_nothing_starts(portal, analyst, acme, content, said):
    answer = posted(portal(analyst), content=content)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Operation.objects.filter(kind="propose_reallocation").exists()


def test_guardrails_that_cannot_be_kept_fail_with_the_reason(portal, analyst, acme, run_operations):
    posted(portal(analyst), floor="0.5")

    assert run_operations() == ["failed"]
    assert Operation.objects.get(kind="propose_reallocation").problem["where"] == "guardrails"


def test_the_api_proposes_and_approves(api, analyst, manager, run_operations):
    body = {"name": "Tuesday", "log_csv": CONTENT, "guardrails": {"floor": 0.05, "cap": 0.8}}

    started = api(analyst).post("/api/v1/reallocations/", json.dumps(body), "application/json").json()
    early = api(manager).post(f"{started['reallocation']}approve/")
    run_operations()
    approved = api(manager).post(f"{started['reallocation']}approve/").json()

    assert early.status_code == 409
    assert approved["is_approved"]
    assert approved["proposal"]["estimates"]["proposed"]["dr"]["claim"]
    assert api(analyst).post(f"{started['reallocation']}approve/").status_code == 403


def test_a_stranger_finds_no_reallocation(portal, stranger, proposal):
    assert portal(stranger, "globex").get(f"/plans/reallocations/{proposal.pk}/").status_code == 404


def test_the_command_prints_the_same_proposal(tmp_path):
    path, out = tmp_path / "log.csv", StringIO()
    path.write_text(CONTENT)

    call_command("replay_policy", str(path), "--floor", "0.05", "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert sum(one["shares"] for one in told["arms"]) == pytest.approx(1)
    assert set(told["estimates"]["uniform"]) == {"ipw", "snipw", "dm", "dr"}


def test_the_command_refuses_a_short_log_with_what_suffices(tmp_path):
    path, out = tmp_path / "log.csv", StringIO()
    path.write_text("\n".join(CONTENT.splitlines()[:50]))

    with pytest.raises(SystemExit):
        call_command("replay_policy", str(path), "--json", stdout=out)

    assert "400 suffice" in json.loads(out.getvalue())["error"]["detail"]
