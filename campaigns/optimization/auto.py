"""Method ``auto``: prices found by nested bisection of our own; CVXPY only for rules that cut across each other.

Rules over nested groups are a tree, on which prices of money are roots of falling functions (see ``water_filling``).
Each ROAS floor has one multiplier: at a multiplier m its cells' revenue is worth m more and their money costs
m * floor more, and revenue less floor times spend rises with m (its derivative is that of a convex dual). With several
floors the multipliers are found in turn until all hold together.
"""

from dataclasses import replace
from importlib import import_module

import numpy as np

from campaigns.optimization.certificate import LARGEST_GAP, cell_prices, certify, quick_bound
from campaigns.optimization.curves import Array
from campaigns.optimization.demand import Demand, demand_of, refined
from campaigns.optimization.model import Model
from campaigns.optimization.return_floors import hold_return_floors
from campaigns.optimization.solution import NotConverged, Solution
from campaigns.optimization.tree import Tree, require_room, tree_of
from campaigns.optimization.water_filling import Filling

ROUNDS = 10
ENOUGH = 1e-11
GOOD = 1e-9  # largest breach of a rule, relative
_FURTHER = 2.0
# By name: CVXPY takes a second to import, and most plans never need it.
_OTHERS = ("convex", "lp")


def solve(*, model: Model) -> Solution:
    """Find the best split.

    Raises:
        Infeasible: no split keeps all rules.
        NotConverged: the other methods stopped without an answer.
    """
    tree = tree_of(model=model)
    if tree is not None:
        require_room(tree=tree, model=model)
        found = _on_tree(model, tree)
        if found is not None:
            return found
    return _by_others(model)


def _by_others(model: Model) -> Solution:
    """The split by the first other method whose gap is closed, or else by the one that comes nearest."""
    best, best_gap, refusal = None, np.inf, NotConverged("No method found a split.")
    for name in _OTHERS:
        try:
            found: Solution = import_module(f"campaigns.optimization.{name}").solve(model=model)
        except NotConverged as unsolved:
            refusal = unsolved
            continue
        certificate = certify(model=model, solution=found)
        if certificate.is_proof:
            return replace(found, by=name)
        if certificate.gap < best_gap:
            best, best_gap = replace(found, by=name), certificate.gap
    if best is None:
        raise refusal
    return best


def _on_tree(model: Model, tree: Tree) -> Solution | None:
    """The split by prices on the tree; None when its gap stays open."""
    demand = demand_of(model=model, upper=model.upper)
    best, best_gap, multipliers, guess = None, np.inf, None, None
    for _ in range(ROUNDS if demand.has_tables else 1):
        try:
            held = hold_return_floors(model=model, tree=tree, demand=demand, start=multipliers, guess=guess)
        except NotConverged:
            break
        solution = as_solution(model=model, tree=tree, filling=held.filling, multipliers=held.multipliers)
        solution = with_second_look(model=model, demand=demand, solution=solution)
        certificate = certify(model=model, solution=solution, bound=quick_bound(model=model, solution=solution))
        if certificate.feasibility_residual <= GOOD and certificate.gap < best_gap:
            best, best_gap = solution, certificate.gap
        if best_gap <= ENOUGH:
            break
        multipliers, guess = held.multipliers, held.filling.node_price
        demand = refined(demand=demand, model=model, spend=solution.spend)
    return best if best_gap <= LARGEST_GAP else None


def as_solution(*, model: Model, tree: Tree, filling: Filling, multipliers: Array) -> Solution:
    """Prices of rows: what a node's price exceeds its parent's by is the price of the node's own tight row."""
    own = filling.node_price - np.where(np.arange(tree.count) == 0, 0.0, filling.node_price[tree.parent])
    row_prices = np.zeros(len(model.rows))
    for node in np.flatnonzero(own).tolist():
        rows = np.flatnonzero(tree.node_of_row == node).tolist()
        side, limit = ("<=", tree.high[node]) if own[node] > 0.0 else (">=", tree.low[node])
        for row in rows:
            if model.rows[row].sense in (side, "==") and model.rows[row].bound == limit:
                row_prices[row] = own[node]
                break
    return Solution(spend=filling.spend, row_prices=row_prices, roas_prices=multipliers)


def with_second_look(*, model: Model, demand: Demand, solution: Solution) -> Solution:
    """The solution with points beside it: from the tables, twice as far as these are wrong at the split."""
    if not demand.has_tables:
        return solution
    worth, price = cell_prices(model=model, solution=solution)
    with np.errstate(all="ignore"):
        wrong = worth * model.slope(spend=solution.spend) / price
        shifted = np.where(np.isfinite(wrong) & (wrong > 0.0), price * wrong**-_FURTHER, price)
    return replace(solution, beside=demand.at(worth=worth, price=shifted))
