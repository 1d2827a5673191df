"""Mapping pages: every layout, what becomes of each column."""

from html import unescape

import pytest

from harmonization.mapping.library import available_mappings


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
