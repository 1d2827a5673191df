"""From constraints and history to a proposal: fit, allocate, check by a second method, explain. Reads top to bottom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from campaigns.optimization.allocation import BANDIT, Allocation, allocate
from campaigns.optimization.model import build_model
from campaigns.optimization.problem import Problem, problem_from_json
from campaigns.optimization.results import allocation_to_json
from campaigns.planning.cell_figures import CellFigures, cell_figures
from campaigns.planning.cells import PlannedCell, response_of
from campaigns.planning.conflicts import Asked, infeasible_in_words
from campaigns.planning.differences import differences, spend_of
from campaigns.planning.estimating import Progress, estimate_cells, planned_cells
from campaigns.planning.evaluation import Incrementality, ResponseDraws
from campaigns.planning.explanation import explain
from campaigns.planning.history import CellHistory
from campaigns.planning.model_health import model_health
from campaigns.planning.price_ranges import price_ranges
from campaigns.planning.problem import BuiltProblem, build_problem
from campaigns.planning.scenarios import compare_splits, retailers_of

NOTHING = 1e-7  # of the budget; a plan that spends less has been left nothing by its rules
OTHER = {"auto": "lp", "convex": "lp", "lp": "auto", "bandit": "auto"}
SEEDS = 2**32


class ProposalRefused(Exception):
    """No proposal may be shown; ``title``, ``detail`` and ``where`` say why."""

    def __init__(self, *, title: str, detail: str, where: str) -> None:
        super().__init__(f"{title}: {detail}")
        self.title, self.detail, self.where = title, detail, where


@dataclass(frozen=True, kw_only=True)
class ProposalInputs:
    """All that a proposal depends on. The same inputs and seed give the same proposal.

    Attributes:
        beliefs: incrementality by retailer id.
        attribution_windows: days, as the retailers report.
        spend_before: the split that this one replaces, by cell; what differs from it is told.
    """

    constraints: Mapping[str, Any]
    currency: str
    histories: Sequence[CellHistory]
    beliefs: Mapping[str, Incrementality]
    horizon_days: int
    method: str
    seed: int
    attribution_windows: Sequence[int]
    spend_before: Mapping[str, float] | None = None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The optimizer's JSON in and out, what pages show, the fitted cells, and their figures (none when infeasible).

    Attributes:
        health: how far the curves can be trusted; empty where they were fitted before.
    """

    is_feasible: bool
    problem: dict[str, Any]
    result: dict[str, Any]
    explanation: dict[str, Any]
    cells: tuple[PlannedCell, ...]
    figures: tuple[CellFigures, ...] = ()
    health: Mapping[str, Any] = field(default_factory=dict)


def propose(*, inputs: ProposalInputs, progress: Progress) -> Proposal:
    """Make the proposal.

    Raises:
        UnknownName: a constraint names something the history does not have.
        ProposalRefused: the split could not be proved optimal, or spends nothing.
    """
    rng = np.random.default_rng(inputs.seed)
    estimates = estimate_cells(histories=inputs.histories, rng=rng, progress=progress)
    cells = planned_cells(estimates=estimates, horizon_days=inputs.horizon_days, rng=rng)
    progress(60, "Forecasting weeks held out")
    health = model_health(
        estimates=[one.estimate for one in estimates], cells=cells, beliefs=inputs.beliefs, seed=inputs.seed
    )
    progress(65, "Splitting the budget")
    return replace(propose_split(inputs=inputs, cells=cells, progress=progress), health=health)


def propose_split(*, inputs: ProposalInputs, cells: tuple[PlannedCell, ...], progress: Progress) -> Proposal:
    """Make the proposal from cells that are fitted already.

    Raises:
        UnknownName, ProposalRefused: as ``propose``.
    """
    built = build_problem(constraints=inputs.constraints, currency=inputs.currency, cells=cells, beliefs=inputs.beliefs)
    _refuse_careful_exploring(method=inputs.method, built=built)
    problem = problem_from_json(built.document)
    allocation = allocate(problem=problem, method=inputs.method, seed=inputs.seed % SEEDS)
    result = allocation_to_json(allocation=allocation)
    if allocation.status == "infeasible":
        words = infeasible_in_words(conflict=result["conflict"], asked=_asked(inputs=inputs, cells=cells, built=built))
        return Proposal(
            is_feasible=False, problem=built.document, result=result, explanation={"infeasible": words}, cells=cells
        )
    _check_spends(problem=problem, allocation=allocation)
    if not allocation.has_split:
        raise ProposalRefused(
            title="The split could not be proved optimal", detail=" ".join(allocation.notes), where="constraints"
        )
    progress(80, "Checking by a second method")
    settled = replace(_settled(problem, allocation), worst_share=None)
    other = allocate(problem=settled, method=OTHER[inputs.method], ranges=False)
    progress(90, "Writing the explanation")
    return _explained(inputs=inputs, cells=cells, built=built, allocation=allocation, checked_by=other.objective)


def _refuse_careful_exploring(*, method: str, built: BuiltProblem) -> None:
    if "risk" in built.document and method == BANDIT:
        raise ProposalRefused(
            title="Caution and exploring exclude each other",
            detail="Exploring spends where curves are unsure; planning for the worst avoids that. Choose one.",
            where="constraints.risk",
        )


def _settled(problem: Problem, allocation: Allocation) -> Problem:
    """The problem with the budget that reaches its target, so that a second method need not search for it."""
    if problem.target is None or allocation.budget is None:
        return problem
    return replace(problem, budget=allocation.budget, objective=problem.target.metric, target=None)


def _check_spends(*, problem: Problem, allocation: Allocation) -> None:
    """Refuse a plan that keeps its rules only by spending nothing: it is no plan, whatever its proof says.

    Curves are steepest at zero spend, so a ROAS floor above every slope there cannot be kept by any spend.
    """
    model = build_model(problem=problem)
    with np.errstate(over="ignore"):
        best = float(np.max(model.slope(spend=np.zeros(model.count))))
    floors = [rule.value for rule in problem.rules if rule.kind == "roas_floor" and not rule.path]
    spends_nothing = allocation.has_split and sum(allocation.spend.values()) <= NOTHING * problem.budget
    if spends_nothing or max(floors, default=0.0) >= best:
        names = ", ".join(rule.name for rule in problem.rules) or "the least and most of each line"
        raise ProposalRefused(
            title="The constraints leave nothing to spend",
            detail=f"Any spend would break one of these: {names}. By the history, the first {problem.currency} brings "
            f"at most {best:.2f} of attributed revenue, and every further one brings less.",
            where="constraints",
        )


def fit_cells(*, inputs: ProposalInputs, rng: np.random.Generator, progress: Progress) -> tuple[PlannedCell, ...]:
    """A curve per cell, or its past return where the history is too thin for one. Cells never paid for are left out."""
    estimates = estimate_cells(histories=inputs.histories, rng=rng, progress=progress)
    return planned_cells(estimates=estimates, horizon_days=inputs.horizon_days, rng=rng)


def _explained(
    *,
    inputs: ProposalInputs,
    cells: tuple[PlannedCell, ...],
    built: BuiltProblem,
    allocation: Allocation,
    checked_by: float | None,
) -> Proposal:
    problem, result = problem_from_json(built.document), allocation_to_json(allocation=allocation)
    response = response_draws(cells=cells, beliefs=inputs.beliefs, seed=inputs.seed)
    spend = np.array([result["spend"][cell.key] for cell in cells])
    scenarios = compare_splits(cells=cells, spend=spend, response=response)
    figures = cell_figures(
        cells=cells,
        scenarios=scenarios,
        response=response,
        limits=limits_of(cells=cells, built=built, result=result),
        horizon_days=inputs.horizon_days,
    )
    explanation = explain(
        constraints=inputs.constraints,
        currency=inputs.currency,
        beliefs=inputs.beliefs,
        cells=cells,
        figures=figures,
        scenarios=scenarios,
        result=result,
        rules=_value_kinds(built=built, problem=problem),
        ranges=price_ranges(problem=problem, prices=allocation.shadow_prices, response=response),
        notes=(*built.notes, *result["notes"]),
        checked_by=(OTHER[inputs.method], checked_by),
    ) | {"attribution_windows": list(inputs.attribution_windows)}
    before = spend_of(cells=cells, spend=inputs.spend_before)
    if before is not None:
        explanation["changes"] = differences(cells=cells, before=before, after=spend, response=response)
    return Proposal(
        is_feasible=True, problem=built.document, result=result, explanation=explanation, cells=cells, figures=figures
    )


def response_draws(*, cells: Sequence[PlannedCell], beliefs: Mapping[str, Incrementality], seed: int) -> ResponseDraws:
    """Draws of a plan's responses: the same for the same plan, whether its cells were fitted now or before."""
    return response_of(cells=cells, beliefs=beliefs, rng=np.random.default_rng([seed, 1]))


def _asked(*, inputs: ProposalInputs, cells: Sequence[PlannedCell], built: BuiltProblem) -> Asked:
    return Asked(constraints=inputs.constraints, built=built, currency=inputs.currency, names=retailers_of(cells=cells))


def _value_kinds(*, built: BuiltProblem, problem: Problem) -> dict[str, str]:
    """The rules that people made, and what their values are: an amount, a share or a ratio."""
    kinds = {rule.name: "ratio" if rule.kind == "roas_floor" else rule.value_kind for rule in problem.rules}
    return {name: kinds.get(name, "amount") for name in built.sources}


def limits_of(*, cells: Sequence[PlannedCell], built: BuiltProblem, result: Mapping[str, Any]) -> dict[str, list[str]]:
    """Names of the binding rules that hold for each cell; rules over the whole plan are not repeated per cell."""
    paths = {rule["name"]: rule["path"] for rule in built.document["rules"] if rule["path"]}
    binding = [name for name in result["binding"] if name in paths]
    return {
        cell.key: [
            name
            for name in binding
            if all(part in ("*", own) for part, own in zip(paths[name], cell.history.path, strict=False))
        ]
        for cell in cells
    }
