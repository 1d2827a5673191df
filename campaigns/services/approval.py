"""Approve, undo, withdraw: the one door by which a plan's spend becomes real."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from campaigns.models import ApprovalPolicy, Plan
from campaigns.planning.chances import chance
from campaigns.services.drafting import lock_plan
from tenants.figures import money, percent
from tenants.models import User
from tenants.services.audit import record_event

LARGEST_GAP = 1e-6
LARGEST_GAP_OF_WORST = 1e-3  # of the mean of the worst outcomes, in a plan made for them
LARGEST_FORGONE = 0.1  # of the objective; what a split that explores may give up


class ApprovalRefused(Exception):
    """The plan is in the wrong state, or breaks the tenant's policy."""

    def __init__(self, detail: str, *, fix: str = "") -> None:
        super().__init__(detail)
        self.title, self.detail, self.fix = "This plan cannot be approved", detail, fix


@transaction.atomic
def approve_plan(*, plan: Plan, by: User, version: int, now: datetime) -> Plan:
    """Make a proposed plan real; the role was checked at the door, the tenant's policy is checked here.

    Raises:
        StaleVersion: the plan changed since ``version`` was read.
        ApprovalRefused: with the reason and how to get past it.
    """
    locked = lock_plan(plan=plan, version=version)
    _check_evidence(plan=locked)
    _check_policy(plan=locked, policy=ApprovalPolicy.current(), by=by)
    before = _standing(plan=locked)
    locked.state, locked.approved_by, locked.approved_at = Plan.State.APPROVED, by, now
    locked.version += 1
    locked.save()
    record_event(kind="plan.approved", about=locked, by=by, before=before, after=_standing(plan=locked))
    return locked


@transaction.atomic
def undo_approval(*, plan: Plan, by: User, version: int) -> Plan:
    """Take an approval back: the plan is proposed again, and both acts stay in the audit log."""
    locked = lock_plan(plan=plan, version=version)
    if locked.state != Plan.State.APPROVED:
        raise ApprovalRefused("Only an approved plan can have its approval undone.")
    before = _standing(plan=locked)
    locked.state, locked.approved_by, locked.approved_at = Plan.State.PROPOSED, None, None
    locked.version += 1
    locked.save()
    record_event(kind="plan.approval_undone", about=locked, by=by, before=before, after=_standing(plan=locked))
    return locked


@transaction.atomic
def withdraw_plan(*, plan: Plan, by: User, version: int) -> Plan:
    """Put a plan aside for good; nothing is deleted. An approved plan must have its approval undone first."""
    locked = lock_plan(plan=plan, version=version)
    if locked.state == Plan.State.APPROVED:
        raise ApprovalRefused("This plan is approved.", fix="Undo the approval, then withdraw it.")
    if locked.live_state == Plan.State.PLANNING:
        raise ApprovalRefused("This plan is being worked on.", fix="Cancel the operation or wait until it has ended.")
    before = _standing(plan=locked)
    locked.state = Plan.State.SUPERSEDED
    locked.version += 1
    locked.save()
    record_event(kind="plan.withdrawn", about=locked, by=by, before=before, after=_standing(plan=locked))
    return locked


def _check_evidence(*, plan: Plan) -> None:
    if plan.state != Plan.State.PROPOSED:
        raise ApprovalRefused(
            f"It is {plan.get_live_state_display().lower()}; only a proposed plan can be approved.",
            fix="Plan it, then approve the proposal.",
        )
    result = plan.solved
    certificate = result.get("certificate") or {}
    gap, residual = certificate.get("gap"), certificate.get("feasibility_residual")
    certain = LARGEST_GAP_OF_WORST if result.get("risk") else LARGEST_GAP
    most = {"optimal": certain, "explored": LARGEST_FORGONE}.get(result.get("status", ""), -1.0)
    proved = gap is not None and residual is not None and abs(gap) <= most and abs(residual) <= LARGEST_GAP
    if proved:
        return
    if result.get("status") == "explored" and gap is not None:
        raise ApprovalRefused(
            f"It explores, and gives up {percent(gap, places=0)} of the objective for that; at most "
            f"{percent(LARGEST_FORGONE, places=0)} may be.",
            fix="Plan it by another method, or measure first where the curves are most unsure.",
        )
    raise ApprovalRefused("Its split is not proved optimal and feasible.", fix="Plan it again.")


def _check_policy(*, plan: Plan, policy: ApprovalPolicy, by: User) -> None:
    budget = Decimal(str(plan.budget))
    if policy.largest_budget is not None and budget > policy.largest_budget:
        largest, asked = money(policy.largest_budget, plan.currency), money(budget, plan.currency)
        raise ApprovalRefused(
            f"Its budget of {asked} is above the {largest} that the workspace's policy allows.",
            fix="Lower the budget, or have an owner raise the limit in the approval policy.",
        )
    reached = plan.shown.get("headline", {}).get("floor_probability")
    if reached is not None and Decimal(str(reached)) < policy.smallest_floor_probability:
        found, needed = chance(reached), percent(policy.smallest_floor_probability, places=0)
        raise ApprovalRefused(
            f"It reaches its ROAS floor with a probability of {found}; the policy asks for {needed}.",
            fix="Raise the ROAS floor in the constraints or lower the budget, and plan again.",
        )
    if policy.second_person_required and plan.created_by_id == by.pk:
        raise ApprovalRefused("Whoever made a plan may not approve it.", fix="Ask a colleague who may approve plans.")


def _standing(*, plan: Plan) -> dict[str, Any]:
    return {"state": plan.state, "version": plan.version, "budget": plan.budget, "currency": plan.currency}
