"""Experiments in the portal: asked, designed, registered, read and applied by clicking."""

import pytest

from campaigns.models import Experiment, IncrementalityAssumption
from campaigns.tests.experiments import DAYS, GEO_WISH, START, TEST, csv_file, sales_csv

ASKED = {
    "name": "Does search bring new sales?",
    "hypothesis": "Search ads raise sales.",
    "design": "geo",
    "retailer": "amazon",
    "outcome_unit": "revenue",
    "planned_spend": "8000",
    "currency": "USD",
}
WISH = {key: value for key, value in GEO_WISH.items() if key not in {"cost", "lifts"}} | {"sizes": "4, 6"}


def test_the_whole_way_by_clicking(portal, analyst, market, kept_files, run_operations):
    client = portal(analyst)
    client.post("/experiments/new/", ASKED | {"history": csv_file(sales_csv())})
    experiment = Experiment.objects.get()
    page = f"/experiments/{experiment.pk}/"

    client.post(f"{page}design/", WISH)
    assert run_operations() == ["done"]
    designed = client.get(page).content.decode()
    client.post(f"{page}register/", {"candidate": "0", "start_on": START.isoformat()})
    registered = client.get(page).content.decode()
    experiment.refresh_from_db()
    content = sales_csv(days=DAYS + TEST, treated=tuple(experiment.frozen["treated"]), lift=0.12)
    client.post(f"{page}read/", {"results": csv_file(content, "results.csv"), "cost": "cost"})
    assert run_operations() == ["done"]
    read = client.get(page).content.decode()
    client.post(f"{page}apply/")
    applied = IncrementalityAssumption.objects.get()
    client.post(f"{page}undo/")

    assert "False alarms where nothing was put in" in designed
    assert "Design 3 treats" in designed
    assert experiment.registration_digest in registered
    assert "SQL for a clean room" in registered
    assert "The treated units rose" in read
    assert "it had a power of" in read
    assert applied.source.startswith("experiment “Does search")
    assert IncrementalityAssumption.objects.get().source == "assumed; no experiment yet"


def test_a_file_that_is_no_table_is_refused_over_the_form_that_keeps_its_answers(portal, analyst, market, kept_files):
    answer = portal(analyst).post("/experiments/new/", ASKED | {"history": csv_file(b"\x00\x01", "sales.csv")})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "sales.csv" in page
    assert "Search ads raise sales." in page
    assert not Experiment.objects.exists()


@pytest.mark.parametrize("sizes", ["", "four", "0", "4;6"])
def test_sizes_that_are_no_numbers_are_refused(portal, analyst, geo_draft, sizes):
    answer = portal(analyst).post(f"/experiments/{geo_draft.pk}/design/", WISH | {"sizes": sizes})

    assert answer.status_code == 422
    assert Experiment.objects.get().candidates


def test_a_failed_design_shows_where_and_how_to_fix(portal, analyst, geo_draft, run_operations):
    portal(analyst).post(f"/experiments/{geo_draft.pk}/design/", WISH | {"outcome": "geo"})
    run_operations()

    page = portal(analyst).get(f"/experiments/{geo_draft.pk}/").content.decode()

    assert "A value is no number" in page
    assert "design again" in page


def test_results_without_a_registered_column_are_refused_on_the_page(portal, analyst, registered):
    file = csv_file(b"geo,day,turnover\na,2026-05-01,1\n")

    answer = portal(analyst).post(f"/experiments/{registered.pk}/read/", {"results": file, "cost": ""})

    assert answer.status_code == 422
    assert "There is no column “sales”" in answer.content.decode()


def test_the_readout_is_a_file_with_its_design(portal, teammate, read):
    answer = portal(teammate).get(f"/experiments/{read.pk}/readout/")

    assert answer.json()["design"]["treated"] == read.frozen["treated"]
    assert answer.json()["readout"]["p_value"] == read.readout["p_value"]


def test_without_a_readout_there_is_no_file(portal, teammate, registered):
    assert portal(teammate).get(f"/experiments/{registered.pk}/readout/").status_code == 404


def test_stop_asks_for_a_reason_and_keeps_it(portal, analyst, registered):
    client = portal(analyst)
    client.post(f"/experiments/{registered.pk}/stop/")
    assert Experiment.objects.get().state == "registered"

    client.post(f"/experiments/{registered.pk}/stop/", {"reason": "Out of stock"})

    assert "stopped: Out of stock" in client.get(f"/experiments/{registered.pk}/").content.decode()


def test_a_viewer_sees_and_may_not_act(portal, teammate, registered):
    client = portal(teammate)

    assert client.post(f"/experiments/{registered.pk}/stop/", {"reason": "no"}).status_code == 403
    assert "Upload results" not in client.get(f"/experiments/{registered.pk}/").content.decode()


@pytest.mark.parametrize("part", ["", "progress/", "design/", "register/", "read/", "readout/", "apply/", "stop/"])
def test_a_stranger_finds_nothing(portal, stranger, read, part):
    assert portal(stranger).get(f"/t/acme/experiments/{read.pk}/{part}").status_code == 404
    assert portal(stranger, "globex").get(f"/experiments/{read.pk}/{part}").status_code == 404


def test_the_list_names_state_and_result_in_few_queries(portal, teammate, read, django_assert_max_num_queries):
    client = portal(teammate)
    client.get("/experiments/")

    with django_assert_max_num_queries(14):
        page = client.get("/experiments/").content.decode()

    assert "Does search bring new sales?" in page
    assert "Lift 1" in page


def test_the_plans_page_leads_to_experiments(portal, teammate, acme):
    assert "/t/acme/experiments/" in portal(teammate).get("/plans/").content.decode()
