"""The page of held days: what is at stake, both decisions, closed to viewers and strangers."""

from html import unescape

import polars as pl
import pytest
from django.utils import timezone

from harmonization.models import DailyFact, HeldDay
from harmonization.tests.facts import DAY, make_fact, make_import
from harmonization.tests.held import content_of


@pytest.fixture
def held(acme) -> HeldDay:
    known = make_import(file_name="whole.csv")
    for number in range(8):
        make_fact(import_run=known, sku_id=f"S{number}")
    return HeldDay.objects.create(
        import_run=make_import(file_name="part.csv", facts_written=0),
        retailer_id="alpha",
        event_date=DAY,
        held_at=timezone.now(),
        reason="“Spring” would go from 8 rows to 1.",
        facts_before=8,
        facts_after=1,
        cost_before=200,
        cost_after=25,
        currency="USD",
        content=content_of({"sku_id": "S0"}),
    )


def test_page_says_what_is_lost_and_by_which_file(held, analyst, portal):
    page = unescape(portal(analyst).get("/data/held/").content.decode())

    assert "would go from 8 rows to 1" in page
    assert "8 rows with $200.00 now, 1 rows with $25.00 in the new file" in page
    assert "part.csv" in page


def test_accepting_replaces_the_day(held, analyst, portal):
    response = portal(analyst).post(f"/data/held/{held.pk}/accept/", follow=True)

    assert "The new version is in place" in response.content.decode()
    assert DailyFact.objects.current().count() == 1


def test_refusing_leaves_the_day(held, analyst, portal):
    portal(analyst).post(f"/data/held/{held.pk}/refuse/")

    assert DailyFact.objects.current().count() == 8
    assert HeldDay.objects.get().decided_by == analyst


def test_second_decision_is_refused_with_a_reason(held, analyst, portal):
    client = portal(analyst)
    client.post(f"/data/held/{held.pk}/refuse/")

    response = client.post(f"/data/held/{held.pk}/accept/", follow=True)

    assert "decided already" in response.content.decode()
    assert DailyFact.objects.current().count() == 8


def test_viewer_sees_but_does_not_decide(held, teammate, portal):
    client = portal(teammate)

    assert "Replace it" not in client.get("/data/held/").content.decode()
    assert client.post(f"/data/held/{held.pk}/accept/").status_code == 403


def test_stranger_finds_no_held_day(held, stranger, portal):
    assert portal(stranger).post(f"/data/held/{held.pk}/accept/").status_code == 404
    assert portal(stranger, "globex").post(f"/data/held/{held.pk}/accept/").status_code == 404
    assert held.import_run.file_name not in portal(stranger, "globex").get("/data/held/").content.decode()


def test_data_page_and_dashboard_lead_to_what_waits(held, analyst, portal):
    client = portal(analyst)

    for address in ("/data/", "/"):
        assert "1 held day" in client.get(address).content.decode()


def test_content_is_the_days_facts(held):
    assert pl.read_parquet(bytes(held.content)).height == 1
