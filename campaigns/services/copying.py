"""Copy a plan as a variant: a draft of its own that is changed and compared while the first stays as it is."""

from django.db import transaction

from campaigns.models import Plan, PlanCurves
from campaigns.services.drafting import keep_version
from tenants.models import User
from tenants.services.audit import record_event

NAME_LENGTH = 160


@transaction.atomic
def copy_plan(*, plan: Plan, by: User | None, name: str = "") -> Plan:
    """A draft with the plan's brief, constraints and method; it keeps the same curves, so a change is split at once.

    Args:
        name: empty for the plan's own with a number that no other plan has.
    """
    copied = Plan.objects.create(
        name=(name.strip() or _variant_name(name=plan.name))[:NAME_LENGTH],
        brief=plan.brief,
        constraints=plan.constraints,
        parsed_by=plan.parsed_by,
        not_understood=plan.not_understood,
        questions=plan.questions,
        currency=plan.currency,
        method=plan.method,
        is_simulated=plan.is_simulated,
        created_by=by,
    )
    keep_version(plan=copied, reason=f"Copied from “{plan.name}”, version {plan.version}", by=by)
    curves = PlanCurves.objects.filter(plan=plan).values().first()
    if curves is not None:
        PlanCurves.objects.create(**(curves | {"plan_id": copied.pk}))
    record_event(kind="plan.copied", about=copied, by=by, after={"from": str(plan.pk), "version": plan.version})
    return copied


def _variant_name(*, name: str) -> str:
    """``Spring push (variant 2)``; a copy of a variant is numbered as one of the first plan."""
    root = name.rpartition(" (variant ")[0] or name
    root = root[: NAME_LENGTH - len(" (variant 9999)")]
    taken = set(Plan.objects.filter(name__startswith=root).values_list("name", flat=True))
    number = next(number for number in range(2, len(taken) + 3) if f"{root} (variant {number})" not in taken)
    return f"{root} (variant {number})"
