"""One click out of an infeasible plan: apply the smallest relaxation of one of its rules."""

from campaigns.models import Plan
from campaigns.planning.constraint_edits import constraint_at, read_key, with_constraint
from campaigns.services.drafting import EditRefused, edit_constraints
from tenants.models import User


def apply_relaxation(*, plan: Plan, number: int, version: int, by: User | None) -> Plan:
    """Change the constraint as relaxation ``number`` of the explanation says.

    Raises:
        EditRefused: the plan is not infeasible, or has no such relaxation.
        StaleVersion: the plan changed since ``version`` was read.
    """
    offered = (plan.shown.get("infeasible") or {}).get("relaxations") or []
    if plan.state != Plan.State.INFEASIBLE or not 0 <= number < len(offered) or not offered[number].get("key"):
        raise EditRefused("This plan has no such relaxation to apply.")
    key = read_key(offered[number]["key"])
    relaxed = with_constraint(constraints=plan.constraints, key=key, value=offered[number]["value"])
    if constraint_at(constraints=plan.constraints, key=key) == offered[number]["value"]:
        raise EditRefused("This relaxation is already applied.")
    return edit_constraints(
        plan=plan, constraints=relaxed, version=version, by=by, reason=offered[number]["sentence"][:200]
    )
