"""Checking copy in the portal, and reading the packs."""

import pytest

CHECK, PACKS, PACK = "/creatives/check/", "/creatives/policies/", "/creatives/policies/amazon_sponsored_brands/"


@pytest.mark.parametrize("path", [CHECK, PACKS, PACK])
def test_stranger_gets_404(portal, stranger, acme, path):
    assert portal(stranger).get(path).status_code == 404


def test_a_broken_rule_is_shown_with_its_source_and_day(portal, teammate, acme):
    page = portal(teammate).post(CHECK, {"retailer": "amazon_sponsored_brands", "headline": "Last chance & bars"})

    text = page.content.decode()
    assert "AMZ-PRESSURE" in text
    assert "<mark>Last chance</mark> &amp; bars" in text
    assert "captured on 2026-11-21" in text


def test_repaired_copy_is_shown(portal, teammate, acme):
    page = portal(teammate).post(CHECK, {"retailer": "kroger_display", "headline": "FRESH oat bars"}).content.decode()

    assert "Fresh oat bars" in page
    assert "it passes" in page


def test_an_empty_pack_says_so(portal, teammate, acme):
    page = portal(teammate).post(CHECK, {"retailer": "target_roundel", "headline": "Oat bars"}).content.decode()

    assert "Nothing is known of this retailer" in page


def test_nothing_to_check_is_said_beside_the_form(portal, teammate, acme):
    page = portal(teammate).post(CHECK, {"retailer": "kroger_display"})

    assert page.status_code == 422
    assert "There is no copy" in page.content.decode()


def test_packs_are_listed_and_an_unknown_one_is_not_found(portal, teammate, acme):
    client = portal(teammate)

    assert "Target Roundel" in client.get(PACKS).content.decode()
    assert "AMZ-SB-HEADLINE-50" in client.get(PACK).content.decode()
    assert client.get("/creatives/policies/sears/").status_code == 404
