"""A variant of a plan: its own draft, split at once when it is changed, the first plan untouched."""

import pytest

from campaigns.models import Plan, PlanCurves, PlanVersion
from campaigns.services.copying import copy_plan
from campaigns.services.resolving import edit_and_solve
from tenants.models import AuditEvent


def test_a_copy_is_a_draft_with_the_same_constraints(proposed, analyst, owner):
    copied = copy_plan(plan=proposed, by=owner)

    assert (copied.state, copied.version, copied.result) == (Plan.State.DRAFT, 1, None)
    assert copied.constraints == proposed.constraints
    assert copied.created_by == owner
    assert copied.name == "Spring push (variant 2)"
    assert "Copied from “Spring push”" in PlanVersion.objects.get(plan=copied).reason
    assert AuditEvent.objects.filter(kind="plan.copied").exists()


def test_a_changed_copy_is_split_at_once_and_the_first_stays(proposed, analyst):
    before = proposed.result["spend"]
    copied = copy_plan(plan=proposed, by=analyst)

    changed = edit_and_solve(
        plan=copied, constraints=copied.constraints | {"budget": 120_000.0}, version=copied.version, by=analyst
    )

    proposed.refresh_from_db()
    assert changed.state == Plan.State.PROPOSED
    assert changed.explanation["headline"]["spend"] == pytest.approx(120_000 * 0.9, abs=1)
    assert (proposed.result["spend"], proposed.constraints["budget"]) == (before, 150_000)
    assert PlanCurves.objects.count() == 2


def test_copies_are_numbered_and_a_copy_of_a_copy_is_no_deeper(draft, analyst):
    first = copy_plan(plan=draft, by=analyst)

    second, named = copy_plan(plan=first, by=analyst), copy_plan(plan=draft, by=analyst, name="Half the budget")

    assert second.name == "Spring push (variant 3)"
    assert named.name == "Half the budget"
    assert not PlanCurves.objects.filter(plan=second).exists()


def test_a_long_name_leaves_room_for_its_number(draft, analyst):
    draft.name = "x" * 160

    assert copy_plan(plan=draft, by=analyst).name.endswith("(variant 2)")


def test_an_approved_plan_can_be_copied(proposed, analyst):
    Plan.objects.filter(pk=proposed.pk).update(state=Plan.State.APPROVED, approved_at=proposed.created_at)

    assert copy_plan(plan=Plan.objects.get(pk=proposed.pk), by=analyst).state == Plan.State.DRAFT
