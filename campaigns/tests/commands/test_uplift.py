"""The command that studies a trial's file."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from campaigns.tests.uplift.trials import trial_csv

COLUMNS = ("--outcome", "bought")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "trial.csv"
    path.write_text(trial_csv(count=1_800, spread=0.15))
    return path


def run(path, *arguments: str) -> dict:
    out = StringIO()
    call_command("uplift", str(path), *COLUMNS, *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def refused(path, *arguments: str) -> dict:
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("uplift", str(path), *arguments, "--json", stdout=out)
    assert stopped.value.code == 1
    return json.loads(out.getvalue())["error"]


def test_three_learners_are_judged_and_the_budget_is_spent_on_the_best(file):
    answer = run(file, "--budget", "200", "--cost", "1", "--value", "30")

    assert set(answer["learners"]) == {"t", "x", "dr"}
    assert answer["learners"]["x"]["qini_interval"][0] < answer["learners"]["x"]["qini_interval"][1]
    assert answer["targeting"]["spend"] == pytest.approx(200, rel=1e-3)
    assert answer["targeting"]["segments"][0]["treated"] > 0
    assert "device = phone" in answer["features"]


def test_without_an_offer_nobody_is_targeted(file):
    assert run(file, "--learner", "t", "--features", "age", "baskets")["targeting"] is None


def _without(file, *, keep) -> None:
    head, *rows = file.read_text().splitlines()
    file.write_text("\n".join([head, *(row for row in rows if keep(row))]))


@pytest.mark.parametrize(
    ("keep", "title", "suffices"),
    [
        (lambda row: row.startswith("1"), "There is no control group", "200 people"),
        (lambda row: row.split(",")[1] == "1", "The outcome never varies", "with and without"),
        (lambda row: row.startswith("1") or ",0,-1." in row, "Too few people", "200 suffice"),
        (lambda row: row.startswith("1,1,-2."), "Too few people", "200 treated"),
    ],
)
def test_a_trial_that_cannot_answer_is_refused_with_what_would_suffice(file, keep, title, suffices):
    _without(file, keep=keep)

    problem = refused(file, *COLUMNS)

    assert problem["title"] == title
    assert suffices in problem["detail"]


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        (("--outcome", "sold"), "sold"),
        (("--outcome", "bought", "--treatment", "age"), "age, row 2"),
        (("--outcome", "device"), "device, row 2"),
        (("--outcome", "treated"), "outcome"),
        (("--outcome", "bought", "--budget", "10"), "--cost, --value"),
        (("--outcome", "bought", "--confidence", "1.5"), "confidence"),
    ],
)
def test_wrong_arguments_are_refused_with_their_place(file, arguments, where):
    assert refused(file, *arguments)["where"] == where


def test_columns_that_say_nothing_are_left_out_with_a_note(file):
    lines = file.read_text().splitlines()
    file.write_text(
        "\n".join([f"{lines[0]},country,id", *(f"{row},NL,p{place}" for place, row in enumerate(lines[1:]))])
    )

    notes = run(file)["notes"]

    assert any("country is the same" in note for note in notes)
    assert any("id has 1,800 different words" in note for note in notes)
