"""Anomalies and held days in the API: lists, decisions, conflicts, strangers."""

import pytest
from django.utils import timezone

from harmonization.models import Anomaly, DailyFact, HeldDay
from harmonization.tests.facts import DAY, make_fact, make_import
from harmonization.tests.held import content_of


@pytest.fixture
def anomaly(acme) -> Anomaly:
    now = timezone.now()
    return Anomaly.objects.create(
        retailer_id="alpha", event_date=DAY, kind="gap", summary="Missing", oddness=0, found_at=now, last_found_at=now
    )


@pytest.fixture
def held(acme) -> HeldDay:
    make_fact()
    return HeldDay.objects.create(
        import_run=make_import(),
        retailer_id="alpha",
        event_date=DAY,
        held_at=timezone.now(),
        facts_before=1,
        facts_after=1,
        cost_before=25,
        cost_after=1,
        currency="USD",
        content=content_of({"cost": 1}),
    )


def test_anomalies_are_filtered_by_state_and_retailer(anomaly, teammate, api):
    client = api(teammate)

    assert len(client.get("/api/v1/anomalies/?state=open&retailer=alpha").json()["results"]) == 1
    assert client.get("/api/v1/anomalies/?state=explained").json()["results"] == []
    assert client.get("/api/v1/anomalies/?state=odd").status_code == 400


def test_anomaly_is_explained_with_a_note(anomaly, analyst, api):
    client = api(analyst)

    refused = client.post(f"/api/v1/anomalies/{anomaly.pk}/decide/", {"state": "explained"})
    kept = client.post(f"/api/v1/anomalies/{anomaly.pk}/decide/", {"state": "explained", "note": "Holiday"})

    assert (refused.status_code, refused.json()["where"]) == (400, "note")
    assert (kept.json()["state"], kept.json()["decided_by"]) == ("explained", "analyst@example.com")
    assert client.get(f"/api/v1/anomalies/{anomaly.pk}/").json()["note"] == "Holiday"


def test_held_day_is_accepted_once(held, analyst, api):
    client = api(analyst)
    listed = client.get("/api/v1/held-days/?state=waiting").json()["results"]

    accepted = client.post(f"/api/v1/held-days/{held.pk}/accept/")
    again = client.post(f"/api/v1/held-days/{held.pk}/refuse/")

    assert [one["id"] for one in listed] == [str(held.pk)]
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")
    assert DailyFact.objects.current().get().cost == 1
    assert (again.status_code, again.json()["title"]) == (409, "This day is decided already")


def test_viewer_reads_and_does_not_decide(held, anomaly, teammate, api):
    client = api(teammate)

    assert client.get("/api/v1/held-days/").status_code == 200
    assert client.post(f"/api/v1/held-days/{held.pk}/accept/").status_code == 403
    assert client.post(f"/api/v1/anomalies/{anomaly.pk}/decide/", {"state": "open"}).status_code == 403


def test_stranger_finds_nothing(held, anomaly, stranger, api):
    client = api(stranger)

    assert client.get("/api/v1/anomalies/").json()["results"] == []
    assert client.get("/api/v1/held-days/").json()["results"] == []
    assert client.get(f"/api/v1/anomalies/{anomaly.pk}/").status_code == 404
    assert client.post(f"/api/v1/held-days/{held.pk}/accept/").status_code == 404
