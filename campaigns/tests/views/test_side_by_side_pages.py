"""Plans side by side by page, API and command."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from campaigns.models import Plan
from campaigns.services.drafting import draft_plan
from campaigns.services.planning import plan_now
from campaigns.services.resolving import edit_and_solve
from campaigns.tests.market import BRIEF

HALF = BRIEF.replace("$150k", "$75k")


@pytest.fixture
def edited(proposed, analyst) -> Plan:
    """The plan with half of its budget, as a later version."""
    return edit_and_solve(
        plan=proposed, constraints=proposed.constraints | {"budget": 75_000.0}, version=proposed.version, by=analyst
    )


def first_version(plan: Plan) -> str:
    return f"{plan.pk}:{plan.versions.order_by('version').first().version}"


def test_versions_of_one_plan_differ_by_their_budget_alone(api, analyst, edited):
    told = api(analyst).get(f"/api/v1/plans/compare/?plans={edited.pk},{first_version(edited)}").json()

    assert [row["name"] for row in told["rules"]] == ["Budget"]
    assert told["rules"][0]["values"] == ["$75,000", "$150,000"]
    assert told["sides"][0]["spend"] == pytest.approx(67_500, rel=1e-6)
    assert told["sides"][1]["spend"] == pytest.approx(135_000, rel=1e-6)
    low, high = (told["sides"][1]["against_first"][name] for name in ("low", "high"))
    assert low < high


def test_a_plan_s_own_figures_are_those_of_its_page(api, analyst, edited):
    told = api(analyst).get(f"/api/v1/plans/compare/?plans={edited.pk},{first_version(edited)}").json()

    stored = Plan.objects.get(pk=edited.pk).explanation["headline"]["incremental_margin"]
    assert told["sides"][0]["incremental_margin"] == pytest.approx(stored)


def test_two_plans_are_compared_in_the_draws_of_the_first(api, analyst, proposed):
    other = plan_now(plan=draft_plan(brief=HALF, by=analyst, name="Half"), method="auto", by=analyst)

    told = api(analyst).get(f"/api/v1/plans/compare/?plans={proposed.pk},{other.pk}").json()

    assert told["sides"][1]["against_first"] is not None
    assert {row["name"] for row in told["rules"]} == {"Budget"}


def test_the_page_shows_differences_and_what_may_be_claimed(portal, analyst, edited):
    page = portal(analyst).get(f"/plans/compare/?with={edited.pk}&with={first_version(edited)}").content.decode()

    for text in ("Rules that differ", "$75,000", "$150,000", "Money that differs", "said alike", "against the first"):
        assert text in page
    assert "ROAS at least" not in page


def test_the_page_offers_plans_and_their_versions(portal, analyst, edited):
    page = portal(analyst).get("/plans/compare/").content.decode()

    assert f'value="{edited.pk}"' in page
    assert f'value="{first_version(edited)}"' in page


def test_the_page_is_reached_from_the_list_and_from_a_plan(portal, analyst, proposed):
    client = portal(analyst)

    assert "/plans/compare/" in client.get("/plans/").content.decode()
    assert f"/plans/compare/?with={proposed.pk}" in client.get(f"/plans/{proposed.pk}/").content.decode()


@pytest.mark.parametrize("other", ["", ",no-such-plan", ",{pk}", ",{pk}:99"])
def test_what_cannot_be_compared_is_a_problem_with_its_place(api, analyst, proposed, other):
    answer = api(analyst).get(f"/api/v1/plans/compare/?plans={proposed.pk}{other.format(pk=proposed.pk)}")

    assert answer.status_code == 400
    assert answer.json()["where"] == "plans"


def test_a_draft_has_nothing_to_compare(portal, analyst, proposed):
    draft = draft_plan(brief=BRIEF, by=analyst, name="Only words")

    page = portal(analyst).get(f"/plans/compare/?with={proposed.pk}&with={draft.pk}").content.decode()

    assert "has no split yet" in page


def test_a_stranger_finds_none_of_these_plans(portal, stranger, proposed, edited):
    page = portal(stranger, "globex").get(f"/plans/compare/?with={proposed.pk}&with={edited.pk}:1").content.decode()

    assert "There is no plan with the id" in page


def test_the_command_prints_the_same(edited, api, analyst):
    out = StringIO()
    call_command("compare_plans", str(edited.pk), first_version(edited), "--tenant", "acme", "--json", stdout=out)

    asked = api(analyst).get(f"/api/v1/plans/compare/?plans={edited.pk},{first_version(edited)}").json()
    assert json.loads(out.getvalue())["rules"] == asked["rules"]


def test_the_page_asks_a_bounded_number_of_queries(portal, analyst, edited, django_assert_max_num_queries):
    client = portal(analyst)

    with django_assert_max_num_queries(40):
        client.get(f"/plans/compare/?with={edited.pk}&with={first_version(edited)}")
