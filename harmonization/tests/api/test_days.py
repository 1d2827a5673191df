"""Calendar, history, differences and freshness in the API, and facts as of a moment."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from harmonization.models import DailyFact
from harmonization.services.rollups import RetailerDayKey, record_versions
from harmonization.services.uploads import receive_upload
from harmonization.tests.facts import DAY, make_fact, make_import
from harmonization.tests.files import upload

DAY_QUERY = f"retailer=alpha&day={DAY}"
AMAZON_DAY = "2026-06-01"


@pytest.fixture
def known(acme):
    run = make_import()
    make_fact(import_run=run)
    days = [RetailerDayKey(retailer_id="alpha", event_date=DAY)]
    record_versions(days=days, import_run=run, at=timezone.now(), by=None, read_on=DAY)
    return run


def test_calendar_gives_each_day_its_state(known, teammate, api):
    (row,) = api(teammate).get(f"/api/v1/calendar/?start={DAY}&end={DAY + timedelta(days=1)}").json()

    assert [day["state"] for day in row["days"]] == ["present", "none"]


@pytest.mark.parametrize("query", ["", "start=2026-06-01", "start=x&end=y", "start=2026-06-02&end=2026-06-01"])
def test_period_that_cannot_be_shown_is_a_bad_request(acme, teammate, api, query):
    response = api(teammate).get(f"/api/v1/calendar/?{query}")

    assert response.status_code == 400
    assert response.json()["where"]


def test_history_has_versions_and_figures_of_the_moment(known, teammate, api):
    client = api(teammate)
    before = quote((timezone.now() - timedelta(days=1)).isoformat())

    now = client.get(f"/api/v1/day-history/?{DAY_QUERY}").json()
    then = client.get(f"/api/v1/day-history/?{DAY_QUERY}&as_of={before}").json()

    assert (now["versions"][0]["import_id"], now["figures"][0]["cost"]) == (str(known.pk), "25.000000")
    assert then["figures"] == []
    assert client.get(f"/api/v1/day-history/?{DAY_QUERY}&as_of=soon").status_code == 400


def test_difference_explains_the_consoles_figure(known, teammate, api):
    client = api(teammate)

    found = client.get(f"/api/v1/differences/?{DAY_QUERY}&metric=cost&console=25.00").json()

    assert (found["harmonized"], found["currency"]) == ("25.000000", "USD")
    assert found["explanation"]["best"]["reason"] == "same"
    for wrong, status in (("metric=roas", 400), ("metric=cost&console=nan", 400), ("metric=cost&console=1e999", 400)):
        assert client.get(f"/api/v1/differences/?{DAY_QUERY}&{wrong}").status_code == status


def test_other_window_of_the_file_explains_the_consoles_figure(
    acme, analyst, teammate, api, run_operations, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    receive_upload(file=upload("sp.csv", amazon()), file_name="sp.csv", mapping_name="amazon_sp_v3", by=analyst)
    assert run_operations() == ["done"]
    query = f"retailer=amazon&day={AMAZON_DAY}&metric=revenue&console=70.25"

    found = api(teammate).get(f"/api/v1/differences/?{query}").json()

    assert found["explanation"]["best"]["reason"] == "attribution_window"
    assert "30-day click" in found["explanation"]["best"]["sentence"]
    assert found["explanation"]["unexplained"] == "0"


def amazon() -> bytes:
    return (
        "date,campaignId,campaignName,impressions,clicks,cost,sales7d,sales14d,sales30d,purchases14d,"
        "campaignBudgetCurrencyCode\n"
        f"{AMAZON_DAY},C1,Spring,1000,20,16.40,41.00,55.50,70.25,3,USD\n"
    ).encode()


def test_freshness_tells_the_last_day_and_what_is_due(known, teammate, api):
    (row,) = api(teammate).get("/api/v1/freshness/").json()

    assert (row["retailer_id"], row["last_event_date"], row["due_on"], row["late_days"]) == (
        "alpha",
        str(DAY),
        None,
        0,
    )


def test_facts_are_filtered_by_channel_and_advertiser_and_moment(known, teammate, api):
    client = api(teammate)
    DailyFact.objects.update(known_until=timezone.now(), superseded_by=make_import())
    long_ago = quote((timezone.now() - timedelta(days=1)).isoformat())
    when_known = quote((DailyFact.objects.get().known_until - timedelta(milliseconds=1)).isoformat())

    assert client.get("/api/v1/facts/").json()["results"] == []
    assert client.get(f"/api/v1/facts/?as_of={long_ago}").json()["results"] == []
    assert len(client.get("/api/v1/facts/?superseded=true&channel=onsite").json()["results"]) == 1
    assert client.get("/api/v1/facts/?superseded=true&advertiser=A9").json()["results"] == []
    assert len(client.get(f"/api/v1/facts/?as_of={when_known}").json()["results"]) == 1


def test_filter_that_does_not_exist_is_refused_with_the_one_that_was_meant(known, teammate, api):
    response = api(teammate).get("/api/v1/facts/?retailr=alpha")

    assert (response.status_code, response.json()["where"]) == (400, "retailr")
    assert "retailer" in response.json()["fix"]


def test_stranger_sees_nothing_of_it(known, stranger, api):
    client = api(stranger)

    assert client.get(f"/api/v1/calendar/?start={DAY}&end={DAY}").json() == []
    assert client.get(f"/api/v1/day-history/?{DAY_QUERY}").status_code == 404
    assert client.get(f"/api/v1/differences/?{DAY_QUERY}&metric=cost").status_code == 404
    assert client.get("/api/v1/freshness/").json() == []
