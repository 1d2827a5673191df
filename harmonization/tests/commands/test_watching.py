"""Commands about odd days, history, held days and differences: answers, refusals, misuse."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from harmonization.models import DailyFact, HeldDay
from harmonization.tests.facts import DAY, make_fact, make_import
from harmonization.tests.held import content_of

DAY_OPTIONS = ("--tenant", "acme", "--retailer", "alpha", "--day", str(DAY))


def run(capsys, name: str, *arguments: str) -> tuple[int, dict]:
    try:
        call_command(name, *arguments, "--json")
        code = 0
    except SystemExit as ending:
        code = ending.code
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def held(acme) -> HeldDay:
    make_fact()
    return HeldDay.objects.create(
        import_run=make_import(),
        retailer_id="alpha",
        event_date=DAY,
        held_at=timezone.now(),
        facts_before=1,
        facts_after=1,
        cost_before=25,
        cost_after=1,
        currency="USD",
        content=content_of({"cost": 1}),
    )


def test_missing_day_is_found_and_told(acme, capsys):
    made = make_import()
    for number in range(30):
        if number != 20:
            make_fact(import_run=made, event_date=DAY + timedelta(days=number), impressions=900 + number)

    code, answer = run(capsys, "find_anomalies", "--tenant", "acme")

    assert (code, answer["sources"]) == (0, ["alpha"])
    assert [(one["kind"], one["event_date"]) for one in answer["open"]] == [("gap", str(DAY + timedelta(days=20)))]


def test_difference_names_the_reason_or_says_that_there_is_none(acme, capsys):
    make_fact()

    _, same = run(capsys, "explain_difference", *DAY_OPTIONS, "--metric", "cost", "--console", "25")
    _, unknown = run(capsys, "explain_difference", *DAY_OPTIONS, "--metric", "cost", "--console", "99.5")

    assert same["explanation"]["best"]["reason"] == "same"
    assert (unknown["explanation"]["best"], unknown["explanation"]["unexplained"]) == (None, "74.500000")


@pytest.mark.parametrize(("metric", "word"), [("roas", "metric"), ("clicks", "retailer, day")])
def test_figure_that_does_not_exist_is_refused_with_where_and_fix(acme, capsys, metric, word):
    code, answer = run(capsys, "explain_difference", *DAY_OPTIONS, "--metric", metric)

    assert (code, answer["error"]["where"]) == (1, word)
    assert answer["error"]["fix"]


@pytest.mark.parametrize("wrong", [("--day", "soon"), ("--console", "many"), ("--console", "nan")])
def test_argument_that_cannot_be_read_is_misuse(acme, wrong):
    with pytest.raises((SystemExit, CommandError)):
        call_command("explain_difference", *DAY_OPTIONS, "--metric", "cost", *wrong)


def test_history_gives_the_figures_of_any_moment(acme, capsys):
    make_fact()
    yesterday = (timezone.now() - timedelta(days=1)).isoformat()

    _, now = run(capsys, "day_history", *DAY_OPTIONS)
    _, before = run(capsys, "day_history", *DAY_OPTIONS, "--as-of", yesterday)

    assert (now["figures"][0]["cost"], before["figures"]) == ("25.000000", [])


def test_held_days_are_listed_and_decided(held, capsys):
    _, before = run(capsys, "held_days", "--tenant", "acme")
    code, after = run(capsys, "held_days", "--tenant", "acme", "--accept", str(held.pk))
    again, refusal = run(capsys, "held_days", "--tenant", "acme", "--refuse", str(held.pk))

    assert [day["id"] for day in before["waiting"]] == [str(held.pk)]
    assert (code, after["waiting"]) == (0, [])
    assert DailyFact.objects.current().get().cost == 1
    assert (again, refusal["error"]["title"]) == (1, "This day is decided already")


@pytest.mark.parametrize("name", ["find_anomalies", "held_days"])
def test_workspace_that_does_not_exist_is_refused(db, capsys, name):
    assert run(capsys, name, "--tenant", "nobody")[0] == 1
