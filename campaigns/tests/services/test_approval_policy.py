"""Setting the approval policy: one row, audited before and after, nonsense refused with the field."""

from decimal import Decimal

import pytest

from campaigns.models import ApprovalPolicy, Plan
from campaigns.services.approval import approve_plan
from campaigns.services.approval_policy import NewApprovalPolicy, PolicyRefused, set_approval_policy
from tenants.models import AuditEvent
from tenants.services.audit import verify_audit_log

STRICT = {
    "largest_budget": Decimal(2_000_000),
    "smallest_floor_probability": Decimal("0.8"),
    "second_person_required": True,
}
LENIENT = {"largest_budget": None, "smallest_floor_probability": Decimal(0), "second_person_required": False}


@pytest.fixture
def set_policy(owner, acme):
    def act(**changes):
        return set_approval_policy(new=NewApprovalPolicy(**(STRICT | changes)), by=owner)

    return act


def test_a_policy_is_kept_and_audited_with_what_was_before(set_policy, owner):
    set_policy()

    policy = ApprovalPolicy.objects.get()
    assert {name: getattr(policy, name) for name in STRICT} == STRICT
    event = AuditEvent.objects.first()
    assert (event.kind, event.actor_label) == ("approval_policy.changed", owner.email)
    assert event.before == {
        "largest_budget": None,
        "smallest_floor_probability": "0.000",
        "second_person_required": False,
    }
    assert event.after == {
        "largest_budget": "2000000.00",
        "smallest_floor_probability": "0.800",
        "second_person_required": True,
    }
    assert verify_audit_log()[1] is None


def test_a_second_policy_replaces_the_first(set_policy):
    set_policy()

    set_policy(**LENIENT)

    assert ApprovalPolicy.objects.get().largest_budget is None
    assert AuditEvent.objects.first().before["largest_budget"] == "2000000.00"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("largest_budget", Decimal(0)),
        ("largest_budget", Decimal(-5)),
        ("largest_budget", Decimal("10.001")),
        ("largest_budget", Decimal(10) ** 14),
        ("largest_budget", Decimal("Infinity")),
        ("largest_budget", Decimal("NaN")),
        ("smallest_floor_probability", Decimal(80)),
        ("smallest_floor_probability", Decimal("-0.1")),
        ("smallest_floor_probability", Decimal("0.8001")),
        ("smallest_floor_probability", Decimal("NaN")),
    ],
)
def test_nonsense_is_refused_with_the_field_and_what_to_give_instead(set_policy, field, value):
    with pytest.raises(PolicyRefused) as refusal:
        set_policy(**{field: value})

    assert refusal.value.where == field
    assert refusal.value.fix.startswith("Give")
    assert not ApprovalPolicy.objects.exists()
    assert not AuditEvent.objects.filter(kind="approval_policy.changed").exists()


def test_the_largest_amount_a_row_can_hold_is_kept(set_policy):
    set_policy(largest_budget=Decimal("99999999999999.99"))

    assert ApprovalPolicy.objects.get().largest_budget == Decimal("99999999999999.99")


def test_a_plan_approved_before_stays_approved(set_policy, proposed, manager, django_now):
    approve_plan(plan=proposed, by=manager, version=proposed.version, now=django_now)

    set_policy(largest_budget=Decimal(1))

    assert Plan.objects.get().state == Plan.State.APPROVED
