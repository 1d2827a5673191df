"""A waiting file that is no report of ads, by API and by command."""

import json

import pytest
from django.core.management import call_command

from harmonization.models import MappingDraft
from harmonization.services.mapping_drafts import change_draft
from harmonization.tests.files import upload
from tenants.models import AuditEvent

CATALOGUE = b"SKU,Product name,Brand\nA-1,Oat bar,Northfield\nA-2,Nut bar,Northfield\n"


@pytest.fixture
def draft(acme, analyst, portal, settings, tmp_path) -> MappingDraft:
    settings.DATA_DIR = tmp_path
    portal(analyst).post("/data/upload/", {"exports": upload("catalogue.csv", CATALOGUE)})
    return MappingDraft.objects.get()


def choose(client, draft, kind="products"):
    path = f"/api/v1/mapping-drafts/{draft.pk}/kind/"
    return client.post(path, {"kind": kind}, content_type="application/json")


def test_a_waiting_file_is_listed_and_becomes_a_dimension(draft, analyst, api):
    [listed] = api(analyst).get("/api/v1/mapping-drafts/").json()

    answer = choose(api(analyst), draft)

    assert (listed["id"], listed["file_name"], listed["is_new_file"]) == (str(draft.pk), "catalogue.csv", True)
    assert answer.status_code == 200
    assert answer.json()["text"].startswith("kind: products\n")
    assert answer.json()["questions"] == 0
    assert choose(api(analyst), draft).json() == answer.json()
    assert AuditEvent.objects.filter(kind="mapping.draft_turned").count() == 1


def test_what_a_person_edited_keeps_its_kind(draft, analyst, api):
    change_draft(draft=draft, text=draft.yaml + "# mine\n")

    answer = choose(api(analyst), draft)

    assert answer.status_code == 409
    assert answer.json()["title"] == "The draft cannot change its kind any more"


@pytest.mark.parametrize("kind", ["events", "nonsense", ""])
def test_a_kind_that_is_none_is_refused(draft, analyst, api, kind):
    assert choose(api(analyst), draft, kind).status_code == 400


def test_viewer_may_not_and_stranger_finds_nothing(draft, teammate, stranger, api):
    assert choose(api(teammate), draft).status_code == 403
    assert choose(api(stranger), draft).status_code in {401, 403, 404}


def test_the_command_does_the_same(draft, analyst, capsys):
    call_command("mapping", "--json", "--tenant", "acme", "drafts")
    [listed] = json.loads(capsys.readouterr().out)["drafts"]
    call_command("mapping", "--json", "--tenant", "acme", "--user", analyst.email, "kind", listed["id"], "products")

    assert json.loads(capsys.readouterr().out)["text"].startswith("kind: products")


def test_the_command_says_what_is_not_there(acme, capsys):
    nowhere = "0198f7a2-5c1e-7d3a-9b1f-3f6f0f6c2a11"

    with pytest.raises(SystemExit) as stopped:
        call_command("mapping", "--json", "--tenant", "acme", "kind", nowhere, "products")

    assert stopped.value.code == 1
    assert "error" in json.loads(capsys.readouterr().out)
