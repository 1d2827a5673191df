"""Exchange rates in the API, and facts in the currency of the workspace."""

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from harmonization.models import FxRate
from harmonization.tests.facts import DAY, make_fact, make_import

URL = "/api/v1/fx-rates/"


def post(client, text):
    return client.post(URL, {"file": SimpleUploadedFile("hist.csv", text.encode())}, format="multipart")


def test_a_file_is_taken_in_and_listed(acme, owner, api):
    answer = post(api(owner), "Date,USD\n2026-01-09,1.0812\n")

    assert (answer.status_code, answer.json()["new"]) == (201, 1)
    (rate,) = api(owner).get(URL).json()["results"]
    assert (rate["base"], rate["quote"], rate["rate"]) == ("EUR", "USD", "1.0812000000")


def test_a_doubtful_file_is_a_problem(acme, owner, api):
    answer = post(api(owner), "Date,USD\n2026-01-09,cheap\n")

    assert (answer.status_code, answer.json()["where"]) == (422, "hist.csv, line 2, USD")


def test_facts_say_their_cost_in_the_workspaces_currency_with_rate_and_day(acme, teammate, api):
    FxRate.objects.create(date=DAY, base="EUR", quote="USD", rate=Decimal("1.2"), source="ECB")
    make_fact(currency="EUR")

    (fact,) = api(teammate).get("/api/v1/facts/").json()["results"]

    assert (fact["cost_reporting"], fact["fx_rate"], fact["fx_date"]) == ("30.000000", "1.2000000000", "2026-06-01")


def test_facts_without_a_rate_have_no_cost_in_it(acme, teammate, api):
    make_fact(currency="EUR")

    (fact,) = api(teammate).get("/api/v1/facts/").json()["results"]

    assert (fact["cost_reporting"], fact["fx_rate"], fact["reporting_currency"]) == (None, None, "USD")


def test_facts_say_how_their_import_means_them(acme, teammate, api):
    run = make_import(conventions={"date_basis": "order", "vat_included": True, "vat_rate": "0.19"})
    make_fact(import_run=run)
    make_fact(event_date=DAY.replace(day=2))

    found = api(teammate).get("/api/v1/facts/").json()["results"]

    stated, unstated = sorted(found, key=lambda fact: fact["event_date"])
    assert (stated["date_basis"], stated["vat_included"], stated["vat_rate"]) == ("order", True, "0.19")
    assert (unstated["date_basis"], unstated["vat_included"]) == (None, None)
