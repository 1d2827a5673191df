"""Rules as a tree: what nests, what cuts across, and what contradicts."""

import numpy as np
import pytest

from campaigns.optimization.model import build_model
from campaigns.optimization.solution import Infeasible
from campaigns.optimization.tree import require_room, tree_of
from campaigns.tests.optimization.problems import cell, problem

CELLS = [
    cell(f"{retailer} {place}", beta=300.0, k=40.0, path=["onsite", retailer, place])
    for retailer in ("r0", "r1")
    for place in ("search", "display")
]


def rule(kind, value, path, **more):
    return {"kind": kind, "name": f"{kind} {' '.join(path)}", "value": value, "path": list(path), **more}


def model_of(*rules, cells=CELLS):
    return build_model(problem=problem(budget=100.0, cells=cells, rules=rules))


def test_nested_rules_are_a_tree():
    tree = tree_of(model=model_of(rule("node_cap", 50.0, ["onsite", "r0"]), rule("fixed", 5.0, ["*", "r0", "search"])))

    assert tree.parent.tolist() == [0, 0, 1]
    assert tree.home.tolist() == [2, 1, 0, 0]
    assert tree.high.tolist() == [100.0, 50.0, 5.0]


def test_rules_over_the_same_cells_share_a_node():
    tree = tree_of(model=model_of(rule("node_cap", 50.0, ["onsite", "r0"]), rule("node_floor", 20.0, ["*", "r0"])))

    assert tree.count == 2
    assert (tree.low[1], tree.high[1]) == (20.0, 50.0)


def test_rules_that_cut_across_each_other_are_no_tree():
    crossing = model_of(rule("node_cap", 50.0, ["onsite", "r0"]), rule("node_cap", 50.0, ["*", "*", "search"]))

    assert tree_of(model=crossing) is None


def test_totals_hold_descendants_within_their_rules():
    tree = tree_of(model=model_of(rule("node_cap", 50.0, ["onsite", "r0"]), rule("fixed", 5.0, ["*", "r0", "search"])))

    totals = tree.raw_totals(spend=np.array([1.0, 60.0, 3.0, 4.0]))

    # The fixed 5 beside 60 make 65 in r0, of which its cap lets 50 through to the plan.
    assert totals.tolist() == [57.0, 65.0, 1.0]


CONTRADICTIONS = [
    [rule("node_floor", 60.0, ["*", "r0"]), rule("node_floor", 50.0, ["*", "r1"])],
    [rule("node_cap", 20.0, ["*", "r0"]), rule("node_floor", 30.0, ["*", "r0", "search"])],
    [rule("fixed", 30.0, ["*", "r0"]), rule("node_cap", 20.0, ["onsite", "r0"])],
]


@pytest.mark.parametrize("rules", CONTRADICTIONS)
def test_contradictions_are_found(rules):
    model = model_of(*rules)

    with pytest.raises(Infeasible):
        require_room(tree=tree_of(model=model), model=model)


def test_cell_whose_limits_contradict_is_found():
    cells = [cell("a", beta=1.0, k=1.0, current=50.0, cap=10.0), *CELLS]
    model = model_of(rule("change_limit", 0.5, ["onsite", "a"]), cells=cells)

    with pytest.raises(Infeasible):
        require_room(tree=tree_of(model=model), model=model)
