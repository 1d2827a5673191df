"""Mapping pages: every layout, what becomes of each column."""

from html import unescape

import pytest

from harmonization.mapping.library import available_mappings, library_text
from harmonization.services.mapping_versions import save_version


def test_all_layouts_are_listed(acme, teammate, portal):
    page = portal(teammate).get("/data/mappings/").content.decode()

    for name in available_mappings():
        assert f"/t/acme/data/mappings/{name}/" in page


def test_mapping_tells_field_window_and_definition(acme, teammate, portal):
    page = unescape(portal(teammate).get("/data/mappings/alpha/").content.decode())

    assert "sales_14d_usd" in page
    assert "14-day click" in page
    assert "IAB/MRC" in page


@pytest.mark.parametrize("name", ["nonsense", "..", "alpha.yaml"])
def test_unknown_mapping_is_not_found(acme, teammate, portal, name):
    assert portal(teammate).get(f"/data/mappings/{name}/").status_code == 404


@pytest.mark.parametrize("path", ["/data/mappings/", "/data/mappings/alpha/"])
def test_stranger_finds_no_mappings(acme, stranger, portal, path):
    assert portal(stranger).get(path).status_code == 404


def test_queries_stay_few(acme, teammate, portal, django_assert_max_num_queries):
    client = portal(teammate)

    with django_assert_max_num_queries(12):
        client.get("/data/mappings/alpha/")


@pytest.fixture
def own_alpha(acme, analyst):
    text = library_text(name="alpha").replace("USD", "EUR")
    return save_version(name="alpha", text=text, note="In euros", parent_number=0, by=analyst)


def test_own_mappings_stand_first(own_alpha, teammate, portal):
    page = portal(teammate).get("/data/mappings/").content.decode()

    assert page.index("this workspace") < page.index("the site</td>")


def test_history_names_note_and_person(own_alpha, teammate, portal):
    page = portal(teammate).get("/data/mappings/alpha/").content.decode()

    assert "In euros" in page
    assert "analyst@example.com" in page
    assert "/t/acme/data/mappings/alpha/versions/0/" in page


def test_version_shows_its_text(own_alpha, teammate, portal):
    client = portal(teammate)

    assert "code: EUR" in client.get("/data/mappings/alpha/versions/1/").content.decode()
    assert "code: USD" in client.get("/data/mappings/alpha/versions/0/").content.decode()
    assert client.get("/data/mappings/alpha/versions/2/").status_code == 404


def test_comparison_says_it_in_words_and_in_text(own_alpha, teammate, portal):
    page = unescape(portal(teammate).get("/data/mappings/alpha/compare/?before=0&after=1").content.decode())

    assert "What changed, in words" in page
    assert "-currency: {code: USD}" in page


def test_comparison_with_a_version_that_is_not_there_asks_again(own_alpha, teammate, portal):
    page = portal(teammate).get("/data/mappings/alpha/compare/?before=0&after=9").content.decode()

    assert "Select a valid choice" in page


def test_restoring_is_a_new_version(own_alpha, analyst, portal):
    response = portal(analyst).post("/data/mappings/alpha/versions/0/restore/", follow=True)

    assert "restored as version 2" in response.content.decode()


def test_viewer_may_not_restore(own_alpha, teammate, portal):
    assert portal(teammate).post("/data/mappings/alpha/versions/0/restore/").status_code == 403


def test_viewer_is_not_offered_to_restore(own_alpha, teammate, portal):
    assert "Restore" not in portal(teammate).get("/data/mappings/alpha/versions/0/").content.decode()
