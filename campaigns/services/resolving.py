"""Change a plan's rules and split again at once, from the curves it keeps: no fitting, no worker, no waiting."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.models import Plan
from campaigns.planning.nodes import UnknownName
from campaigns.planning.proposal import ProposalRefused, propose_split
from campaigns.selectors.curves import KeptCurves, kept_curves
from campaigns.services.drafting import edit_constraints
from campaigns.services.plan_results import store_outcome
from campaigns.services.plan_workings import Workings
from campaigns.services.planning import request_planning
from tenants.models import User

# A split of this many cells takes well under a second; more are planned by a worker.
MOST_AT_ONCE = 400


class NotSolved(Exception):
    """The change is kept, but the plan has no new split; the message says why and what to do."""


def edit_and_solve(
    *, plan: Plan, constraints: dict[str, Any], version: int, by: User | None, reason: str = "Edited"
) -> Plan:
    """Keep the constraints as a new version, and the split that follows from them.

    Raises:
        StaleVersion, EditRefused, ConstraintError: nothing was kept, as ``edit_constraints``.
        NotSolved: the constraints were kept; the plan is a draft that must be planned.
    """
    edited = edit_constraints(plan=plan, constraints=constraints, version=version, by=by, reason=reason)
    return solve_now(plan=edited, by=by) if edited.version != version else edited


def solve_now(*, plan: Plan, by: User | None) -> Plan:
    """Split the budget of the plan's current constraints over the curves it keeps.

    Raises:
        NotSolved: other curves are needed, or no split may be shown.
    """
    if not plan.budget:
        raise NotSolved("This plan has no budget yet. Add one to its constraints.")
    kept = kept_curves(plan=plan)
    if kept is None:
        raise NotSolved("This change needs curves fitted anew. Plan again to see its effect.")
    if len(kept.cells) > MOST_AT_ONCE:
        raise NotSolved(f"This plan has {len(kept.cells)} cells, too many to split while you wait. Plan again.")
    workings = _split(kept=kept)
    with transaction.atomic():
        return store_outcome(plan=plan, workings=workings, by=by, now=timezone.now())


def _split(*, kept: KeptCurves) -> Workings:
    try:
        proposal = propose_split(inputs=kept.inputs, cells=kept.cells, progress=_nobody_watches)
    except (UnknownName, ProposalRefused) as refusal:
        raise NotSolved(f"{refusal.title}. {refusal.detail}") from refusal
    return Workings(
        proposal=proposal,
        window=kept.window,
        currency=kept.inputs.currency,
        horizon_days=kept.inputs.horizon_days,
        is_fitted_anew=False,
    )


def _nobody_watches(percent: float, step: str) -> None:
    """Progress of work that is over before anybody could look."""


def solve_or_plan(*, plan: Plan, by: User | None) -> None:
    """Split at once where the kept curves allow it; else leave it to a worker.

    Raises:
        PlanningRefused: as ``request_planning``.
    """
    try:
        solve_now(plan=plan, by=by)
    except NotSolved:
        request_planning(plan=plan, method=plan.method, by=by)
