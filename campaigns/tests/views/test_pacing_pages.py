"""Pacing by page and API."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from campaigns.models import Plan, PlanCell
from campaigns.services.approval import approve_plan
from campaigns.services.resolving import edit_and_solve
from campaigns.tests.market import START
from harmonization.models import DailyFact


@pytest.fixture
def running(proposed, analyst, manager) -> Plan:
    """An approved plan whose flight covers the market's own days, which all lie in the past."""
    period = {"start": START.isoformat(), "end": (START + timedelta(days=69)).isoformat()}
    plan = edit_and_solve(
        plan=proposed, constraints=proposed.constraints | period, version=proposed.version, by=analyst
    )
    return approve_plan(plan=plan, by=manager, version=plan.version, now=timezone.now())


def test_spend_is_that_of_the_facts_and_the_target_that_of_the_plan(api, analyst, running):
    told = api(analyst).get(f"/api/v1/plans/{running.pk}/pacing/").json()

    facts = DailyFact.objects.filter(retailer_id="amazon")
    amazon = next(row for row in told["retailers"] if row["retailer_id"] == "amazon")
    assert amazon["spent"] == pytest.approx(float(sum(fact.cost for fact in facts)))
    assert amazon["planned"] == pytest.approx(
        float(sum(cell.proposed_spend for cell in PlanCell.objects.filter(retailer_id="amazon")))
    )
    assert told["elapsed_days"] == told["days"] == 70
    assert date.fromisoformat(told["as_of"]) == START + timedelta(days=69)


def test_missing_days_are_named(portal, analyst, running):
    DailyFact.objects.filter(retailer_id="walmart", event_date=START + timedelta(days=2)).delete()

    page = portal(analyst).get(f"/plans/{running.pk}/pacing/").content.decode()

    assert "Walmart: 1 of 70 days have no data" in page
    assert "04 Mar" in page


def test_the_page_shows_every_retailer_and_the_course(portal, analyst, running):
    page = portal(analyst).get(f"/plans/{running.pk}/pacing/").content.decode()

    for text in ("By retailer", "Course of the flight", "Amazon", "Walmart", "All retailers", "Projected end"):
        assert text in page


def test_a_plan_that_is_not_approved_has_no_pace(portal, api, analyst, proposed):
    assert b"Approve this plan first" in portal(analyst).get(f"/plans/{proposed.pk}/pacing/").content
    assert api(analyst).get(f"/api/v1/plans/{proposed.pk}/pacing/").status_code == 409


def test_a_flight_still_to_come_says_so(portal, manager, proposed):
    approve_plan(plan=proposed, by=manager, version=proposed.version, now=timezone.now())

    assert b"It has not started" in portal(manager).get(f"/plans/{proposed.pk}/pacing/").content


def test_a_stranger_finds_nothing(portal, api, stranger, running):
    assert portal(stranger).get(f"/plans/{running.pk}/pacing/").status_code == 404
    assert api(stranger).get(f"/api/v1/plans/{running.pk}/pacing/").status_code == 404
