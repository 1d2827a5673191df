"""The command for a tenant's experiments."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from campaigns.tests.experiments import DAYS, START, TEST, sales_csv


def run(*arguments: str) -> dict:
    out = StringIO()
    call_command("experiments", *arguments, "--tenant", "acme", "--json", stdout=out)
    return json.loads(out.getvalue())


def refused(*arguments: str) -> dict:
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("experiments", *arguments, "--tenant", "acme", "--json", stdout=out)
    assert stopped.value.code == 1
    return json.loads(out.getvalue())["error"]


def test_a_draft_is_registered_and_read(geo_draft, tmp_path):
    name = str(geo_draft.pk)

    registered = run("register", "--experiment", name, "--start", START.isoformat())
    results = tmp_path / "results.csv"
    results.write_bytes(sales_csv(days=DAYS + TEST, treated=tuple(registered["frozen"]["treated"]), lift=0.12))
    read = run("read", "--experiment", name, "--results", str(results), "--cost", "cost")

    assert registered["state"] == "registered"
    assert read["state"] == "read"
    assert read["readout"]["p_value"] < 0.01
    assert run("list")["experiments"][0]["verdict"] == read["readout"]["verdict"]


def test_show_prints_designs(geo_draft):
    assert len(run("show", "--experiment", str(geo_draft.pk))["candidates"]) == 3


def test_results_that_end_early_are_refused_with_where(registered, tmp_path):
    results = tmp_path / "results.csv"
    results.write_bytes(sales_csv(days=DAYS + TEST - 1))

    problem = refused("read", "--experiment", str(registered.pk), "--results", str(results))

    assert problem["where"] == "end"
    assert "looking early" in problem["detail"]


@pytest.mark.parametrize(
    ("arguments", "where"), [(["show", "--experiment", "7"], "id"), (["read", "--experiment", "7"], "id")]
)
def test_an_unknown_experiment_is_refused(acme, arguments, where):
    assert refused(*arguments)["where"] == where


def test_register_needs_a_start_and_read_needs_a_file(registered):
    assert refused("register", "--experiment", str(registered.pk))["where"] == "--start"
    assert refused("read", "--experiment", str(registered.pk))["where"] == "--results"
