"""The list of imports looks after itself while a worker is at one of them."""

import pytest

from harmonization.models import ImportRun
from harmonization.tests.facts import make_import
from tenants.services.operations import start_operation

HTMX = {"HX-Request": "true"}


@pytest.fixture
def unfinished(acme, owner) -> ImportRun:
    run = make_import(file_name="june.csv", state=ImportRun.State.WAITING)
    run.operation = start_operation(kind="harmonize", title="Harmonize june.csv", by=owner, parameters={})
    run.save()
    return run


def test_list_asks_again_while_an_import_is_unfinished(unfinished, teammate, portal):
    page = portal(teammate).get("/data/?ordering=id").content.decode()

    assert 'hx-get="/t/acme/data/?ordering=id"' in page
    assert 'hx-trigger="load delay:2s"' in page


def test_finished_list_does_not_ask_again(acme, teammate, portal):
    make_import(file_name="june.csv")

    assert "hx-trigger" not in portal(teammate).get("/data/").content.decode()


def test_asking_list_gets_itself_while_the_work_goes_on(unfinished, teammate, portal):
    answer = portal(teammate).get("/data/", headers=HTMX)

    assert "june.csv" in answer.content.decode()
    assert "HX-Refresh" not in answer


def test_asking_list_is_told_to_load_the_page_when_all_is_done(acme, teammate, portal):
    make_import(file_name="june.csv")

    assert portal(teammate).get("/data/", headers=HTMX)["HX-Refresh"] == "true"


def test_retailers_are_called_by_their_names(acme, teammate, portal):
    make_import(retailers=["alpha", "beta"], headline=[{"retailer_id": "alpha", "retailer_name": "Alpha Stores"}])

    assert "Alpha Stores, beta" in portal(teammate).get("/data/").content.decode()
