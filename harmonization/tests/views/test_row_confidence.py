"""A row tells with which confidence each of its fields was proposed, and who agreed."""

import re
from html import unescape

import pytest

from harmonization.models import ImportRun, MappingDraft, MappingVersion
from harmonization.pipeline.provenance import scan_provenance
from harmonization.selectors.mapping_versions import find_mapping
from harmonization.services.mapping_versions import restore_version, save_version
from harmonization.services.uploads import tenant_folder
from harmonization.tests.files import upload
from harmonization.tests.network_forty import NAME, forty_columns


@pytest.fixture
def run(acme, analyst, portal, settings, tmp_path, run_operations) -> ImportRun:
    """The import of a file whose layout was proposed, with three questions answered."""
    settings.DATA_DIR = tmp_path
    client = portal(analyst)
    client.post("/data/upload/", {"exports": upload(NAME, forty_columns().content)})
    draft = MappingDraft.objects.get()
    answers = {"network": "Nordkauf", "answer:currency": "EUR", "answer:touch": "click", "use": "1"}
    client.post(f"/data/drafts/{draft.pk}/", answers)
    run_operations()
    return ImportRun.objects.get()


def fields(api, person, run) -> dict[str, dict]:
    rows = api(person).get(f"/api/v1/imports/{run.pk}/rows/5/").json()["fields"]
    return {one["column"]: one for one in rows if one["column"]}


def test_the_api_says_how_surely_a_column_was_proposed_and_who_agreed(run, analyst, api):
    found = fields(api, analyst, run)

    cost, revenue, note = found["Ad Spend"], found["Sales 7d"], found["Internal Note"]
    assert cost["field"] == "cost"
    assert 0.5 < cost["confidence"] <= 1
    assert (cost["is_confirmed"], cost["confirmed_by"]) == (False, "")
    assert (revenue["is_confirmed"], revenue["confirmed_by"]) == (True, analyst.email)
    assert (note["confidence"], note["is_confirmed"]) == (None, None)


def test_the_provenance_of_the_file_tells_the_confidence_too(run):
    origins = scan_provenance(tenant_folder() / "rmis" / "provenance").collect()

    told = {(one["columns"], one["field"]): one["confidence"] for one in origins.iter_rows(named=True)}
    proposed = {(one.column, one.field): one.confidence for one in find_mapping(name="nordkauf").proposals}
    assert {key: told[key] for key in proposed} == proposed
    assert {told[key] for key in told.keys() - proposed.keys()} == {None}


def test_the_page_says_it_in_words(run, teammate, analyst, portal):
    page = unescape(portal(teammate).get(f"/data/imports/{run.pk}/rows/5/").content.decode())

    assert "% confidence, nobody was asked about it." in page
    assert f"% confidence, confirmed by {analyst.email}." in page


def test_a_later_version_forgets_only_what_a_person_changed(run, analyst):
    first = find_mapping(name="nordkauf")
    text = first.text.replace("clicks: {from: Clicks}", "clicks: {from: Clicks, empty: zero}")
    text = text.replace("window_days: 7", "window_days: 1")
    assert text.count("window_days: 1,") > 1

    save_version(name="nordkauf", text=text, note="", parent_number=1, by=analyst)

    before = {one.column for one in first.proposals}
    after = {one.column for one in find_mapping(name="nordkauf").proposals}
    assert "Sales 7d" in before - after
    assert {"Ad Spend", "Clicks", "Sales 30d"} <= after


def test_a_restored_version_has_its_own_proposals_again(run, analyst):
    first = find_mapping(name="nordkauf")
    text = re.sub(r"^  cost: (.*Ad Spend)", r"  fees: \1", first.text, flags=re.MULTILINE)
    save_version(name="nordkauf", text=text, note="", parent_number=1, by=analyst)
    assert "Ad Spend" not in {one.column for one in find_mapping(name="nordkauf").proposals}

    restore_version(name="nordkauf", number=1, by=analyst)

    assert find_mapping(name="nordkauf").proposals == first.proposals


def test_a_mapping_written_by_hand_claims_no_confidence(acme, analyst):
    version = save_version(
        name="alpha",
        text=find_mapping(name="alpha").text.replace("USD", "EUR"),
        note="",
        parent_number=0,
        by=analyst,
    )

    assert version.proposals == []
    assert MappingVersion.objects.count() == 1
