"""Exports of a simulated market from the command line."""

import csv
import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command


def run(*arguments: str) -> dict:
    output = StringIO()
    call_command("simulate_exports", *arguments, "--json", stdout=output)
    return json.loads(output.getvalue())


@pytest.fixture
def asked(tmp_path):
    return ("--output", str(tmp_path), "--seed", "7", "--days", "14", "--start", "2026-03-02")


def test_four_files_are_written_and_say_that_they_are_simulated(asked, tmp_path):
    answer = run(*asked)

    assert answer["simulated"] is True
    assert {file["retailer_id"] for file in answer["files"]} == {"alpha", "beta", "amazon", "walmart"}
    assert all(path.name.startswith("simulated-") for path in tmp_path.iterdir())
    assert len(list(tmp_path.iterdir())) == 4


def test_the_totals_told_are_the_totals_of_the_file(asked):
    told = next(file for file in run(*asked)["files"] if file["retailer_id"] == "alpha")

    with open(told["path"], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == told["rows"]
    assert sum(Decimal(row["spend_usd"]) for row in rows) == Decimal(told["cost"])
    assert sum(int(row["clicks"]) for row in rows) == told["clicks"]
    assert sum(int(row["impressions"]) for row in rows) == told["impressions"]


def test_the_same_seed_gives_the_same_bytes(asked, tmp_path):
    run(*asked)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    run(*asked)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first


def test_an_unknown_manufacturer_is_refused_with_the_known_ones(asked, capsys):
    output = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("simulate_exports", *asked, "--manufacturer", "initech", "--json", stdout=output)

    assert ended.value.code == 1
    assert "acme, globex" in json.loads(output.getvalue())["error"]["detail"]
