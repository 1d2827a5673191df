"""The command that designs experiments."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from campaigns.tests.measurement.design.test_markets import history

NAMES = ["--unit", "geo", "--time", "day", "--outcome", "sales"]


@pytest.fixture
def file(tmp_path):
    of = history()
    rows = [f"{unit},{day},{of.outcome[place, day]}" for place, unit in enumerate(of.units) for day in range(90)]
    path = tmp_path / "history.csv"
    path.write_text("\n".join(["geo,day,sales", *rows]))
    return path


def run(*arguments: str) -> dict:
    out = StringIO()
    call_command("design_experiment", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_geo_design_names_its_markets(file):
    answer = run(str(file), *NAMES, "--periods", "10", "--sizes", "4", "--candidates", "50", "--expected-iroas", "2")

    assert len(answer["treated"]) == 4
    assert len(answer["treated"]) + len(answer["controls"]) == 20
    assert answer["detectable_lift"] < 0.1
    assert answer["investment"] > 0
    assert answer["pseudo_tests"]["windows"] >= 5
    assert len(answer["registration"]) == 64


def test_same_seed_gives_the_same_design(file):
    arguments = (str(file), *NAMES, "--periods", "10", "--sizes", "4", "--candidates", "50")

    assert run(*arguments)["registration"] == run(*arguments)["registration"]


def test_switchback_is_a_schedule():
    answer = run("--design", "switchback", "--periods", "56", "--block", "7", "--washout", "1")

    assert len(answer["schedule"]) == 56
    assert answer["schedule"].count("on") == 28


def test_holdout_is_two_numbers():
    answer = run("--design", "holdout", "--base-rate", "0.02", "--lift", "0.05", "--holdout-share", "0.2")

    assert answer["exposed"] == pytest.approx(4 * answer["held_out"], abs=4)


@pytest.mark.parametrize(
    ("arguments", "where"), [([], "DATA.csv"), (["--design", "holdout", "--base-rate", "2"], "base rate")]
)
def test_refusal_says_where(arguments, where):
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("design_experiment", *arguments, "--json", stdout=out)

    assert json.loads(out.getvalue())["error"]["where"] == where


def test_markets_are_chosen_on_one_half_and_the_design_says_from_where_to_read(file):
    answer = run(str(file), *NAMES, "--periods", "10", "--sizes", "4", "--candidates", "50")

    assert (answer["chosen_on_periods"], answer["read_from"]) == (45, "45")
    assert "--read-from" in answer["notes"][0]


def test_a_short_history_says_that_its_readout_will_be_too_sure(file):
    answer = run(str(file), *NAMES, "--periods", "28", "--sizes", "4", "--candidates", "50")

    assert answer["read_from"] is None
    assert "narrower than it should be" in answer["notes"][0]


def test_pacing_is_a_schedule_of_spend_at_the_usual_total(file):
    answer = run(str(file), *NAMES, "--design", "pacing", "--periods", "28", "--daily-budget", "200", "--swing", "0.5")

    assert sum(answer["spend"]) == pytest.approx(28 * 200)
    assert answer["schedule"].count("high") == 14
    assert answer["detectable_iroas"] > 0
    assert len(answer["registration"]) == 64
