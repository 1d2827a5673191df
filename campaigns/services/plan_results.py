"""Store what planning found: the plan's JSON and its cells, in the operation's finishing transaction."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from campaigns.exports import split_cents
from campaigns.models import Plan, PlanCell, PlanCurves
from campaigns.planning.cell_figures import CellFigures
from campaigns.planning.fitted import cells_to_json, fit_scope
from campaigns.services.plan_workings import Workings
from tenants.models import User
from tenants.services.audit import record_event
from tenants.services.operation_runs import OperationProblem

CENT = Decimal("0.01")


def store_outcome(*, plan: Plan, workings: Workings, by: User | None, now: datetime) -> Plan:
    """Replace the plan's proposal, or its explanation why there is none. Runs inside the caller's transaction."""
    locked = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if locked.version != plan.version:
        raise OperationProblem(title="The plan has changed", detail="It was edited meanwhile.", fix="Plan it again.")
    proposal = workings.proposal
    locked.state = Plan.State.PROPOSED if proposal.is_feasible else Plan.State.INFEASIBLE
    locked.problem, locked.result, locked.explanation = proposal.problem, proposal.result, proposal.explanation
    locked.currency, locked.is_simulated = workings.currency, workings.window.is_simulated
    locked.history_start, locked.history_end = workings.window.start, workings.window.end
    locked.horizon_days, locked.planned_at = workings.horizon_days, now
    locked.version += 1
    locked.save()
    if workings.is_fitted_anew:
        _keep_curves(plan=locked, workings=workings, now=now)
    PlanCell.objects.filter(plan=locked).delete()
    cents = _whole_cents(figures=proposal.figures)
    PlanCell.objects.bulk_create(
        _cell(plan=locked, row=row, position=position, proposed=cents[position])
        for position, row in enumerate(proposal.figures)
    )
    headline = proposal.explanation.get("headline")
    record_event(kind=f"plan.{locked.state}", about=locked, by=by, after={"headline": headline})
    return locked


def _keep_curves(*, plan: Plan, workings: Workings, now: datetime) -> None:
    """What a changed rule is answered from; without it every change would be fitted anew."""
    window = workings.window
    PlanCurves.objects.update_or_create(
        plan=plan,
        defaults={
            "scope": fit_scope(constraints=plan.constraints, horizon_days=workings.horizon_days),
            "cells": cells_to_json(cells=workings.proposal.cells),
            "health": workings.proposal.health,
            "currency": workings.currency,
            "attribution_windows": list(window.attribution_windows),
            "history_start": window.start,
            "history_end": window.end,
            "is_simulated": window.is_simulated,
            "fitted_at": now,
        },
    )


def _whole_cents(*, figures: Sequence[CellFigures]) -> tuple[Decimal, ...]:
    """Proposed spend per cell in cents that add up to the plan's total to the cent."""
    if not figures:
        return ()
    total = Decimal(str(sum(row.proposed for row in figures))).quantize(CENT)
    return split_cents(amount=total, weights=[Decimal(str(max(row.proposed, 0.0))) for row in figures])


def _cell(*, plan: Plan, row: CellFigures, position: int, proposed: Decimal) -> PlanCell:
    history = row.cell.history
    channel, retailer_id, placement, brand = history.path
    return PlanCell(
        plan=plan,
        position=position,
        cell_key=history.key,
        channel=channel,
        retailer_id=retailer_id,
        retailer_name=history.retailer_name,
        placement=placement,
        brand=brand,
        status=PlanCell.Status.FITTED if row.cell.is_fitted else PlanCell.Status.INSUFFICIENT,
        reason=row.cell.reason[:300],
        current_spend=Decimal(str(row.cell.current)).quantize(CENT),
        proposed_spend=proposed,
        expected=dict(row.expected),
        marginal_roas=row.marginal_roas,
        margin_rate=history.margin_rate,
        curve=dict(row.curve) if row.curve else None,
        limited_by=", ".join(row.limited_by)[:300],
    )
