"""Split a budget over cells so that the objective is highest, with proof or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module

import numpy as np

from campaigns.optimization.branching import solve_cases
from campaigns.optimization.cells import table_of
from campaigns.optimization.certificate import Certificate, certify, require_proof
from campaigns.optimization.conflict import Conflict
from campaigns.optimization.model import Model, build_model
from campaigns.optimization.prices import ShadowPrice, notes_on_prices, shadow_prices
from campaigns.optimization.problem import Problem
from campaigns.optimization.solution import Infeasible, NotConverged, Solution
from campaigns.optimization.tightness import binding_names, prices_are_unique

# By dotted path, so that a plan by ``lp`` does not wait for CVXPY to be imported. Each names a module with
# ``solve(*, model: Model) -> Solution``; to add a method, add such a module and a line here.
METHODS: Mapping[str, str] = {
    "auto": "campaigns.optimization.auto",
    "lp": "campaigns.optimization.lp",
    "convex": "campaigns.optimization.convex",
}
# Likewise, because it needs PuLP and most problems have no contradiction.
_CONFLICTS = "campaigns.optimization.infeasibility"
# Likewise, because it allocates in turn.
_TARGETS = "campaigns.optimization.reaching"


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """What each cell gets, how good that is, and what held it back.

    Attributes:
        status: ``optimal``, ``infeasible`` or ``not_converged``; only an optimal one has a split.
        solved_by: the method that found the split; another than ``method`` where that one does not know the rules.
        objective: expected value of the objective over the horizon, currency units; None without a split.
        spend: currency units by cell id.
        marginal_revenue: attributed revenue of one more unit of money, by cell id; may be infinite at zero spend.
        certificate: the proof, or how far the method came when the plan was refused.
        shadow_prices: what each binding rule is worth, by rule name.
        binding: names of the rules that hold with equality.
        conflict: the rules that contradict each other, when infeasible.
        notes: what a reader must know, in words.
        budget: the least budget that reaches the target, where there is one.
    """

    status: str
    method: str
    objective_name: str
    currency: str
    solved_by: str = ""
    objective: float | None = None
    spend: Mapping[str, float] = field(default_factory=dict)
    marginal_revenue: Mapping[str, float] = field(default_factory=dict)
    certificate: Certificate | None = None
    shadow_prices: Mapping[str, ShadowPrice] = field(default_factory=dict)
    binding: tuple[str, ...] = ()
    conflict: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
    budget: float | None = None


def allocate(*, problem: Problem, method: str) -> Allocation:
    """Find the best split by one of ``METHODS``.

    Raises:
        ValueError: no such method.
    """
    if method not in METHODS:
        raise ValueError(f"There is no method {method!r}; choose {', '.join(METHODS)}.")
    if problem.target is not None:
        reached: Allocation = import_module(_TARGETS).reach_target(
            problem=problem, target=problem.target, method=method
        )
        return reached
    model = build_model(problem=problem)
    certificate = None
    try:
        case = solve_cases(model=model, solve=import_module(METHODS[method]).solve)
        certificate = certify(model=case.model, solution=case.solution, bound=case.bound)
        require_proof(certificate)
    except (Infeasible, NotConverged) as refusal:
        refused = _without_split(problem, method, str(refusal), certificate)
        return _rescued(problem, refused) if method == "convex" and refused.status == "not_converged" else refused
    return _optimal(problem, method, case.model, case.solution, certificate)


def _rescued(problem: Problem, refused: Allocation) -> Allocation:
    """Clarabel loses its way where a ROAS floor leaves hardly any room; prices on the tree do not."""
    found = allocate(problem=problem, method="auto")
    if found.status != "optimal" or found.solved_by != "auto":
        return refused
    note = "“convex” could not prove a split here, so it was found by “auto” instead."
    return replace(found, method=refused.method, notes=(note, *found.notes))


def _optimal(problem: Problem, method: str, model: Model, solution: Solution, certificate: Certificate) -> Allocation:
    unique = prices_are_unique(model=model, spend=solution.spend)
    ids = table_of(cells=problem.cells).ids
    with np.errstate(over="ignore"):
        marginal = model.slope(spend=solution.spend)
    return Allocation(
        status="optimal",
        method=method,
        objective_name=problem.objective,
        currency=problem.currency,
        solved_by=solution.by or method,
        objective=model.objective(spend=solution.spend),
        spend=dict(zip(ids, solution.spend.tolist(), strict=True)),
        marginal_revenue=dict(zip(ids, marginal.tolist(), strict=True)),
        certificate=certificate,
        shadow_prices=shadow_prices(problem=problem, model=model, solution=solution),
        binding=binding_names(model=model, spend=solution.spend),
        notes=(
            *notes_on_prices(model=model, spend=solution.spend, unique=unique),
            *_hull_notes(problem, model, solution),
            *_fallback_notes(method, solution),
        ),
    )


def _hull_notes(problem: Problem, model: Model, solution: Solution) -> tuple[str, ...]:
    """Name the cells whose S-shaped curve is read optimistically: spend inside the straight part of its hull."""
    inside = (solution.spend > 0.0) & (solution.spend < model.responses.hull_ends() * (1.0 - 1e-6))
    if not inside.any():
        return ()
    names = [problem.cells[place].id for place in np.flatnonzero(inside)[:6].tolist()]
    return (
        f"The response of {', '.join(names[:5])}{' and others' if len(names) > 5 else ''} is S-shaped and the split "
        "lies under its steep part, where the straight line used instead promises too much; consider a least spend.",
    )


def _fallback_notes(method: str, solution: Solution) -> tuple[str, ...]:
    if not solution.by or solution.by == method:
        return ()
    return (f"Some rules cut across each other, so the split was found by “{solution.by}” instead of “{method}”.",)


def _without_split(problem: Problem, method: str, reason: str, certificate: Certificate | None) -> Allocation:
    """Why there is no split: contradicting rules if there are any, whatever the solver made of them."""
    conflict: tuple[Conflict, ...] = import_module(_CONFLICTS).explain_conflict(problem=problem)
    return Allocation(
        status="infeasible" if conflict else "not_converged",
        method=method,
        objective_name=problem.objective,
        currency=problem.currency,
        certificate=None if conflict else certificate,
        conflict=conflict,
        notes=() if conflict else (reason,),
    )
