"""What if the budget or a rule were another: the same plan solved again within a few milliseconds.

Mean responses over draws are tabulated once, when the plan is prepared; each question is then answered from the tables,
made exact around its answer, and proven like any other split.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from campaigns.optimization.auto import as_solution, with_second_look
from campaigns.optimization.certificate import Certificate, certify, quick_bound
from campaigns.optimization.curves import Array
from campaigns.optimization.demand import Demand, demand_of, refined
from campaigns.optimization.model import Model, build_model
from campaigns.optimization.problem import Problem
from campaigns.optimization.responses import RememberedResponses
from campaigns.optimization.return_floors import hold_return_floors
from campaigns.optimization.solution import Infeasible, NotConverged, Solution
from campaigns.optimization.tree import Tree, require_room, tree_of

_ROUNDS, _PER_OCTAVE = 6, 3
_ROOM = 4.0


class NotPrepared(Exception):
    """The plan's rules cut across each other or it has least spends; it can only be allocated anew."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A problem and all that stays the same while its budget and the values of its rules move.

    Attributes:
        most: budgets up to this are covered by the tables, currency units.
        guess: prices of money inside the nodes of the problem as it stands.
    """

    problem: Problem
    demand: Demand
    most: float
    guess: Array | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The best split of one question, or why there is none.

    Attributes:
        status: ``optimal``, ``infeasible`` or ``not_converged``.
        spend: currency units per cell, shape (n_cells,); zeros without a split.
        price_of_money: objective that one more unit of spendable money would bring.
        certificate: proof of the split; None without one.
        node_price: where the next question may begin to search.
    """

    status: str
    budget: float
    spend: Array
    objective: float
    price_of_money: float
    certificate: Certificate | None
    node_price: Array | None = None


def prepare(*, problem: Problem) -> Prepared:
    """Tabulate the responses once.

    Raises:
        NotPrepared: the rules cut across each other, some cells get nothing or at least so much, or the split is for
            the worst draws.
    """
    roomy = build_model(problem=replace(problem, budget=_ROOM * problem.budget))
    if tree_of(model=roomy) is None or roomy.least_spend or problem.worst_share is not None:
        raise NotPrepared("These rules can only be allocated anew.")
    demand = demand_of(model=roomy, upper=roomy.upper, per_octave=_PER_OCTAVE)
    prepared = Prepared(problem=problem, demand=demand, most=_ROOM * problem.budget)
    return replace(prepared, guess=solve_again(prepared=prepared, problem=problem).node_price)


def solve_again(*, prepared: Prepared, problem: Problem) -> Answer:
    """The best split of a problem with the same cells as the prepared one, but another budget or values of rules.

    Raises:
        NotPrepared: for another kind of rules, or a budget beyond the tables.
    """
    model = build_model(problem=problem)
    remembered = RememberedResponses(count=model.count, groups=model.responses.groups)
    model = replace(model, responses=remembered)
    tree = tree_of(model=model)
    if tree is None or problem.budget > prepared.most:
        raise NotPrepared("Prepare the plan for these rules and this budget.")
    demand = replace(prepared.demand, lower=model.lower, upper=model.upper)
    try:
        require_room(tree=tree, model=model)
        is_alike = prepared.guess is not None and prepared.guess.size == tree.count
        proven = _proven(model, tree, demand, prepared.guess if is_alike else None)
    except Infeasible:
        return _nothing(problem, model, "infeasible")
    except NotConverged:
        return _nothing(problem, model, "not_converged")
    if proven is None:
        return _nothing(problem, model, "not_converged")
    solution = proven.solution
    return Answer(
        status="optimal",
        budget=problem.budget,
        spend=solution.spend,
        objective=model.objective(spend=solution.spend),
        price_of_money=float(solution.row_prices[0]),
        certificate=proven.certificate,
        node_price=proven.node_price,
    )


@dataclass(frozen=True, kw_only=True)
class _Proven:
    solution: Solution
    certificate: Certificate
    node_price: Array


def _proven(model: Model, tree: Tree, demand: Demand, guess: Array | None) -> "_Proven | None":
    multipliers = None
    for _ in range(_ROUNDS):
        held = hold_return_floors(model=model, tree=tree, demand=demand, start=multipliers, guess=guess)
        multipliers, guess = held.multipliers, held.filling.node_price
        solution = as_solution(model=model, tree=tree, filling=held.filling, multipliers=multipliers)
        solution = with_second_look(model=model, demand=demand, solution=solution)
        certificate = certify(model=model, solution=solution, bound=quick_bound(model=model, solution=solution))
        if certificate.is_proof:
            return _Proven(solution=solution, certificate=certificate, node_price=guess)
        demand = refined(demand=demand, model=model, spend=solution.spend)
    return None


def frontier(*, prepared: Prepared, budgets: Sequence[float]) -> tuple[Answer, ...]:
    """The best outcome of each budget, all rules kept (shares move with the budget)."""
    return tuple(solve_again(prepared=prepared, problem=replace(prepared.problem, budget=budget)) for budget in budgets)


def _nothing(problem: Problem, model: Model, status: str) -> Answer:
    return Answer(
        status=status,
        budget=problem.budget,
        spend=np.zeros(model.count),
        objective=0.0,
        price_of_money=0.0,
        certificate=None,
    )
