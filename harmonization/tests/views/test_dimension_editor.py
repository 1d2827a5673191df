"""The editor of a mapping of products: fields beside columns, preview, versions, bad input, the stranger."""

from html import unescape

import pytest

from harmonization.mapping.reader import read_mapping
from harmonization.models import ImportRun, MappingDraft, MappingVersion, Product
from harmonization.services.mapping_versions import save_version
from harmonization.tests.files import upload

CATALOGUE = """\
kind: products
name: catalogue
title: Catalogue
version: "1"
currency: {code: USD}
fields:
  sku: {from: id, required: true}
  category_path: {from: [dept, cat], join: " > "}
"""
FILE = b"id,dept,cat,label,cost\nA1,Food,Bars,Oat bar,1.50\nA2,Food,Bars,Nut bar,x\n,Food,Bars,No id,2\n"
SETTINGS = {"file-title": "Catalogue", "file-currency": "USD", "file-decimal": ".", "file-separator": ","}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def client(acme, analyst, portal, run_operations):
    client = portal(analyst)
    save_version(name="catalogue", text=CATALOGUE, note="", parent_number=None, by=analyst)
    client.post("/data/upload/", {"exports": upload("catalogue.csv", FILE), "mapping": "catalogue"})
    run_operations()
    return client


@pytest.fixture
def draft(client):
    client.post("/data/mappings/catalogue/versions/1/edit/")
    return MappingDraft.objects.get()


def address(draft, rest):
    return f"/data/drafts/{draft.pk}/{rest}"


def mapping_of(draft):
    draft.refresh_from_db()
    return read_mapping(text=draft.yaml)


def test_fields_of_products_stand_beside_columns_with_samples(client, draft):
    page = unescape(client.get(address(draft, "edit/")).content.decode())

    assert "Tried on catalogue.csv" in page
    assert "Fields of products" in page
    assert "label: Oat bar, Nut bar" in page
    assert "Global Trade Item Number" in page
    assert "3 rows read, 2 kept, 1 rejected" in page
    assert "Food > Bars" in page


def test_looking_does_not_change_the_text(client, draft):
    before = draft.yaml

    client.get(address(draft, "edit/"))
    client.post(address(draft, "edit/preview/"), SETTINGS)

    draft.refresh_from_db()
    assert (draft.yaml, draft.is_edited) == (before, False)


def test_a_field_takes_a_column_and_the_preview_follows(client, draft):
    sent = {**SETTINGS, "f-name-column": ["label", ""], "f-price-column": ["cost", ""]}

    shown = unescape(client.post(address(draft, "edit/preview/"), sent).content.decode())

    assert mapping_of(draft).field_named("name").columns == ("label",)
    assert "3 rows read, 1 kept, 2 rejected" in shown
    assert "price (cost): is no number with at most six decimals" in shown
    assert '<li class="mapper__row" id="f-name" hx-swap-oob="true">' in shown
    assert "Oat bar" in shown


def test_columns_are_joined_as_the_form_says(client, draft):
    sent = {**SETTINGS, "f-category_path-column": ["cat", "dept", ""], "f-category_path-join": " / "}

    shown = unescape(client.post(address(draft, "edit/preview/"), sent).content.decode())

    assert mapping_of(draft).field_named("category_path").columns == ("cat", "dept")
    assert "Bars / Food" in shown


def test_a_mapping_without_a_sku_is_named_by_field_and_cannot_be_saved(client, draft):
    sent = {**SETTINGS, "f-sku-column": [""], "name": "catalogue", "note": ""}

    shown = client.post(address(draft, "edit/preview/"), sent)
    saved = client.post(address(draft, "save/"), sent)

    assert "a mapping of products needs sku" in shown.content.decode()
    assert saved.status_code == 422
    assert MappingVersion.objects.count() == 1


def test_nonsense_in_the_form_changes_nothing(client, draft):
    before = draft.yaml
    sent = {"f-sku-column": ["id", "no such column"], "f-sku-unit": "stones", "f-nonsense-column": ["id"]}

    client.post(address(draft, "edit/preview/"), {**SETTINGS, **sent})

    draft.refresh_from_db()
    assert draft.yaml == before


def test_a_retailers_name_without_its_id_is_refused_with_the_way_out(client, draft):
    sent = {**SETTINGS, "file-retailer_name": "Kroger", "f-name-column": ["label"]}

    response = client.post(address(draft, "edit/"), sent)

    assert "Give the retailer an id as well" in response.content.decode()
    assert mapping_of(draft).retailer.name == ""


def test_an_item_id_without_a_retailer_is_told_by_field(client, draft):
    shown = client.post(address(draft, "edit/preview/"), {**SETTINGS, "f-item_id-column": ["id"]})

    assert "an item id means nothing without the retailer" in shown.content.decode()


def test_saving_makes_a_version_and_the_difference_is_shown_by_field(client, draft):
    sent = {**SETTINGS, "f-name-column": ["label"], "name": "catalogue", "note": "Names too"}

    client.post(address(draft, "save/"), sent)

    version = MappingVersion.objects.get(number=2)
    page = unescape(client.get("/data/mappings/catalogue/compare/?before=1&after=2").content.decode())
    assert (version.note, read_mapping(text=version.yaml).kind) == ("Names too", "products")
    assert "Column, field or setting" in page
    assert "+  name: {from: label}" in page


def test_saving_and_importing_loads_the_products_again(client, draft, run_operations):
    sent = {**SETTINGS, "f-name-column": ["label"], "name": "catalogue", "note": "", "import": "1"}

    client.post(address(draft, "save/"), sent)
    run_operations()

    assert (ImportRun.objects.first().mapping_number, ImportRun.objects.first().state) == (2, ImportRun.State.DONE)
    assert set(Product.objects.values_list("name", flat=True)) == {"Oat bar", "Nut bar"}


def test_a_mapping_without_files_shows_its_own_columns(client, analyst):
    text = CATALOGUE.replace("name: catalogue", "name: other")
    save_version(name="other", text=text, note="", parent_number=None, by=analyst)
    client.post("/data/mappings/other/versions/1/edit/")
    draft = MappingDraft.objects.get(name="other")

    page = client.get(address(draft, "edit/")).content.decode()

    assert "No file to try it on" in page
    assert '<option value="dept" selected>' in page


def test_a_viewer_may_not_edit(client, draft, portal, teammate):
    assert portal(teammate).get(address(draft, "edit/")).status_code == 403


def test_a_stranger_neither_sees_nor_changes_it(client, draft, portal, stranger):
    before, other = draft.yaml, portal(stranger)

    looked = other.get(address(draft, "edit/"))
    sent = other.post(address(draft, "edit/preview/"), {**SETTINGS, "f-name-column": ["label"]})

    draft.refresh_from_db()
    assert (looked.status_code, sent.status_code) == (404, 404)
    assert draft.yaml == before


@pytest.fixture
def unknown(acme, analyst, portal):
    client = portal(analyst)
    client.post("/data/upload/", {"exports": upload("our-list.csv", b"SKU,Product name,Shelf\nA1,Oat bar,3\n")})
    return client, MappingDraft.objects.get()


def test_an_unknown_list_of_products_reaches_the_editor_and_is_imported(unknown, run_operations):
    client, draft = unknown

    turned = client.post(address(draft, "kind/"), {"kind": "products"}, follow=True)
    page = unescape(turned.content.decode())
    sent = {"file-title": "Our list", "file-decimal": ".", "file-separator": ",", "name": "our-list", "import": "1"}
    client.post(address(draft, "save/"), sent)
    run_operations()

    assert "1 rows read, 1 kept, 0 rejected" in page
    assert Product.objects.get().name == "Oat bar"


def test_the_page_of_an_unknown_file_offers_the_kinds(unknown):
    client, draft = unknown

    page = client.get(address(draft, "")).content.decode()

    assert '<option value="products" selected>products</option>' in page


def test_a_kind_that_does_not_exist_changes_nothing(unknown):
    client, draft = unknown
    before = draft.yaml

    page = client.post(address(draft, "kind/"), {"kind": "events"}, follow=True).content.decode()

    draft.refresh_from_db()
    assert "There is no such kind of rows" in page
    assert draft.yaml == before


def test_a_draft_that_a_person_edited_is_not_turned(client, draft):
    before = draft.yaml

    client.post(address(draft, "kind/"), {"kind": "demand"})

    draft.refresh_from_db()
    assert draft.yaml == before
