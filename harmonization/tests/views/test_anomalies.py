"""Pages about anomalies: the list, the detail, the decision; closed to viewers and strangers."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from harmonization.models import Anomaly
from harmonization.tests.facts import DAY, make_fact


@pytest.fixture
def anomaly(acme) -> Anomaly:
    make_fact()
    return make_anomaly()


def make_anomaly(**changes) -> Anomaly:
    values = {
        "retailer_id": "alpha",
        "event_date": DAY,
        "kind": "outlier",
        "metric": "cost",
        "summary": "Cost is far above what is usual",
        "observed": "2,500.00 USD",
        "expected": "210.00 USD to 290.00 USD",
        "oddness": 14.2,
        "odds": "less than once in a million ordinary days",
        "cause": "Cost is about ten times what is usual.",
        "advice": "Compare with the console.",
        "found_at": timezone.now(),
        "last_found_at": timezone.now(),
    }
    return Anomaly.objects.create(**(values | changes))


def test_list_shows_open_ones_unless_asked_for_others(anomaly, teammate, portal):
    make_anomaly(event_date=DAY + timedelta(days=1), summary="Old news", state="explained")
    client = portal(teammate)

    assert "Old news" not in client.get("/data/anomalies/").content.decode()
    assert "Old news" in client.get("/data/anomalies/?state=explained").content.decode()


def test_list_is_filtered_by_a_retailer_of_the_workspace(anomaly, teammate, portal):
    client = portal(teammate)

    assert '<option value="alpha">Alpha</option>' in client.get("/data/anomalies/").content.decode()
    assert anomaly.summary not in client.get("/data/anomalies/?retailer=beta").content.decode()


def test_detail_says_where_expected_how_odd_why_and_what_to_do(anomaly, teammate, portal):
    page = unescape(portal(teammate).get(f"/data/anomalies/{anomaly.pk}/").content.decode())

    for words in ("Alpha, 1\u00a0Jun\u00a02026", anomaly.expected, "+14.2 robust", anomaly.cause, anomaly.advice):
        assert words in page


def test_explanation_is_kept_with_who_and_when(anomaly, analyst, portal):
    client = portal(analyst)

    response = client.post(
        f"/data/anomalies/{anomaly.pk}/decide/", {"state": "explained", "note": "Prime day"}, follow=True
    )

    assert "Explained by analyst@example.com" in response.content.decode()
    assert Anomaly.objects.get().note == "Prime day"


def test_explanation_without_words_is_asked_for_again(anomaly, analyst, portal):
    response = portal(analyst).post(f"/data/anomalies/{anomaly.pk}/decide/", {"state": "explained", "note": " "})

    assert response.status_code == 422
    assert "Say in a sentence what happened" in response.content.decode()


def test_viewer_does_not_decide(anomaly, teammate, portal):
    client = portal(teammate)

    assert "Your decision" not in client.get(f"/data/anomalies/{anomaly.pk}/").content.decode()
    assert client.post(f"/data/anomalies/{anomaly.pk}/decide/", {"state": "acknowledged"}).status_code == 403


def test_stranger_finds_no_anomaly(anomaly, stranger, portal):
    for slug in ("acme", "globex"):
        assert portal(stranger, slug).get(f"/data/anomalies/{anomaly.pk}/").status_code == 404
    assert anomaly.summary not in portal(stranger, "globex").get("/data/anomalies/").content.decode()


def test_dashboard_tells_of_open_anomalies(anomaly, teammate, portal):
    page = portal(teammate).get("/").content.decode()

    assert "1 open anomaly" in page
    assert anomaly.summary in page


def test_workspace_without_anomalies_says_why(acme, teammate, portal):
    assert "Nothing odd is waiting" in portal(teammate).get("/data/anomalies/").content.decode()


def test_filter_that_is_no_date_does_not_break_the_list(anomaly, teammate, portal):
    assert portal(teammate).get("/data/anomalies/?start=yesterday").status_code == 200
