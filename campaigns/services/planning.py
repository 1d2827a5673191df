"""Plan a draft: one operation a version, whose effect stores the proposal, or the reason why there is none."""

from django.db import transaction
from django.utils import timezone

from campaigns.models import Plan
from campaigns.services.plan_results import store_outcome
from campaigns.services.plan_workings import work_out
from tenants.models import Operation, User
from tenants.services.audit import record_event
from tenants.services.operation_runs import Effect, OperationProblem, OperationRun, Outcome
from tenants.services.operations import start_operation


class PlanningRefused(Exception):
    """The plan lacks what planning needs, or is past planning; the message says what to do."""


@transaction.atomic
def request_planning(*, plan: Plan, method: str, by: User | None) -> Operation:
    """Queue the planning of the plan's current constraints; a second click returns the operation already under way.

    Raises:
        PlanningRefused: no budget, an unknown method, or an approved or withdrawn plan.
    """
    locked = Plan.objects.select_for_update().get(pk=plan.pk)  # a join would read the operation of before
    if locked.live_state == Plan.State.PLANNING and locked.operation is not None:
        return locked.operation
    _check_plannable(plan=locked, method=method)
    before = locked.state
    locked.version += 1
    locked.operation = start_operation(
        kind="plan",
        title=f"Plan “{locked.name}”",
        by=by,
        parameters={"plan_id": str(locked.pk), "version": locked.version, "method": method},
        unique_key=f"plan:{locked.pk}:{locked.version}",
    )
    locked.state, locked.method = Plan.State.PLANNING, method
    locked.save()
    record_event(
        kind="plan.requested",
        about=locked,
        by=by,
        before={"state": before},
        after={"method": method, "version": locked.version},
    )
    return locked.operation


def plan_now(*, plan: Plan, method: str, by: User | None) -> Plan:
    """Plan at once, without a worker; what a script waits for.

    Raises:
        PlanningRefused: as ``request_planning``.
        OperationProblem: the plan cannot be made; it is then marked failed.
    """
    _check_plannable(plan=plan, method=method)
    Plan.objects.filter(pk=plan.pk).update(method=method)
    plan.method = method
    try:
        workings = work_out(plan=plan, method=method, progress=_nobody_watches)
    except OperationProblem:
        Plan.objects.filter(pk=plan.pk, version=plan.version).update(state=Plan.State.FAILED)
        raise
    with transaction.atomic():
        return store_outcome(plan=plan, workings=workings, by=by, now=timezone.now())


def _nobody_watches(percent: float, step: str) -> None:
    """Progress of a run that nobody follows."""


def perform_planning(run: OperationRun) -> Effect:
    """The worker's half: fit, allocate, explain; the returned effect stores it all at once."""
    parameters = run.operation.parameters
    plan = Plan.objects.filter(pk=parameters["plan_id"]).first()
    if plan is None or plan.version != parameters["version"]:
        raise OperationProblem(
            title="The plan has changed",
            detail="Its constraints were edited, or it was withdrawn, after this planning was asked for.",
            fix="Open the plan and plan it again.",
        )
    workings = work_out(plan=plan, method=parameters["method"], progress=run.progress)

    def effect() -> Outcome:
        stored = store_outcome(plan=plan, workings=workings, by=run.operation.created_by, now=timezone.now())
        return Outcome(result={"plan_id": str(stored.pk), "state": stored.state}, result_url=f"/plans/{stored.pk}/")

    return effect


def _check_plannable(*, plan: Plan, method: str) -> None:
    if method not in Plan.Method.values:
        raise PlanningRefused(f"There is no method “{method}”. Choose one of: {', '.join(Plan.Method.values)}.")
    if not plan.is_editable:
        raise PlanningRefused(f"This plan is {plan.get_live_state_display().lower()} and cannot be planned again.")
    if not plan.budget:
        raise PlanningRefused("This plan has no budget yet. Add one to its constraints, then plan it.")
