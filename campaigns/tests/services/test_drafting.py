"""Drafts and their constraints."""

import pytest

from campaigns.briefs.constraint_json import ConstraintError
from campaigns.briefs.parsing import BriefRefused
from campaigns.models import Plan, PlanVersion
from campaigns.services.drafting import (
    NO_BUDGET,
    EditRefused,
    StaleVersion,
    draft_plan,
    edit_constraints,
    restore_version,
)
from campaigns.tests.market import BRIEF, stock_market
from tenants.models import AuditEvent


@pytest.fixture
def plan(acme, analyst):
    stock_market()
    return draft_plan(brief=BRIEF, by=analyst)


def test_a_brief_becomes_a_draft_with_its_constraints(plan):
    assert plan.state == Plan.State.DRAFT
    assert plan.constraints["budget"] == 150_000
    assert plan.constraints["retailers"] == ["amazon", "walmart"]
    assert plan.parsed_by == "rules"
    assert plan.questions == []


def test_a_brief_without_a_budget_stays_a_draft_that_asks_for_one(acme, analyst):
    plan = draft_plan(brief="ROAS at least 3", by=analyst)

    assert plan.budget is None
    assert plan.questions == [NO_BUDGET]


def test_giving_the_budget_answers_the_question(acme, analyst):
    plan = draft_plan(brief="ROAS at least 3", by=analyst)

    edited = edit_constraints(plan=plan, constraints=plan.constraints | {"budget": 9_000}, version=1, by=analyst)

    assert edited.questions == []


def test_an_empty_brief_is_refused(acme, analyst):
    with pytest.raises(BriefRefused):
        draft_plan(brief="  ", by=analyst)

    assert not Plan.objects.exists()


def test_a_plan_without_a_name_is_called_by_the_first_line_of_its_brief(acme, analyst):
    plan = draft_plan(brief=f"Spend $50k on everything {'and more ' * 20}\nsecond line", by=analyst)

    assert plan.name.startswith("Spend $50k on everything")
    assert len(plan.name) <= 80


def test_an_edit_makes_a_new_version_and_keeps_the_old(plan, analyst):
    edited = edit_constraints(plan=plan, constraints={"budget": 90_000}, version=1, by=analyst)

    assert edited.version == 2
    assert list(PlanVersion.objects.filter(plan=plan).values_list("version", flat=True)) == [2, 1]
    event = AuditEvent.objects.first()
    assert event.kind == "plan.constraints_edited"
    assert event.before["budget"] == 150_000
    assert event.after == {"budget": 90_000}


def test_a_stale_edit_is_refused_and_changes_nothing(plan, analyst, manager):
    edit_constraints(plan=plan, constraints={"budget": 90_000}, version=1, by=manager)

    with pytest.raises(StaleVersion, match="version 2"):
        edit_constraints(plan=plan, constraints={"budget": 1}, version=1, by=analyst)

    plan.refresh_from_db()
    assert plan.budget == 90_000


def test_an_edit_that_changes_nothing_makes_no_version(plan, analyst):
    same = edit_constraints(plan=plan, constraints=plan.constraints, version=1, by=analyst)

    assert same.version == 1


def test_a_malformed_constraint_is_refused_with_its_place(plan, analyst):
    with pytest.raises(ConstraintError) as refusal:
        edit_constraints(plan=plan, constraints={"budget": -5}, version=1, by=analyst)

    assert refusal.value.where == "budget"


def test_undoing_an_edit_is_a_new_version_with_the_old_constraints(plan, analyst):
    before = plan.constraints
    edit_constraints(plan=plan, constraints={"budget": 90_000}, version=1, by=analyst)

    restored = restore_version(plan=plan, restored=1, version=2, by=analyst)

    assert restored.version == 3
    assert restored.constraints == before


def test_an_approved_plan_cannot_be_edited(plan, analyst, django_now):
    Plan.objects.filter(pk=plan.pk).update(state="approved", result={}, approved_at=django_now)

    with pytest.raises(EditRefused, match="approved"):
        edit_constraints(plan=plan, constraints={"budget": 1}, version=1, by=analyst)
