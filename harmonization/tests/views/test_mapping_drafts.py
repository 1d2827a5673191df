"""A file of an unknown layout: from the upload over a few questions to facts."""

from decimal import Decimal
from html import unescape

import pytest

from harmonization.models import DailyFact, ImportRun, MappingDraft, MappingVersion
from harmonization.tests.files import unknown_layout, upload
from harmonization.tests.layouts import SMALL
from harmonization.tests.network_forty import NAME, forty_columns

FORTY = forty_columns()


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def send(client, *, name=NAME, content=FORTY.content):
    return client.post("/data/upload/", {"exports": upload(name, content)})


def answers(**more):
    return {"network": "Nordkauf", "answer:currency": "EUR", "answer:touch": "click", **more}


@pytest.fixture
def client(acme, analyst, portal):
    return portal(analyst)


@pytest.fixture
def draft(client):
    send(client)
    return MappingDraft.objects.get()


def address(draft, rest=""):
    return f"/data/drafts/{draft.pk}/{rest}"


def test_upload_of_an_unknown_layout_leads_to_its_draft(client):
    response = send(client)

    draft = MappingDraft.objects.get()
    page = unescape(client.get(response.url).content.decode())
    assert response.url == f"/t/acme/data/drafts/{draft.pk}/"
    assert "We have not seen this layout" in page
    assert "In which currency are the amounts?" in page
    assert "120 rows read, 120 kept, 0 rejected" in page


def test_at_most_four_things_are_asked_of_forty_columns(draft):
    assert 0 < len(draft.questions) <= 4


def test_the_same_file_again_leads_to_the_same_draft(client, draft, settings):
    send(client)

    assert MappingDraft.objects.count() == 1
    assert len(list(settings.DATA_DIR.rglob("uploads/*"))) == 1


def test_answers_lead_to_facts(client, draft, run_operations):
    response = client.post(address(draft), answers(use="1"))
    states = run_operations()

    run = ImportRun.objects.get()
    facts = DailyFact.objects.filter(superseded_by=None)
    assert response.url == f"/t/acme/data/imports/{run.pk}/"
    assert states == ["done"]
    assert (run.mapping_name, run.mapping_number, run.is_reconciled) == ("nordkauf", 1, True)
    assert sum((fact.cost for fact in facts), Decimal(0)) == FORTY.cost
    assert {(fact.currency, fact.touch, fact.attribution_window_days) for fact in facts} == {("EUR", "click", 7)}


def test_the_next_file_is_recognised_by_itself(client, draft, run_operations):
    client.post(address(draft), answers(use="1"))

    response = send(client, name="nordkauf-july.csv", content=forty_columns(seed=6).content)

    assert "/data/imports/" in response.url
    assert set(ImportRun.objects.values_list("mapping_name", flat=True)) == {"nordkauf"}


def test_preview_shows_the_answers_without_keeping_a_mapping(client, draft):
    page = unescape(client.post(address(draft, "preview/"), answers()).content.decode())

    assert "EUR" in page
    assert "7-day click" in page
    assert f"{FORTY.cost:,}" in page
    assert "exact, every day" in page
    assert MappingVersion.objects.count() == 0


def test_without_javascript_the_preview_comes_by_the_button(client, draft):
    page = unescape(client.post(address(draft), answers()).content.decode())

    assert '<option value="EUR" selected>' in page
    assert ImportRun.objects.count() == 0


def test_pressing_use_twice_imports_once(client, draft):
    first = client.post(address(draft), answers(use="1"))
    second = client.post(address(draft), answers(use="1"))

    assert first.url == second.url
    assert (ImportRun.objects.count(), MappingVersion.objects.count()) == (1, 1)


def test_a_name_that_is_taken_is_asked_anew(client, draft):
    response = client.post(address(draft), answers(network="Alpha", use="1"))

    assert response.status_code == 422
    assert "The name is taken" in response.content.decode()
    assert ImportRun.objects.count() == 0


def test_an_answer_that_is_not_offered_is_refused(client, draft):
    response = client.post(address(draft), answers(**{"answer:currency": "XXX", "use": "1"}))

    assert response.status_code == 422
    assert ImportRun.objects.count() == 0


def test_a_currency_that_nothing_speaks_for_has_to_be_chosen(client, draft):
    page = unescape(client.get(address(draft)).content.decode())
    response = client.post(address(draft), answers(**{"answer:currency": "", "use": "1"}))

    assert '<option value="" selected>Choose one</option>' in page
    assert response.status_code == 422
    assert "The answers are not complete" in response.content.decode()
    assert ImportRun.objects.count() == 0


def test_a_layout_without_a_day_says_what_is_missing(client):
    send(client, name="odd.csv", content=unknown_layout())
    draft = MappingDraft.objects.get()

    page = unescape(client.get(address(draft)).content.decode())

    assert "Which column holds the day" in page or "event_date" in page


def test_several_files_are_offered_one_by_one(client):
    files = [upload("one.csv", unknown_layout()), upload("two.csv", FORTY.content)]

    page = client.post("/data/upload/", {"exports": files}).content.decode()

    assert page.count("Confirm its mapping and import it") == 2


def test_discarding_forgets_the_file(client, draft, settings):
    client.post(address(draft, "discard/"))

    assert MappingDraft.objects.count() == 0
    assert list(settings.DATA_DIR.rglob("uploads/*")) == []


@pytest.mark.parametrize("rest", ["", "preview/", "kind/", "discard/", "edit/", "edit/preview/", "text/", "save/"])
def test_stranger_and_viewer_find_no_draft(draft, stranger, teammate, portal, rest):
    assert portal(stranger).post(address(draft, rest)).status_code == 404
    assert portal(teammate).post(address(draft, rest)).status_code == 403


def test_a_small_mapping_stands_in_the_text_editor(client, draft):
    broken = client.post(address(draft, "text/"), {"text": SMALL.replace("14", "-1", 1)})
    kept = client.post(address(draft, "text/"), {"text": SMALL})

    draft.refresh_from_db()
    assert broken.status_code == 422
    assert "line 7" in broken.content.decode()
    assert kept.url.endswith("/edit/")
    assert draft.yaml == SMALL
