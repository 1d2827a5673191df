"""What-if: another budget asked, with and without scripts, and used."""

import pytest

from campaigns.models import Plan, PlanCurves

HTMX = {"HX-Request": "true"}


def address(plan, more=""):
    return f"/plans/{plan.pk}/what-if/{more}"


def test_the_page_shows_the_frontier_the_split_and_the_tornado(portal, analyst, proposed):
    page = portal(analyst).get(address(proposed)).content.decode()

    for title in ("What each budget would bring", "Split by retailer", "What holds it back", "What moves the outcome"):
        assert title in page
    assert "80%:" in page
    assert 'value="150000"' in page


def test_another_budget_is_answered_as_a_fragment(portal, analyst, proposed):
    part = portal(analyst).get(address(proposed, "?budget=120000&slide=120000&shown=150000"), headers=HTMX)

    text = part.content.decode()
    assert "<html" not in text
    assert "$120,000 is expected to bring" in text
    assert "against this plan" in text


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        ("budget=150000&slide=90000&shown=150000", "$90,000"),
        ("budget=80000&slide=150000&shown=150000", "$80,000"),
        ("budget=60,000", "$60,000"),
    ],
)
def test_without_scripts_the_field_that_was_changed_counts(portal, analyst, proposed, sent, wanted):
    page = portal(analyst).get(address(proposed, f"?{sent}")).content.decode()

    assert f"{wanted} is expected to bring" in page


@pytest.mark.parametrize("budget", ["900000000", "-3", "many", "nan", "inf"])
def test_a_budget_it_cannot_be_is_said_or_not_followed(portal, analyst, proposed, budget):
    answer = portal(analyst).get(address(proposed, f"?budget={budget}"))

    assert answer.status_code == 200
    text = answer.content.decode()
    assert "four times the plan" in text or "$150,000 is expected to bring" in text


def test_using_a_budget_makes_a_new_version(portal, analyst, proposed):
    answer = portal(analyst).post(
        address(proposed, "use/"), {"budget": "100000", "version": str(proposed.version)}, follow=True
    )

    used = Plan.objects.get()
    assert used.constraints["budget"] == 100_000
    assert used.state == Plan.State.PROPOSED
    assert used.versions.filter(reason="Budget chosen").exists()
    assert b"What changed since the version before" in answer.content


def test_a_stale_use_changes_nothing(portal, analyst, proposed):
    portal(analyst).post(address(proposed, "use/"), {"budget": "100000", "version": str(proposed.version - 1)})

    assert Plan.objects.get().constraints == proposed.constraints


def test_a_plan_without_curves_says_to_plan_first(portal, analyst, proposed):
    PlanCurves.objects.all().delete()

    page = portal(analyst).get(address(proposed)).content.decode()

    assert "Plan it, then ask again" in page


def test_a_viewer_may_ask_but_not_use(portal, teammate, proposed):
    page = portal(teammate).get(address(proposed)).content.decode()

    assert "Use this budget" not in page
    assert portal(teammate).post(address(proposed, "use/"), {"budget": "1"}).status_code == 403


def test_a_stranger_finds_nothing(portal, stranger, proposed):
    assert portal(stranger).get(address(proposed)).status_code == 404
    assert portal(stranger).post(address(proposed, "use/"), {"budget": "1"}).status_code == 404
