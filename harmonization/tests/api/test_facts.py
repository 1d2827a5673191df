"""Daily facts and mappings in the API."""

from datetime import timedelta

from harmonization.api.serializers import FactSerializer
from harmonization.rmis.registry import definition_of
from harmonization.tests.facts import DAY, make_fact, make_import


def test_facts_carry_money_as_text_with_currency_and_window(acme, teammate, api):
    make_fact()

    (fact,) = api(teammate).get("/api/v1/facts/").json()["results"]

    assert (fact["cost"], fact["currency"], fact["attribution_window_days"]) == ("25.000000", "USD", 14)
    assert fact["is_current"]


def test_facts_are_filtered_by_day_and_retailer(acme, teammate, api):
    make_fact(event_date=DAY)
    make_fact(event_date=DAY + timedelta(days=5))
    make_fact(event_date=DAY + timedelta(days=5), retailer_id="beta")

    found = api(teammate).get("/api/v1/facts/?start=2026-06-02&retailer=beta").json()["results"]

    assert [(fact["event_date"], fact["retailer_id"]) for fact in found] == [("2026-06-06", "beta")]


def test_restated_facts_come_only_when_asked_for(acme, teammate, api):
    make_fact(superseded_by=make_import())
    make_fact()
    client = api(teammate)

    assert len(client.get("/api/v1/facts/").json()["results"]) == 1
    assert len(client.get("/api/v1/facts/?superseded=true").json()["results"]) == 2


def test_facts_come_in_pages_with_a_cursor(acme, teammate, api):
    run = make_import()
    for number in range(5):
        make_fact(import_run=run, sku_id=f"S{number}")
    client = api(teammate)

    first = client.get("/api/v1/facts/?page_size=3").json()
    rest = client.get(first["next"]).json()

    skus = [fact["sku_id"] for fact in first["results"] + rest["results"]]
    assert skus == ["S4", "S3", "S2", "S1", "S0"]


def test_day_that_is_no_date_is_a_bad_request(acme, teammate, api):
    response = api(teammate).get("/api/v1/facts/?start=yesterday")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


def test_stranger_sees_no_facts(acme, stranger, api):
    make_fact()

    assert api(stranger).get("/api/v1/facts/").json()["results"] == []


def test_mappings_tell_what_becomes_of_each_column(acme, teammate, api):
    alpha = next(one for one in api(teammate).get("/api/v1/mappings/").json() if one["name"] == "alpha")

    revenue = next(line for line in alpha["columns"] if "sales_14d_usd" in line["source_columns"])
    assert (revenue["rmis_field"], revenue["part"]) == ("revenue", "outcome")
    assert "14-day click" in revenue["qualifier"]


def test_fields_are_described_by_the_registry():
    described = {name: field.help_text for name, field in FactSerializer().fields.items()}

    assert described["cost"] == definition_of("cost")
    assert all(described[name] == definition_of(name) for name in described if definition_of(name))
    assert [name for name, text in described.items() if not text] == ["id", "import_id"]
