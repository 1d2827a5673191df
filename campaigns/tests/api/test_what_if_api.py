"""What-if, frontier and tornado by API and command."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from campaigns.models import Plan, PlanCurves
from campaigns.tests.market import BRIEF


def address(plan, name):
    return f"/api/v1/plans/{plan.pk}/{name}/"


def test_a_budget_is_answered_with_its_intervals_and_what_binds(api, analyst, proposed):
    answer = api(analyst).get(address(proposed, "what-if") + "?budget=120000")

    assert answer.status_code == 200
    told = answer.json()
    assert told["status"] == "optimal"
    assert told["spend"] == pytest.approx(108_000, abs=1)
    margin = told["incremental_margin"]
    assert margin["low"] <= margin["low_80"] <= margin["mean"] <= margin["high_80"] <= margin["high"]
    assert sum(row["spend"] for row in told["retailers"]) == pytest.approx(told["spend"])
    assert "budget" in told["binding"]
    assert told["next_unit"]["value"] > 0
    assert told["changes"]["margin"]["gain"]["mean"] < 0


def test_asking_changes_nothing(api, analyst, proposed):
    api(analyst).get(address(proposed, "what-if") + "?budget=120000")

    kept = Plan.objects.get()
    assert (kept.version, kept.constraints) == (proposed.version, proposed.constraints)


@pytest.mark.parametrize("budget", ["", "0", "-1", "many", "700000"])
def test_a_budget_it_cannot_be_is_refused(api, analyst, proposed, budget):
    answer = api(analyst).get(address(proposed, "what-if") + f"?budget={budget}")

    assert answer.status_code == 400


def test_the_frontier_rises_and_holds_the_plans_budget(api, analyst, proposed):
    told = api(analyst).get(address(proposed, "frontier")).json()

    means = [point["incremental_margin"]["mean"] for point in told["points"]]
    assert means == sorted(means)
    assert any(point["budget"] == pytest.approx(told["budget"]) for point in told["points"])


def test_the_tornado_names_rules_and_assumptions(api, analyst, proposed):
    told = api(analyst).get(address(proposed, "tornado")).json()

    assert {"incrementality", "budget"} <= {bar["name"] for bar in told["bars"]}
    assert told["now"] == pytest.approx(proposed.result["objective"], rel=1e-6)


@pytest.mark.parametrize("name", ["what-if/?budget=5", "frontier/", "tornado/"])
def test_a_plan_without_curves_says_how_to_get_them(api, analyst, proposed, name):
    PlanCurves.objects.all().delete()

    answer = api(analyst).get(f"/api/v1/plans/{proposed.pk}/{name}")

    assert answer.status_code == 409
    assert "allocate" in answer.json()["fix"]


@pytest.mark.parametrize("name", ["what-if/?budget=5", "frontier/", "tornado/"])
def test_a_stranger_finds_nothing(api, stranger, proposed, name):
    assert api(stranger).get(f"/api/v1/plans/{proposed.pk}/{name}").status_code == 404


def test_the_command_answers_another_budget(market, acme):
    out = StringIO()

    call_command("plan", tenant="acme", brief=BRIEF, what_if_budget=120_000.0, json=True, stdout=out)

    told = json.loads(out.getvalue())
    assert told["what_if"]["incremental_margin"]["mean"] > 0
    assert told["what_if"]["budget"] == 120_000
