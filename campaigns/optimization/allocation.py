"""Split a budget over cells so that the objective is highest, with proof or not at all."""

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module

import numpy as np

from campaigns.optimization.answers import (
    Allocation,
    explored_answer,
    optimal_answer,
    refused_answer,
    unexplored_answer,
)
from campaigns.optimization.branching import Case, solve_cases
from campaigns.optimization.cells import table_of
from campaigns.optimization.certificate import LARGEST_RESIDUAL, Certificate, certify, require_proof
from campaigns.optimization.conflict import Conflict
from campaigns.optimization.draws import NoDraws
from campaigns.optimization.exploration import EVEN, Exploration, explore
from campaigns.optimization.model import build_model
from campaigns.optimization.problem import Problem
from campaigns.optimization.solution import Infeasible, NotConverged

__all__ = ["BANDIT", "METHODS", "Allocation", "allocate"]

BANDIT = "bandit"
# By dotted path, so that a plan by ``lp`` does not wait for CVXPY to be imported. Each names a module with
# ``solve(*, model: Model) -> Solution``; to add a method, add such a module and a line here.
METHODS: Mapping[str, str] = {
    "auto": "campaigns.optimization.auto",
    "lp": "campaigns.optimization.lp",
    "convex": "campaigns.optimization.convex",
    BANDIT: "campaigns.optimization.auto",  # explores around the split that this one finds
}
# Likewise, because it needs PuLP and most problems have no contradiction.
_CONFLICTS = "campaigns.optimization.infeasibility"
# Likewise, because it allocates in turn.
_TARGETS = "campaigns.optimization.reaching"
_SHAPES = "campaigns.optimization.on_curves"
_RISKS = "campaigns.optimization.risk"


def allocate(*, problem: Problem, method: str, seed: int = 0, ranges: bool = True) -> Allocation:
    """Find the best split by one of ``METHODS``; ``bandit`` explores around it, by chance that ``seed`` settles.

    Args:
        ranges: whether to find how far rules may move that only other splits can tell; small plans take a moment.

    Raises:
        ValueError: no such method.
        ProblemError: a split for the worst draws, or on S-shapes as they are, is asked to explore.
    """
    if method not in METHODS:
        raise ValueError(f"There is no method {method!r}; choose {', '.join(METHODS)}.")
    special = _special(problem, method, seed)
    if special is not None:
        return special
    model = build_model(problem=problem)
    certificate = None
    try:
        case = solve_cases(model=model, solve=import_module(METHODS[method]).solve)
        certificate = certify(model=case.model, solution=case.solution, bound=case.bound)
        require_proof(certificate)
    except (Infeasible, NotConverged) as refusal:
        refused = _without_split(problem, method, str(refusal), certificate)
        return _rescued(problem, refused) if method == "convex" and refused.status == "not_converged" else refused
    found = optimal_answer(
        problem=problem,
        method=method,
        model=case.model,
        solution=case.solution,
        certificate=certificate,
        ranges=ranges,
    )
    return _explored(found, problem, case, seed) if method == BANDIT else found


def _special(problem: Problem, method: str, seed: int) -> Allocation | None:
    """The answer to a target, to the worst draws or on S-shapes as they are; None for what is asked most."""
    found: Allocation | None = None
    if problem.target is not None:
        found = import_module(_TARGETS).reach_target(problem=problem, target=problem.target, method=method, seed=seed)
    elif problem.worst_share is not None:
        worst = import_module(_RISKS).allocate_for_worst
        found = worst(problem=problem, share=problem.worst_share, method=method)
    elif problem.is_exact and np.any(table_of(cells=problem.cells).responses.hull_ends() > 0.0):
        found = import_module(_SHAPES).allocate_on_curves(problem=problem, method=method)
    return found


def _explored(best: Allocation, problem: Problem, case: Case, seed: int) -> Allocation:
    """The best split with its money spread over what might be best; the best split itself where nothing is unsure."""
    try:
        spend, draws = explore(case=case, seed=seed)
    except (Infeasible, NoDraws, NotConverged) as refusal:
        return refused_answer(problem=problem, method=BANDIT, reason=str(refusal), certificate=None)
    if not draws:
        return unexplored_answer(best)
    solution = replace(case.solution, spend=spend, beside=None)
    certificate = certify(model=case.model, solution=solution, bound=case.bound)
    if certificate.feasibility_residual > LARGEST_RESIDUAL:
        reason = "The exploring split could not be brought within the rules."
        return refused_answer(problem=problem, method=BANDIT, reason=reason, certificate=certificate)
    how = Exploration(seed=seed, draws=draws, even=EVEN, propensities={})
    return explored_answer(best=best, problem=problem, model=case.model, spend=spend, certificate=certificate, how=how)


def _rescued(problem: Problem, refused: Allocation) -> Allocation:
    """Clarabel loses its way where a ROAS floor leaves hardly any room; prices on the tree, or secants, do not."""
    found = allocate(problem=problem, method="auto")
    if found.status != "optimal":
        return refused
    note = f"“convex” could not prove a split here, so it was found by “{found.solved_by}” instead."
    return replace(found, method=refused.method, notes=(note, *found.notes))


def _without_split(problem: Problem, method: str, reason: str, certificate: Certificate | None) -> Allocation:
    """Why there is no split: contradicting rules if there are any, whatever the solver made of them."""
    conflict: tuple[Conflict, ...] = import_module(_CONFLICTS).explain_conflict(problem=problem)
    if not conflict:
        return refused_answer(problem=problem, method=method, reason=reason, certificate=certificate)
    return Allocation(
        status="infeasible",
        method=method,
        objective_name=problem.objective,
        currency=problem.currency,
        conflict=conflict,
    )
