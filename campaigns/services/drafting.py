"""Start a plan from a brief, and change its constraints; every version of them is kept."""

from typing import Any

from django.db import transaction

from campaigns.briefs.constraint_json import constraints_from_json, constraints_to_json
from campaigns.briefs.parsing import TracingParser
from campaigns.models import Plan, PlanVersion
from campaigns.services.briefs import configured_parser, parse_with
from tenants.models import User
from tenants.services.audit import record_event

NO_BUDGET = "How much may this plan spend, and in which currency?"
NAME_LENGTH = 80


class StaleVersion(Exception):
    """Someone changed the plan since it was read; read it again and repeat the change."""


class EditRefused(Exception):
    """The plan is in a state in which its constraints cannot change."""


@transaction.atomic
def draft_plan(*, brief: str, by: User | None, name: str = "") -> Plan:
    """Parse the brief and keep it as a draft; without a budget it stays a draft that asks for one.

    Raises:
        BriefRefused: the brief is empty or too long.
    """
    parser = configured_parser()
    parsed = parse_with(parser=parser, text=brief).as_json()
    plan = Plan.objects.create(
        name=(name.strip() or _name_from(brief=brief))[:160],
        brief=brief,
        constraints=parsed["constraints"],
        parsed_by=parsed["by"],
        not_understood=parsed["not_understood"],
        questions=_open_questions(constraints=parsed["constraints"], asked=parsed["questions"]),
        created_by=by,
    )
    keep_version(plan=plan, reason="Read from the brief", by=by)
    if isinstance(parser, TracingParser):
        parser.keep_trace(about=f"/plans/{plan.pk}/", by=by)
    record_event(kind="plan.drafted", about=plan, by=by, after={"constraints": plan.constraints})
    return plan


@transaction.atomic
def edit_constraints(
    *, plan: Plan, constraints: dict[str, Any], version: int, by: User | None, reason: str = "Edited"
) -> Plan:
    """Replace the constraints; the plan must then be planned again before it can be approved.

    Raises:
        StaleVersion: ``version`` is not the plan's current one.
        EditRefused: a worker is planning, or the plan was approved or withdrawn.
        ConstraintError: a constraint is unknown or malformed.
    """
    constraints = constraints_to_json(constraints=constraints_from_json(values=constraints))
    locked = lock_plan(plan=plan, version=version)
    if not locked.is_editable:
        raise EditRefused(f"This plan is {locked.get_state_display().lower()}; its constraints cannot change now.")
    before = locked.constraints
    if constraints == before:
        return locked
    locked.constraints = constraints
    locked.questions = _open_questions(constraints=constraints, asked=locked.questions)
    locked.state = Plan.State.DRAFT
    locked.version += 1
    locked.save()
    keep_version(plan=locked, reason=reason, by=by)
    record_event(kind="plan.constraints_edited", about=locked, by=by, before=before, after=constraints)
    return locked


def restore_version(*, plan: Plan, restored: int, version: int, by: User | None) -> Plan:
    """Make the constraints of an earlier version current again, as a new version."""
    earlier = PlanVersion.objects.filter(plan=plan, version=restored).first()
    if earlier is None:
        raise EditRefused(f"This plan has no version {restored}.")
    return edit_constraints(
        plan=plan, constraints=earlier.constraints, version=version, by=by, reason=f"Back to version {restored}"
    )


def lock_plan(*, plan: Plan, version: int) -> Plan:
    """The plan's row, locked for this transaction; StaleVersion when it moved on since ``version``."""
    locked = Plan.objects.select_for_update().get(pk=plan.pk)  # a join would read the operation of before
    if locked.version != version:
        raise StaleVersion(f"The plan is at version {locked.version} by now, not {version}. Reload and repeat.")
    return locked


def keep_version(*, plan: Plan, reason: str, by: User | None) -> None:
    """Keep the plan's constraints as they stand, so that a later edit can be undone."""
    PlanVersion.objects.create(
        plan=plan, version=plan.version, constraints=plan.constraints, reason=reason[:200], created_by=by
    )


def _open_questions(*, constraints: dict[str, Any], asked: list[str]) -> list[str]:
    """Questions still open: those about the budget stand exactly while there is none."""
    if constraints.get("budget"):
        return [question for question in asked if not _is_about_budget(question)]
    return asked if any(_is_about_budget(question) for question in asked) else [NO_BUDGET, *asked]


def _is_about_budget(question: str) -> bool:
    return question == NO_BUDGET or "the budget" in question


def _name_from(*, brief: str) -> str:
    first_line = brief.strip().splitlines()[0]
    return first_line if len(first_line) <= NAME_LENGTH else f"{first_line[: NAME_LENGTH - 1].rstrip()}…"
