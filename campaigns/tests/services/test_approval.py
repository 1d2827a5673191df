"""Approval is one door with a policy; undoing is a new event."""

from decimal import Decimal

import pytest

from campaigns.models import ApprovalPolicy, Plan
from campaigns.services.approval import ApprovalRefused, approve_plan, undo_approval, withdraw_plan
from campaigns.services.drafting import StaleVersion
from tenants.models import AuditEvent
from tenants.services.audit import verify_audit_log


@pytest.fixture
def approve(manager, django_now):
    def act(plan, **changes):
        return approve_plan(**({"plan": plan, "by": manager, "version": plan.version, "now": django_now} | changes))

    return act


def test_a_proposed_plan_is_approved_with_person_and_time(proposed, approve, manager, django_now):
    approved = approve(proposed)

    assert approved.state == Plan.State.APPROVED
    assert approved.approved_by == manager
    assert approved.approved_at == django_now
    event = AuditEvent.objects.first()
    assert (event.kind, event.before["state"], event.after["state"]) == ("plan.approved", "proposed", "approved")


def test_undo_brings_the_proposal_back_and_leaves_both_acts_in_the_log(proposed, approve, manager):
    approved = approve(proposed)

    undone = undo_approval(plan=approved, by=manager, version=approved.version)

    assert undone.state == Plan.State.PROPOSED
    assert undone.approved_by is None
    kinds = list(AuditEvent.objects.values_list("kind", flat=True)[:2])
    assert kinds == ["plan.approval_undone", "plan.approved"]
    assert verify_audit_log()[1] is None


def test_a_draft_cannot_be_approved(draft, approve):
    with pytest.raises(ApprovalRefused, match="only a proposed plan"):
        approve(draft)


def test_approving_twice_is_refused(proposed, approve):
    approved = approve(proposed)

    with pytest.raises(ApprovalRefused):
        approve(approved)


def test_a_stale_approval_is_refused(proposed, approve):
    with pytest.raises(StaleVersion):
        approve(proposed, version=proposed.version - 1)


@pytest.mark.parametrize("certificate", [{"gap": 1e-3, "feasibility_residual": 0}, {"gap": None}, {}])
def test_a_split_without_proof_cannot_be_approved(proposed, approve, certificate):
    Plan.objects.filter(pk=proposed.pk).update(result=proposed.result | {"certificate": certificate})

    with pytest.raises(ApprovalRefused, match="not proved"):
        approve(proposed)


def test_a_budget_above_the_policy_is_refused_with_both_figures(proposed, approve):
    ApprovalPolicy.objects.create(largest_budget=Decimal(100_000))

    with pytest.raises(ApprovalRefused, match=r"\$150,000 is above the \$100,000"):
        approve(proposed)


def test_a_floor_that_is_too_improbable_is_refused(proposed, approve):
    headline = proposed.explanation["headline"] | {"floor_probability": 0.7}
    Plan.objects.filter(pk=proposed.pk).update(explanation=proposed.explanation | {"headline": headline})
    ApprovalPolicy.objects.create(smallest_floor_probability=Decimal("0.8"))

    with pytest.raises(ApprovalRefused, match=r"70%.*80%"):
        approve(proposed)


def test_a_second_person_must_approve_where_the_policy_says_so(proposed, approve, analyst):
    ApprovalPolicy.objects.create(second_person_required=True)

    with pytest.raises(ApprovalRefused, match="made a plan"):
        approve(proposed, by=analyst)

    assert approve(proposed).state == Plan.State.APPROVED


def test_an_approved_plan_is_not_withdrawn_in_passing(proposed, approve, manager):
    approved = approve(proposed)

    with pytest.raises(ApprovalRefused, match="approved"):
        withdraw_plan(plan=approved, by=manager, version=approved.version)


def test_withdrawing_keeps_the_plan(proposed, manager):
    withdrawn = withdraw_plan(plan=proposed, by=manager, version=proposed.version)

    assert withdrawn.state == Plan.State.SUPERSEDED
    assert AuditEvent.objects.first().kind == "plan.withdrawn"
