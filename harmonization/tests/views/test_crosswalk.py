"""Pages about products and the crosswalk."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from harmonization.models import (
    Audience,
    CrosswalkCandidate,
    DemandDay,
    InStorePlacement,
    PolicyDocument,
    PolicyTerm,
    Product,
    ProductCode,
)
from harmonization.tests.facts import make_fact, make_import


@pytest.fixture
def product(acme) -> Product:
    product = Product.objects.create(
        sku="OAT-12", name="Oat bar", brand="Northfield", size="12 x 40 g", price=Decimal("8.99"), currency="USD"
    )
    ProductCode.objects.create(product=product, kind="item_id", retailer_id="alpha", code="s1", source="file a.csv")
    return product


@pytest.fixture
def candidate(product) -> CrosswalkCandidate:
    make_fact(sku_id="X9", product_name="OAT BAR 12PK", campaign_id="C9")
    return CrosswalkCandidate.objects.create(
        retailer_id="alpha",
        item_id="X9",
        item_name="OAT BAR 12PK",
        product=product,
        confidence=0.97,
        evidence={"name_likeness": 0.9, "same_brand": None, "same_size": True, "lead": 0.2},
        spend=25,
        currency="USD",
    )


def _text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_products_are_listed_searched_and_exported(portal, teammate, product):
    Product.objects.create(sku="NUT-1", name="Nut bar")
    client = portal(teammate)

    assert "NUT-1" in _text(client.get("/data/products/"))
    found = _text(client.get("/data/products/?q=s1"))
    assert "OAT-12" in found
    assert "NUT-1" not in found
    assert "No product matches" in _text(client.get("/data/products/?q=nothing"))
    assert "OAT-12,Oat bar" in _text(client.get("/data/products/export.csv?q=oat"))


def test_a_code_is_shown_and_found_as_its_source_spells_it(portal, teammate, product):
    ProductCode.objects.create(
        product=product, kind="gtin", code="00036000291452", spelling="0-36000-29145-2", source="file a.csv"
    )
    client = portal(teammate)

    page = _text(client.get(f"/data/products/{product.pk}/"))

    assert "0-36000-29145-2" in page
    assert 'compared as <span class="code">00036000291452</span>' in page
    assert page.count("compared as") == 1
    assert "OAT-12" in _text(client.get("/data/products/?q=0-36000-29145-2"))


def test_a_product_shows_codes_facts_demand_and_placements(portal, teammate, product):
    run = make_import()
    make_fact(sku_id="S1", cost=Decimal("12.34"))
    DemandDay.objects.create(
        import_run=run, retailer_id="alpha", sku_id="S1", event_date=date(2026, 6, 1), currency="USD",
        units=31, revenue=Decimal("278.69"), promoted_rows=1, stores=4, rows=9,
    )  # fmt: skip
    InStorePlacement.objects.create(
        import_run=run, retailer_id="alpha", sku_id="S1", week_start=date(2026, 6, 1), display_location="end cap",
        stores=12,
    )  # fmt: skip

    page = _text(portal(teammate).get(f"/data/products/{product.pk}/"))

    for words in ("file a.csv", "$12.34", "31 units on 1 day", "$278.69", "end cap", "12 x 40 g"):
        assert words.replace("on 1 day", "on 1") in page


def test_a_stranger_sees_no_product(portal, stranger, product):
    assert portal(stranger).get(f"/data/products/{product.pk}/").status_code == 404
    assert portal(stranger, "globex").get(f"/data/products/{product.pk}/").status_code == 404


def test_the_crosswalk_shows_rate_and_queue_with_evidence(portal, teammate, candidate):
    make_fact(sku_id="S1", cost=75)

    page = _text(portal(teammate).get("/data/crosswalk/"))

    for words in ("50.0%", "75.0%", "97% sure", "OAT BAR 12PK", "The size is the same", "does not state the brand"):
        assert words in page
    assert "Confirm many" not in page


def test_a_confirmation_by_click_can_be_undone(portal, analyst, candidate):
    client = portal(analyst)

    confirmed = client.post(f"/data/crosswalk/candidates/{candidate.pk}/confirm/", follow=True)
    assert "X9 is OAT-12 from now on" in _text(confirmed)
    assert ProductCode.objects.filter(code="x9", confirmed_by=analyst).exists()

    undone = client.post(f"/data/crosswalk/candidates/{candidate.pk}/undo/", follow=True)
    assert "taken back" in _text(undone)
    assert not ProductCode.objects.filter(code="x9").exists()


def test_a_decision_on_what_is_gone_says_so(portal, analyst, acme):
    response = portal(analyst).post("/data/crosswalk/candidates/999/reject/", follow=True)

    assert "There is no such candidate" in _text(response)


def test_bulk_confirmation_previews_and_confirms_what_was_shown(portal, analyst, candidate):
    client = portal(analyst)

    preview = _text(client.get("/data/crosswalk/bulk/?least=95"))
    assert "Confirm these 1" in preview
    assert "No candidate is that sure" in _text(client.get("/data/crosswalk/bulk/?least=99"))
    done = client.post("/data/crosswalk/bulk/", {"least": 95, "candidate": [candidate.pk]}, follow=True)

    assert "1 pairings were confirmed" in _text(done)
    candidate.refresh_from_db()
    assert candidate.state == "confirmed"


def test_viewers_decide_nothing(portal, teammate, candidate):
    client = portal(teammate)

    assert client.post(f"/data/crosswalk/candidates/{candidate.pk}/confirm/").status_code == 403
    assert client.post("/data/crosswalk/bulk/", {"least": 95, "candidate": [candidate.pk]}).status_code == 403
    assert client.post("/data/crosswalk/run/").status_code == 403


def test_codes_are_taken_in_exported_and_withdrawn(portal, analyst, product):
    client = portal(analyst)
    file = SimpleUploadedFile("codes.csv", b"retailer_id,item_id,sku\nalpha,Z1,OAT-12\n")

    taken = client.post("/data/crosswalk/codes/", {"codes": file}, follow=True)

    assert "1 confirmed codes were taken in" in _text(taken)
    assert "alpha,Z1,OAT-12" in _text(client.get("/data/crosswalk/codes.csv"))
    code = ProductCode.objects.get(code="z1")
    client.post(f"/data/crosswalk/codes/{code.pk}/withdraw/")
    assert not ProductCode.objects.filter(code="z1").exists()


@pytest.mark.parametrize("content", [b"retailer_id,item_id,sku\nalpha,Z1,NOPE\n", b"\xff\xfe\xff", b""])
def test_a_wrong_file_of_codes_is_refused_in_words(portal, analyst, product, content):
    file = SimpleUploadedFile("codes.csv", content)

    response = portal(analyst).post("/data/crosswalk/codes/", {"codes": file})

    assert response.status_code == 422


def test_looking_for_matches_leads_to_the_work(portal, analyst, product):
    response = portal(analyst).post("/data/crosswalk/run/")

    assert response.status_code == 302
    assert "/activity/" in response["Location"]


def test_audiences_and_policies_are_listed(portal, teammate, acme):
    Audience.objects.create(audience_id="17", name="Home bakers", people=120_000)
    document = PolicyDocument.objects.create(retailer_id="alpha", title="Guidelines")
    PolicyTerm.objects.create(document=document, kind="disallowed_term", text="miracle")
    client = portal(teammate)

    assert "120,000" in _text(client.get("/data/audiences/"))
    assert "miracle" in _text(client.get("/data/policies/"))
    assert "No policies yet" in _text(client.get("/data/policies/?kind=retailer_spec"))


def test_pages_ask_a_constant_number_of_queries(portal, teammate, candidate, django_assert_max_num_queries):
    client = portal(teammate)
    client.get("/data/crosswalk/")

    for path in ("/data/products/", f"/data/products/{candidate.product_id}/", "/data/crosswalk/"):
        with django_assert_max_num_queries(20):
            client.get(path)
