"""The list of imports: empty, filtered, sorted, closed to strangers, constant in queries."""

from datetime import timedelta
from html import unescape

from harmonization.models import ImportRun
from harmonization.tests.facts import DAY, make_fact, make_import


def test_empty_workspace_offers_upload_and_sample(acme, analyst, portal):
    page = portal(analyst).get("/data/").content.decode()

    assert "No data yet" in page
    assert "Import a simulated sample" in page
    assert "/t/acme/data/upload/" in page


def test_viewer_of_an_empty_workspace_is_offered_no_upload(acme, teammate, portal):
    page = portal(teammate).get("/data/").content.decode()

    assert "No data yet" in page
    assert "/data/upload/" not in page


def test_import_is_listed_with_rows_state_and_totals(acme, teammate, portal):
    make_import(file_name="june.csv", rows_read=112, rows_kept=110, rows_rejected=2, is_reconciled=True)

    page = portal(teammate).get("/data/").content.decode()

    assert "june.csv" in page
    assert "110 of 112" in page
    assert "Harmonized" in page
    assert "Reconciled" in page


def test_filters_are_in_the_address(acme, teammate, portal):
    make_import(file_name="alpha.csv", retailers=["alpha"], period_start=DAY, period_end=DAY)
    make_import(file_name="beta.csv", retailers=["beta"], period_start=DAY, period_end=DAY)
    client = portal(teammate)

    of_beta = client.get("/data/?retailer=beta").content.decode()
    of_july = client.get("/data/?start=2026-07-01").content.decode()
    refused = client.get(f"/data/?state={ImportRun.State.REFUSED}").content.decode()

    assert "beta.csv" in of_beta
    assert "alpha.csv" not in of_beta
    assert "No import matches these filters" in of_july
    assert "No import matches these filters" in refused


def test_list_is_sorted_by_the_column_asked_for(acme, teammate, portal):
    make_import(file_name="b.csv")
    make_import(file_name="a.csv")

    page = portal(teammate).get("/data/?sort=file_name").content.decode()

    assert page.index("a.csv") < page.index("b.csv")


def test_freshness_and_coverage_are_shown_by_retailer(acme, teammate, portal):
    run = make_import(headline=[{"retailer_id": "alpha", "retailer_name": "Alpha Market"}])
    make_fact(import_run=run, event_date=DAY)
    make_fact(import_run=run, event_date=DAY + timedelta(days=2))

    page = unescape(portal(teammate).get("/data/").content.decode())

    assert "Freshness by retailer" in page
    assert "Alpha Market" in page
    assert "2/3" in page
    assert "2\u00a0Jun\u00a02026" in page


def test_stranger_finds_no_list(acme, stranger, portal):
    assert portal(stranger).get("/data/").status_code == 404


def test_queries_stay_few_however_many_imports(acme, teammate, portal, django_assert_max_num_queries):
    for number in range(30):
        make_fact(import_run=make_import(), event_date=DAY + timedelta(days=number))
    client = portal(teammate)

    with django_assert_max_num_queries(16):
        client.get("/data/")
