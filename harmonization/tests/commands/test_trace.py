"""The command that leads from a figure to the rows of its file."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from harmonization.services.uploads import receive_upload
from harmonization.tests.files import LAST_DAY, alpha_bytes, upload


@pytest.fixture
def run(acme, analyst, run_operations, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    run, _ = receive_upload(file=upload("a.csv", alpha_bytes()), file_name="a.csv", mapping_name="alpha", by=analyst)
    assert run_operations() == ["done"]
    return run


def traced(*options):
    out = StringIO()
    call_command("trace", "--tenant", "acme", "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def test_a_day_leads_to_its_campaigns_and_these_to_their_rows(run):
    campaigns = traced("--retailer", "alpha", "--day", str(LAST_DAY))["campaigns"]
    rows = traced("--retailer", "alpha", "--day", str(LAST_DAY), "--campaign", campaigns[0]["campaign_id"])

    assert rows["totals"]["cost"] == campaigns[0]["cost"]
    assert rows["count"] == len(rows["rows"])


def test_a_row_is_shown_with_the_cells_it_was_made_from(run):
    found = traced("--import", str(run.pk), "--row", "2")

    assert {"event_id", "spend_usd"} <= {one["column"] for one in found["fields"]}


@pytest.mark.parametrize(
    "options", [(), ("--retailer", "alpha"), ("--import", "01997c5e-7d3a-7c31-9d5e-0c8d6a1b2c3d", "--row", "2")]
)
def test_what_cannot_be_traced_is_refused_with_a_reason(run, options):
    out = StringIO()

    with pytest.raises(SystemExit) as left:
        call_command("trace", "--tenant", "acme", "--json", *options, stdout=out)

    assert left.value.code == 1
    assert json.loads(out.getvalue())["error"]["title"]
