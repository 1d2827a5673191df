"""Fixtures of the campaigns tests."""

import pytest
from django.utils import timezone

from campaigns.models import Plan
from campaigns.services.drafting import draft_plan
from campaigns.services.planning import plan_now
from campaigns.tests.market import BRIEF, stock_market


@pytest.fixture
def django_now():
    return timezone.now()


@pytest.fixture
def market(acme):
    """Daily facts of a small market with known curves."""
    stock_market()


@pytest.fixture
def draft(market, analyst) -> Plan:
    """The analyst's draft with a feasible brief."""
    return draft_plan(brief=BRIEF, by=analyst, name="Spring push")


@pytest.fixture
def proposed(draft, analyst) -> Plan:
    """The same, planned."""
    return plan_now(plan=draft, method="convex", by=analyst)
