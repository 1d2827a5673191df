"""The ways to split a budget that are compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from campaigns.optimization.allocation import allocate
from campaigns.optimization.problem import problem_from_json
from campaigns.planning.cells import PlannedCell, response_of
from campaigns.planning.evaluation import Array, Incrementality, outcome_of
from campaigns.planning.history import CellHistory, Path
from campaigns.planning.problem import build_problem

MOST_OF_CURRENT = 2.0

Split = Mapping[Path, float]


@dataclass(frozen=True, kw_only=True, eq=False)
class Planned:
    """The planner's split and what it promises.

    Attributes:
        margin_draws: incremental margin of the whole plan, USD per period, shape (n_draws,).
        iroas: expected incremental revenue per USD by cell at the plan's spend.
        iroas_draws: of the same, shape (n_draws,) by cell.
    """

    spend: Split
    margin_draws: Array
    iroas: Mapping[Path, float]
    iroas_draws: Mapping[Path, Array]


def last_period(*, histories: Sequence[CellHistory]) -> Split:
    """What was spent stays as it was."""
    return {history.path: history.total_spend for history in histories}


def by_attributed_revenue(*, histories: Sequence[CellHistory]) -> Split:
    """Money in proportion to attributed revenue."""
    budget, revenue = (sum(getattr(one, name) for one in histories) for name in ("total_spend", "total_revenue"))
    return {history.path: budget * history.total_revenue / revenue for history in histories}


def by_attributed_roas(*, histories: Sequence[CellHistory]) -> Split:
    """The usual heuristic: cells by attributed ROAS, the best first, each up to twice its last spend."""
    left = sum(history.total_spend for history in histories)
    split = dict.fromkeys((history.path for history in histories), 0.0)
    ranked = sorted(histories, key=lambda one: -one.total_revenue / max(one.total_spend, 1e-9))
    for history in ranked:
        split[history.path] = min(left, MOST_OF_CURRENT * history.total_spend)
        left -= split[history.path]
    return split


def planned(
    *,
    cells: Sequence[PlannedCell],
    budget: float,
    beliefs: Mapping[str, Incrementality],
    method: str,
    rng: np.random.Generator,
) -> Planned:
    """The planner's split for the highest expected incremental margin, from curves already fitted.

    Raises RuntimeError where the split is not proved optimal: judging goes on only with what would be shown.
    """
    built = build_problem(constraints={"budget": budget}, currency="USD", cells=cells, beliefs=beliefs)
    allocation = allocate(problem=problem_from_json(built.document), method=method)
    if allocation.status != "optimal":
        raise RuntimeError(f"The split is {allocation.status}: {' '.join(allocation.notes)}")
    spend = np.array([allocation.spend[cell.key] for cell in cells])
    outcome = outcome_of(spend=spend, response=response_of(cells=cells, beliefs=beliefs, rng=rng))
    returned = {
        cell.history.path: draws / amount
        for cell, draws, amount in zip(cells, outcome.incremental_revenue.T, spend, strict=True)
        if amount > 0
    }
    return Planned(
        spend={cell.history.path: float(amount) for cell, amount in zip(cells, spend, strict=True)},
        margin_draws=outcome.total("incremental_margin"),
        iroas={path: float(draws.mean()) for path, draws in returned.items()},
        iroas_draws=returned,
    )
