"""The rule by which a tenant's plans are approved, and changing it."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from campaigns.models import ApprovalPolicy
from tenants.models import User
from tenants.services.audit import record_event

CENT, THOUSANDTH = Decimal("0.01"), Decimal("0.001")
BUDGET_BOUND = Decimal(10) ** 14


class PolicyRefused(Exception):
    """The policy could not mean anything: which field, and what to give instead."""

    def __init__(self, detail: str, *, where: str, fix: str) -> None:
        super().__init__(detail)
        self.title, self.detail, self.where, self.fix = "This is not an approval policy", detail, where, fix


@dataclass(frozen=True, kw_only=True)
class NewApprovalPolicy:
    """A whole policy: money in the plan's currency (None: no limit), a probability from 0 to 1, a second person."""

    largest_budget: Decimal | None
    smallest_floor_probability: Decimal
    second_person_required: bool


@transaction.atomic
def set_approval_policy(*, new: NewApprovalPolicy, by: User | None) -> ApprovalPolicy:
    """Replace the tenant's policy; it holds for approvals from now on, plans approved before stay approved.

    Raises:
        PolicyRefused: with the field that is wrong and what to give instead.
    """
    _check_budget(new.largest_budget)
    _check_probability(new.smallest_floor_probability)
    policy, _ = ApprovalPolicy.objects.select_for_update().get_or_create(pk=1)
    before = _rules(policy)
    policy.largest_budget = None if new.largest_budget is None else new.largest_budget.quantize(CENT)
    policy.smallest_floor_probability = new.smallest_floor_probability.quantize(THOUSANDTH)
    policy.second_person_required = new.second_person_required
    policy.save()
    record_event(kind="approval_policy.changed", about=policy, by=by, before=before, after=_rules(policy))
    return policy


def _check_budget(largest: Decimal | None) -> None:
    if largest is None:
        return
    where = "largest_budget"
    if not largest.is_finite() or not 0 < largest < BUDGET_BOUND:
        raise PolicyRefused(
            f"A largest budget of {largest} would allow nothing or is no amount.",
            where=where,
            fix="Give an amount above 0, or leave it empty for no limit.",
        )
    if largest != largest.quantize(CENT):
        raise PolicyRefused(
            f"{largest} has more than two decimals.", where=where, fix="Give the amount with at most two decimals."
        )


def _check_probability(smallest: Decimal) -> None:
    where = "smallest_floor_probability"
    if not smallest.is_finite() or not 0 <= smallest <= 1:
        raise PolicyRefused(
            f"{smallest} is not a probability.", where=where, fix="Give a number from 0 to 1, for example 0.8 for 80%."
        )
    if smallest != smallest.quantize(THOUSANDTH):
        raise PolicyRefused(
            f"{smallest} has more than three decimals.",
            where=where,
            fix="Give the probability with at most three decimals.",
        )


def _rules(policy: ApprovalPolicy) -> dict[str, str | bool | None]:
    largest = policy.largest_budget
    return {
        "largest_budget": None if largest is None else str(largest),
        "smallest_floor_probability": str(policy.smallest_floor_probability.quantize(THOUSANDTH)),
        "second_person_required": policy.second_person_required,
    }
