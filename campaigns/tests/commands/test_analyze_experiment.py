"""The command that reads an experiment from a file."""

import csv
import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command

from campaigns.tests.measurement.worlds import random_world

NAMES = ["--unit", "geo", "--time", "day", "--outcome", "sales"]


@pytest.fixture
def file(tmp_path) -> Path:
    """Thirty geos over sixty periods, six treated, with pairs, arms and cost."""
    world, _ = random_world(rng=np.random.default_rng(11), effect=0.5)
    path = tmp_path / "geos.csv"
    with path.open("w", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["geo", "day", "sales", "cost", "arm"])
        for unit, name in enumerate(world.units):
            for time, label in enumerate(world.times):
                is_on = world.treated[unit] and time >= world.start
                arm = "treatment" if world.treated[unit] else "control"
                writer.writerow([name, int(label), world.outcome[unit, time], 2.0 * is_on, arm])
    return path


def run(path: Path, *arguments: str) -> dict:
    out = StringIO()
    call_command("analyze_experiment", str(path), *NAMES, *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def refusal(path: Path, *arguments: str) -> dict:
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("analyze_experiment", str(path), *NAMES, *arguments, "--json", stdout=out)
    assert stopped.value.code == 1
    return json.loads(out.getvalue())["error"]


def test_arms_and_cost_are_read(file):
    answer = run(file, "--arm", "arm", "--cost", "cost", "--start", "46", "--method", "did")

    assert answer["p_value"] < 0.01
    assert answer["incremental_cost"] == pytest.approx(2.0 * 6 * 14)
    assert answer["iroas"] == pytest.approx(answer["incremental"] / answer["incremental_cost"])
    assert answer["series"]["start"] == "46"
    assert len(answer["series"]["observed"]) == 60


def test_periods_that_are_numbers_stand_in_their_order(file):
    assert run(file, "--arm", "arm", "--start", "46", "--method", "did")["series"]["time"][:11][-2:] == ["9", "10"]


def test_end_leaves_later_periods_out(file):
    answer = run(file, "--arm", "arm", "--start", "46", "--end", "50", "--method", "did")

    assert answer["series"]["time"][-1] == "50"


def test_same_seed_gives_the_same_answer(file):
    arguments = ("--arm", "arm", "--start", "46", "--method", "bsts", "--seed", "4")

    one, other = run(file, *arguments), run(file, *arguments)

    assert one | {"seconds": 0} == other | {"seconds": 0}


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        (["--start", "46"], "treated"),
        (["--treated", "Atlantis", "--start", "46"], "treated"),
        (["--arm", "side", "--start", "46"], "side"),
        (["--arm", "arm", "--start", "2026-01-01"], "start"),
        (["--arm", "arm", "--start", "soon"], "start"),
        (["--arm", "arm", "--start", "99"], "start"),
        (["--arm", "arm", "--start", "46", "--confidence", "90"], "confidence"),
        (["--arm", "arm", "--start", "46", "--method", "trimmed_match"], "cost"),
    ],
)
def test_refusal_says_where(file, arguments, where):
    error = refusal(file, *arguments)

    assert error["where"] == where
    assert error["detail"]


def test_value_that_is_no_number_is_named_with_its_line(file):
    lines = file.read_text().splitlines()
    lines[4] = "geo 0,3,n/a,0,control"
    file.write_text("\n".join(lines))

    assert refusal(file, "--arm", "arm", "--start", "46")["where"] == "5, sales"


def test_file_that_is_not_there_is_refused(tmp_path):
    assert refusal(tmp_path / "absent.csv", "--start", "1")["title"] == "The file cannot be read"


def test_treated_geos_without_controls_are_refused_and_told_what_would_do(file):
    header, *lines = file.read_text().splitlines()
    file.write_text("\n".join([header, *(line for line in lines if line.endswith("treatment"))]))

    error = refusal(file, "--arm", "arm", "--start", "46")

    assert error["where"]
    assert "control" in f"{error['title']} {error['detail']}".lower()


def test_too_short_a_history_before_the_test_is_refused(file):
    error = refusal(file, "--arm", "arm", "--start", "1")

    assert error["detail"]
