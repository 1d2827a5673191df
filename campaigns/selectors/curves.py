"""The curves that a plan keeps, as inputs of whatever asks them anew."""

from dataclasses import dataclass, replace
from typing import Any

from campaigns.models import Plan, PlanCurves
from campaigns.planning.cells import PlannedCell
from campaigns.planning.fitted import cells_from_json, fit_scope
from campaigns.planning.proposal import ProposalInputs
from campaigns.selectors.assumptions import current_beliefs
from campaigns.selectors.history import HistoryWindow, horizon_of


@dataclass(frozen=True, kw_only=True)
class KeptCurves:
    """A plan's fitted cells, and all that a split of them needs."""

    cells: tuple[PlannedCell, ...]
    inputs: ProposalInputs
    window: HistoryWindow

    def asking(self, constraints: dict[str, Any]) -> ProposalInputs:
        """The same with other constraints."""
        return replace(self.inputs, constraints=constraints)


def kept_curves(*, plan: Plan) -> KeptCurves | None:
    """The plan's curves; None where its constraints ask for others: another period, other retailers, another brand."""
    stored = PlanCurves.objects.filter(plan=plan).first()
    if stored is None or not covers(stored=stored, constraints=plan.constraints):
        return None
    cells = cells_from_json(rows=stored.cells)
    window = HistoryWindow(
        start=stored.history_start,
        end=stored.history_end,
        currencies=(stored.currency,),
        attribution_windows=tuple(stored.attribution_windows),
        is_simulated=stored.is_simulated,
    )
    inputs = ProposalInputs(
        constraints=plan.constraints,
        currency=stored.currency,
        histories=[cell.history for cell in cells],
        beliefs=current_beliefs(),
        horizon_days=stored.scope["horizon_days"],
        method=plan.method,
        seed=plan.pk.int,
        attribution_windows=window.attribution_windows,
        spend_before=plan.solved.get("spend"),
    )
    return KeptCurves(cells=cells, inputs=inputs, window=window)


def covers(*, stored: PlanCurves, constraints: dict[str, Any]) -> bool:
    """Whether constraints can be answered by these curves: same retailers, brand, length and currency."""
    horizon_days = horizon_of(constraints=constraints, history_days=stored.history_days)
    is_same_scope = stored.scope == fit_scope(constraints=constraints, horizon_days=horizon_days)
    return is_same_scope and (constraints.get("currency") or stored.currency) == stored.currency
