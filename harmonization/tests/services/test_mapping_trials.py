"""A version is tried on past files: rows and totals are compared, and no fact is written."""

import pytest

from harmonization.mapping.library import library_text
from harmonization.models import DailyFact, ImportRun
from harmonization.services.mapping_versions import save_version
from harmonization.tests.files import ROWS, alpha_file
from tenants.models import Operation


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def client(acme, analyst, portal, run_operations):
    client = portal(analyst)
    client.post("/data/upload/", {"exports": alpha_file()})
    run_operations()
    return client


def saved(analyst, old, new):
    text = library_text(name="alpha")
    assert old in text
    save_version(name="alpha", text=text.replace(old, new), note="", parent_number=0, by=analyst)


def tried(client, run_operations, number):
    response = client.post(f"/data/mappings/alpha/versions/{number}/try/")
    states = run_operations()
    operation = Operation.objects.get(kind="try_mapping")
    assert states == ["done"]
    assert response.url.endswith(f"/activity/{operation.pk}/")
    return operation


def test_the_same_version_makes_no_difference(client, run_operations):
    operation = tried(client, run_operations, 0)

    page = client.get(operation.result_url).content.decode()
    assert operation.result["files"][0]["kept_after"] == ROWS
    assert "No difference" in page


def test_another_unit_shows_in_the_totals_and_writes_nothing(client, analyst, run_operations):
    saved(analyst, "cost: {from: spend_usd,", "cost: {from: spend_usd, unit: percent,")
    facts = list(DailyFact.objects.values_list("pk", "cost"))

    operation = tried(client, run_operations, 1)

    totals = {one["metric"]: one for one in operation.result["files"][0]["totals"]}
    assert float(totals["cost"]["after"]) == pytest.approx(float(totals["cost"]["before"]) / 100)
    assert float(totals["clicks"]["difference"]) == 0
    assert "Differs" in client.get(operation.result_url).content.decode()
    assert list(DailyFact.objects.values_list("pk", "cost")) == facts
    assert ImportRun.objects.count() == 1


def test_a_file_the_version_cannot_read_is_named(client, analyst, run_operations):
    saved(analyst, "spend_usd", "media_cost")

    operation = tried(client, run_operations, 1)

    page = client.get(operation.result_url).content.decode()
    assert "Cannot be read" in page
    assert "media_cost" in page


def test_a_mapping_without_past_files_says_so(client, run_operations):
    response = client.post("/data/mappings/zepto/versions/0/try/")
    run_operations()

    operation = Operation.objects.get(kind="try_mapping")
    assert response.status_code == 302
    assert "No past file" in client.get(operation.result_url).content.decode()


def test_viewer_and_stranger_may_not_try(client, teammate, stranger, portal):
    address = "/data/mappings/alpha/versions/0/try/"

    assert portal(teammate).post(address).status_code == 403
    assert portal(stranger).post(address).status_code == 404
