"""Fixtures of the campaigns tests."""

import pytest
from django.utils import timezone

from campaigns.models import Experiment, Plan
from campaigns.services.drafting import draft_plan
from campaigns.services.experiment_designing import design_now, request_designs
from campaigns.services.experiment_reading import keep_results, read_now, store_readout
from campaigns.services.experiments import draft_experiment, register_experiment
from campaigns.services.planning import plan_now
from campaigns.tests.experiments import DAYS, GEO_WISH, START, TEST, csv_file, new_experiment, sales_csv
from campaigns.tests.market import BRIEF, stock_market
from tenants.models import Operation


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


@pytest.fixture
def kept_files(settings, tmp_path):
    """Uploads go to a folder of the test."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def geo_draft(acme, analyst, kept_files) -> Experiment:
    """A geo test with its history and designs."""
    draft = draft_experiment(new=new_experiment(), by=analyst, history=csv_file(sales_csv()))
    request_designs(experiment=draft, wish=GEO_WISH, by=analyst)
    Operation.objects.all().delete()
    return design_now(experiment=Experiment.objects.get(pk=draft.pk))


@pytest.fixture
def registered(geo_draft, analyst, django_now) -> Experiment:
    """The same, frozen."""
    return register_experiment(experiment=geo_draft, candidate=0, start_on=START, by=analyst, now=django_now)


@pytest.fixture
def read(registered, analyst) -> Experiment:
    """The same, read: a lift of 12 % at an iROAS of 2."""
    content = sales_csv(days=DAYS + TEST, treated=tuple(registered.frozen["treated"]), lift=0.12)
    keep_results(experiment=registered, results=csv_file(content, "results.csv"), cost="cost")
    found = read_now(experiment=registered, cost="cost")
    return store_readout(experiment=registered, readout=found, by=analyst)
