"""Assumptions: shown with their source, changed with an audit event."""

from decimal import Decimal

import pytest

from campaigns.models import IncrementalityAssumption
from tenants.models import AuditEvent

MEASURED = {"mean": "0.5", "low": "0.4", "high": "0.6", "source": "geo test, June 2026"}


def test_retailers_nobody_set_carry_the_default_and_say_so(portal, teammate, market):
    page = portal(teammate).get("/plans/assumptions/").content.decode()

    assert page.count("assumed; no experiment yet") == 2
    assert "Amazon" in page


def test_without_data_the_page_says_where_they_come_from(portal, teammate, acme):
    assert b"No retailer yet" in portal(teammate).get("/plans/assumptions/").content


def test_a_measured_value_replaces_the_default(portal, analyst, market):
    portal(analyst).post("/plans/assumptions/amazon/", MEASURED)

    stored = IncrementalityAssumption.objects.get()
    assert (stored.mean, stored.source) == (Decimal("0.500"), "geo test, June 2026")
    assert AuditEvent.objects.first().kind == "assumption.changed"


@pytest.mark.parametrize("wrong", [{"low": "0.7"}, {"high": "1.2"}, {"source": ""}, {"mean": "much"}])
def test_what_is_not_a_range_is_refused(portal, analyst, market, wrong):
    answer = portal(analyst).post("/plans/assumptions/amazon/", MEASURED | wrong)

    assert answer.status_code == 422
    assert not IncrementalityAssumption.objects.exists()


def test_an_unknown_retailer_is_404(portal, analyst, market):
    assert portal(analyst).get("/plans/assumptions/tesco/").status_code == 404
