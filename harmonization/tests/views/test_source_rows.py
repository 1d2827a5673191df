"""From a figure to the rows of its file: the day's campaigns, their rows, one row with its cells."""

from html import unescape

import pytest

from harmonization.models import DailyFact, ImportRun
from harmonization.services.uploads import receive_upload, tenant_folder
from harmonization.tests.files import LAST_DAY, alpha_bytes, alpha_with_bad_date, upload

DAY_PAGE = f"/data/days/alpha/{LAST_DAY}/"


@pytest.fixture
def imported(acme, analyst, run_operations, settings, tmp_path):
    settings.DATA_DIR = tmp_path

    def do(content: bytes, name: str = "june.csv"):
        run, _ = receive_upload(file=upload(name, content), file_name=name, mapping_name="alpha", by=analyst)
        assert run_operations() == ["done"]
        return run

    return do


def words(client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def campaign(**wanted):
    return DailyFact.objects.current().filter(event_date=LAST_DAY, **wanted).first().campaign_id


def test_a_campaign_of_the_day_leads_to_its_rows_which_add_up_to_the_figure(imported, teammate, portal):
    imported(alpha_bytes())
    client, chosen = portal(teammate), campaign()

    day, rows = words(client, DAY_PAGE), words(client, f"{DAY_PAGE}rows/?campaign={chosen}")

    assert f"{DAY_PAGE}rows/?campaign={chosen}" in day
    assert rows.count("the rows add up to it exactly") == 4
    assert "june.csv" in rows


def test_rows_of_a_restated_day_are_those_of_the_newer_file(imported, teammate, portal):
    imported(alpha_bytes())
    imported(alpha_bytes() + b"\n", name="again.csv")

    rows = words(portal(teammate), f"{DAY_PAGE}rows/?campaign={campaign()}")

    assert "again.csv" in rows
    assert "june.csv" not in rows


def test_a_row_shows_each_cell_and_what_became_of_it(imported, teammate, portal):
    run = imported(alpha_bytes())

    page = words(portal(teammate), f"/data/imports/{run.pk}/rows/2/")

    assert "spend_usd" in page
    assert "said by the mapping" in page
    assert "event_id" in page


def test_a_rejected_row_is_shown_with_its_cells_and_said_to_be_rejected(imported, teammate, portal):
    run = imported(alpha_with_bad_date())
    last = run.rows_read if (run := ImportRun.objects.get(pk=run.pk)) else 0

    page = words(portal(teammate), f"/data/imports/{run.pk}/rows/{last + 1}/")

    assert "This row was not harmonized" in page
    assert "2026-13-45" in page


@pytest.mark.parametrize("row", [0, 1, 999_999])
def test_a_row_the_file_does_not_have_is_said_to_be_missing(row, imported, teammate, portal):
    run = imported(alpha_bytes())

    response = portal(teammate).get(f"/data/imports/{run.pk}/rows/{row}/")

    assert response.status_code == 404
    assert "There is no such row" in response.content.decode()


def test_a_file_that_is_gone_is_said_to_be_gone(imported, teammate, portal):
    run = imported(alpha_bytes())
    (tenant_folder() / run.stored_path).unlink()

    response = portal(teammate).get(f"/data/imports/{run.pk}/rows/2/")

    assert response.status_code == 404
    assert "not kept any more" in response.content.decode()


def test_rows_whose_dataset_is_gone_are_said_to_be_missing(imported, teammate, portal):
    imported(alpha_bytes())
    for path in (tenant_folder() / "rmis" / "events").rglob("*.parquet"):
        path.unlink()

    page = words(portal(teammate), f"{DAY_PAGE}rows/?campaign={campaign()}")

    assert "Rows of a file are not there any more" in page


@pytest.mark.parametrize("query", ["?campaign=none", "?page=0", "?page=x", "?page=99999999999", "?page=٣"])
def test_odd_addresses_show_a_page(query, imported, teammate, portal):
    imported(alpha_bytes())

    assert portal(teammate).get(f"{DAY_PAGE}rows/{query}").status_code == 200


def test_api_gives_the_rows_and_what_all_of_them_add_up_to(imported, teammate, api):
    imported(alpha_bytes())
    chosen = campaign()

    body = (
        api(teammate)
        .get(f"/api/v1/source-rows/?retailer=alpha&day={LAST_DAY}&campaign={chosen}&limit=1&offset=1")
        .json()
    )

    facts = DailyFact.objects.current().filter(event_date=LAST_DAY, campaign_id=chosen)
    assert len(body["rows"]) == 1
    assert body["count"] > 1
    assert float(body["totals"]["cost"]) == float(sum(fact.cost for fact in facts))


def test_api_gives_one_row_field_by_field(imported, teammate, api):
    run = imported(alpha_bytes())

    body = api(teammate).get(f"/api/v1/imports/{run.pk}/rows/2/").json()

    cost = next(one for one in body["fields"] if one["field"] == "cost")
    assert (cost["column"], cost["origin"]) == ("spend_usd", "read")
    assert api(teammate).get(f"/api/v1/imports/{run.pk}/rows/999999/").status_code == 404


def test_rows_of_another_workspace_are_not_found(imported, stranger, portal):
    run = imported(alpha_bytes())

    assert portal(stranger).get(f"/data/imports/{run.pk}/rows/2/").status_code == 404
    assert portal(stranger).get(f"{DAY_PAGE}rows/").status_code == 404
