"""The mapping editor: rows, preview, text, saving as a version, and importing with it."""

from html import unescape

import pytest

from harmonization.forms.file_settings import FileSettingsForm
from harmonization.mapping.editing import uses_of
from harmonization.mapping.library import load_mapping
from harmonization.mapping.reader import read_mapping
from harmonization.models import DailyFact, ImportRun, MappingDraft, MappingVersion
from harmonization.tests.files import alpha_file

SETTINGS = {
    f"file-{name}": str(value)
    for name, value in FileSettingsForm(mapping=load_mapping("alpha")).initial.items()
    if value not in (None, False)
}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def client(acme, analyst, portal, run_operations):
    client = portal(analyst)
    client.post("/data/upload/", {"exports": alpha_file()})
    run_operations()
    return client


@pytest.fixture
def draft(client):
    client.post("/data/mappings/alpha/versions/0/edit/")
    return MappingDraft.objects.get()


def address(draft, rest=""):
    return f"/data/drafts/{draft.pk}/{rest}"


def number_of(page: str, column: str) -> str:
    return page.partition(f'-name">{column}<')[0].rpartition('id="')[2]


def mapping_of(draft):
    draft.refresh_from_db()
    return read_mapping(text=draft.yaml)


def test_copying_the_sites_mapping_begins_a_draft_on_its_latest_file(client, draft):
    page = unescape(client.get(address(draft, "edit/")).content.decode())

    assert draft.parent_number == 0
    assert "Tried on simulated-june.csv" in page
    assert "sales_14d_usd" in page
    assert "A-1001" in page
    assert "112 rows read, 112 kept" in page
    assert "Totals match" in page


def test_opening_the_editor_twice_makes_one_draft(client, draft):
    client.post("/data/mappings/alpha/versions/0/edit/")

    assert MappingDraft.objects.count() == 1


def test_fields_are_grouped_and_explained(client, draft):
    page = client.get(address(draft, "edit/")).content.decode()

    assert '<optgroup label="Delivery">' in page
    assert "IAB/MRC" in page


def test_looking_does_not_change_the_text(client, draft):
    before = draft.yaml

    client.get(address(draft, "edit/"))

    draft.refresh_from_db()
    assert (draft.yaml, draft.is_edited) == (before, False)


def test_a_column_becomes_another_field_and_the_preview_follows(client, draft):
    page = client.get(address(draft, "edit/")).content.decode()
    sent = {**SETTINGS, f"{number_of(page, 'clicks')}-target": "field:video_views"}

    shown = unescape(client.post(address(draft, "edit/preview/"), sent).content.decode())

    assert mapping_of(draft).field_named("video_views").columns == ("clicks",)
    assert f'id="{number_of(page, "clicks")}-details" hx-swap-oob="true"' in shown


def test_the_window_of_an_outcome_is_edited(client, draft):
    page = client.get(address(draft, "edit/")).content.decode()
    number = number_of(page, "sales_14d_usd")

    client.post(address(draft, "edit/preview/"), {**SETTINGS, f"{number}-window": "30", f"{number}-touch": "view"})

    use = uses_of(mapping=mapping_of(draft), columns=["sales_14d_usd"])[0]
    assert (use.qualifier.window_days, use.qualifier.touch) == (30, "view")


def test_two_columns_that_become_the_same_are_warned_of(client, draft):
    page = client.get(address(draft, "edit/")).content.decode()
    sent = {**SETTINGS, f"{number_of(page, 'price_usd')}-target": "field:cost"}

    shown = client.post(address(draft, "edit/preview/"), sent).content.decode()

    assert "only the first is read" in shown


def test_a_mapping_without_a_day_is_named_by_line_and_field(client, draft):
    page = client.get(address(draft, "edit/")).content.decode()

    shown = client.post(address(draft, "edit/preview/"), {**SETTINGS, f"{number_of(page, 'date')}-target": ""})

    assert "fields.event_date" in shown.content.decode()


def test_nonsense_in_the_form_changes_nothing(client, draft):
    before = mapping_of(draft)
    page = client.get(address(draft, "edit/")).content.decode()
    number = number_of(page, "sales_14d_usd")
    sent = {f"{number}-target": "field:nonsense", f"{number}-window": "9999", f"{number}-touch": "sneeze"}

    client.post(address(draft, "edit/preview/"), {**SETTINGS, **sent})

    assert mapping_of(draft).outcomes == before.outcomes


def test_settings_of_the_file_are_saved_with_a_note(client, draft):
    sent = {**SETTINGS, "file-currency": "EUR", "file-vat": "yes", "file-vat_rate": "19"}
    sent |= {"name": "alpha", "note": "Invoices say euro"}

    response = client.post(address(draft, "save/"), sent)

    version = MappingVersion.objects.get()
    mapping = read_mapping(text=version.yaml)
    assert response.url == "/t/acme/data/mappings/alpha/"
    assert (version.number, version.note, mapping.currency.code) == (1, "Invoices say euro", "EUR")
    assert (mapping.vat_included, str(mapping.vat_rate)) == (True, "0.19")


def test_saving_and_importing_reads_the_file_again(client, draft, run_operations):
    sent = {**SETTINGS, "file-currency": "EUR", "name": "alpha", "note": "", "import": "1"}

    response = client.post(address(draft, "save/"), sent)
    run_operations()

    newest = ImportRun.objects.first()
    assert response.url == f"/t/acme/data/imports/{newest.pk}/"
    assert (newest.mapping_number, newest.state) == (1, ImportRun.State.DONE)
    assert set(DailyFact.objects.filter(superseded_by=None).values_list("currency", flat=True)) == {"EUR"}


def test_another_name_makes_a_mapping_of_its_own(client, draft):
    client.post(address(draft, "save/"), {**SETTINGS, "name": "alpha-eu", "note": ""})

    version = MappingVersion.objects.get()
    assert (version.name, version.number, version.parent_number) == ("alpha-eu", 1, None)
    assert read_mapping(text=version.yaml).name == "alpha-eu"


def test_nothing_changed_is_said_and_kept_open(client, draft):
    response = client.post(address(draft, "save/"), {**SETTINGS, "name": "alpha", "note": ""})

    assert response.status_code == 422
    assert "Nothing changed" in response.content.decode()


def test_a_version_saved_meanwhile_is_not_overwritten(client, draft):
    client.post(address(draft, "save/"), {**SETTINGS, "file-currency": "EUR", "name": "alpha"})
    late = MappingDraft.objects.create(name="alpha", yaml=draft.yaml.replace("USD", "GBP"), parent_number=0)

    response = client.post(address(late, "save/"), {**SETTINGS, "file-currency": "GBP", "name": "alpha"})

    assert response.status_code == 422
    assert "saved meanwhile" in response.content.decode()


def test_an_import_leads_to_the_editor_on_its_file(client):
    run = ImportRun.objects.get()

    response = client.post(f"/data/imports/{run.pk}/mapping/")

    assert response.url == f"/t/acme/data/drafts/{MappingDraft.objects.get().pk}/edit/"


def test_a_mapping_without_files_shows_its_own_columns(client):
    client.post("/data/mappings/zepto/versions/0/edit/")
    draft = MappingDraft.objects.get(name="zepto")

    page = client.get(address(draft, "edit/")).content.decode()

    assert "CampaignName" in page
    assert "No file to try it on" in page


def test_a_text_is_saved_as_a_version(client, draft):
    text = draft.yaml.replace("USD", "EUR")

    client.post(address(draft, "save/"), {"text": text, "name": "alpha", "note": "By hand"})

    version = MappingVersion.objects.get()
    assert (version.yaml, version.note) == (text, "By hand")


def test_a_broken_text_is_not_lost_when_it_cannot_be_saved(client, draft):
    text = draft.yaml.replace("fields:", "feilds:")

    response = client.post(address(draft, "save/"), {"text": text, "name": "alpha"})

    assert response.status_code == 422
    assert "feilds" in response.content.decode()
    assert MappingVersion.objects.count() == 0
