"""Products and the crosswalk in the API, and by command."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from harmonization.models import Audience, CrosswalkCandidate, Product, ProductCode
from harmonization.tests.facts import make_fact


@pytest.fixture
def candidate(acme) -> CrosswalkCandidate:
    product = Product.objects.create(sku="OAT-12", name="Oat bar")
    ProductCode.objects.create(
        product=product, kind="item_id", retailer_id="alpha", code="s1", spelling="S1", source="file"
    )
    make_fact(sku_id="S1", cost=75)
    make_fact(sku_id="X9", campaign_id="C9", cost=25)
    return CrosswalkCandidate.objects.create(retailer_id="alpha", item_id="X9", product=product, confidence=0.97)


def test_products_are_read_with_their_codes(api, teammate, candidate):
    client = api(teammate)

    listed = client.get("/api/v1/products/?q=oat").json()["results"]
    one = client.get(f"/api/v1/products/{listed[0]['id']}/").json()

    assert [row["sku"] for row in listed] == ["OAT-12"]
    assert [(code["code"], code["spelling"]) for code in one["codes"]] == [("s1", "S1")]
    assert client.get("/api/v1/products/999999/").status_code == 404


def test_facts_are_joined_to_skus_where_known(api, teammate, candidate):
    rows = api(teammate).get("/api/v1/product-performance/?start=2026-06-01&end=2026-06-30").json()

    assert [(row["sku"], row["cost"]) for row in rows] == [("OAT-12", "75.000000")]
    assert (rows[0]["window_days"], rows[0]["touch"]) == (14, "click")
    assert api(teammate).get("/api/v1/product-performance/?start=soon").status_code == 400


def test_outcomes_of_different_windows_are_never_added_up(api, teammate, candidate):
    make_fact(sku_id="S1", campaign_id="C7", attribution_window_days=7)

    rows = api(teammate).get("/api/v1/product-performance/").json()

    assert sorted(row["window_days"] for row in rows) == [7, 14]


def test_the_join_rate_is_by_items_rows_and_spend(api, teammate, candidate):
    (rate,) = api(teammate).get("/api/v1/crosswalk/").json()

    assert (rate["by_items"], rate["by_rows"], rate["by_spend"]) == (0.5, 0.5, 0.75)


def test_a_decision_is_made_once_and_can_be_taken_back(api, analyst, candidate):
    client = api(analyst)
    path = f"/api/v1/crosswalk/candidates/{candidate.pk}/decision/"

    def decide(decision: str):
        return client.post(path, {"decision": decision}, content_type="application/json")

    assert decide("confirm").json()["state"] == "confirmed"
    assert decide("confirm").status_code == 409
    assert decide("undo").json()["state"] == "pending"
    assert decide("maybe").status_code == 400


def test_strangers_and_viewers_decide_nothing(api, teammate, stranger, candidate):
    path = f"/api/v1/crosswalk/candidates/{candidate.pk}/decision/"

    for person, status in ((teammate, 403), (stranger, 404)):
        sent = api(person).post(path, {"decision": "confirm"}, content_type="application/json")
        assert sent.status_code == status


def test_looking_for_matches_is_accepted_once(api, analyst, candidate):
    client = api(analyst)

    first, second = client.post("/api/v1/crosswalk/"), client.post("/api/v1/crosswalk/")

    assert first.status_code == second.status_code == 202
    assert first.json() == second.json()


@pytest.mark.parametrize("path", ["demand", "in-store-placements", "audiences", "policy-terms", "crosswalk/candidates"])
def test_lists_are_pages(api, teammate, candidate, path):
    Audience.objects.create(audience_id="17", name="Home bakers")

    answer = api(teammate).get(f"/api/v1/{path}/")

    assert answer.status_code == 200
    assert "results" in answer.json()


def _command(*arguments: str) -> dict:
    out = StringIO()
    call_command("crosswalk", *arguments, "--tenant", "acme", "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_shows_and_decides(acme, candidate, analyst):
    assert _command("rate")["rates"][0]["by_spend"] == 0.75
    assert _command("candidates")["waiting"] == 1

    decided = _command("confirm", str(candidate.pk), "--by", analyst.email)["decided"]

    assert decided[0]["state"] == "confirmed"
    assert _command("rate")["rates"][0]["by_spend"] == 1.0
    assert _command("undo", str(candidate.pk))["decided"][0]["state"] == "pending"


def test_the_command_looks_for_matches(acme, candidate):
    assert _command("run")["state"] == "done"


def test_the_command_refuses_in_words(acme, candidate):
    out = StringIO()

    with pytest.raises(SystemExit) as left:
        call_command("crosswalk", "confirm", "--tenant", "acme", "--json", stdout=out)

    assert left.value.code == 1
    assert json.loads(out.getvalue())["error"]["title"] == "No candidate is named"
