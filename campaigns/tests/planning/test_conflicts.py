"""An infeasible brief: who contradicts whom, and the smallest way out."""

import pytest

from campaigns.optimization.infeasibility import explain_conflict
from campaigns.optimization.problem import problem_from_json
from campaigns.planning.conflicts import Asked, infeasible_in_words
from campaigns.planning.constraint_edits import read_key, with_constraint
from campaigns.planning.problem import build_problem
from campaigns.tests.planning.cast import BELIEFS, four_cells

NAMES = {"amazon": "Amazon", "walmart": "Walmart"}
CAPS = {"caps": [{"level": "placement", "name": None, "share": 0.3}]}
FLOOR = {"floors": [{"level": "retailer", "name": "amazon", "share": 0.8}]}


def conflict_of(constraints):
    built = build_problem(constraints=constraints, currency="USD", cells=four_cells(), beliefs=BELIEFS)
    found = explain_conflict(problem=problem_from_json(built.document))
    return built, [vars(one) for one in found]


def told(constraints):
    built, conflict = conflict_of(constraints)
    return infeasible_in_words(
        conflict=conflict, asked=Asked(constraints=constraints, built=built, currency="USD", names=NAMES)
    )


def test_the_constraints_in_conflict_are_named_once_each():
    words = told({"budget": 10_000.0} | CAPS | FLOOR)

    assert words["conflict"] == ["At most: 30% on each placement", "At least: 80% on Amazon"]


def test_a_constraint_of_many_rules_is_relaxed_as_one():
    # Two placements of at most x each must hold 80 %: x = 40 %.
    words = told({"budget": 10_000.0} | CAPS | FLOOR)

    cap = next(one for one in words["relaxations"] if one["key"] == "caps-0")
    assert cap["value"]["share"] == pytest.approx(0.4)
    assert cap["sentence"] == "Change “At most: 30% on each placement” to “40% on each placement”."


def test_every_relaxation_offered_makes_the_brief_feasible():
    constraints = {"budget": 10_000.0} | CAPS | FLOOR

    for one in told(constraints)["relaxations"]:
        changed = with_constraint(constraints=constraints, key=read_key(one["key"]), value=one["value"])
        assert conflict_of(changed)[1] == [], one["sentence"]


def test_floors_above_the_budget_are_resolved_by_more_budget_or_less_floor():
    floors = [{"level": "retailer", "name": name, "amount": 6_000.0} for name in ("amazon", "walmart")]

    words = told({"budget": 10_000.0, "floors": floors})

    values = {one["key"]: one["value"] for one in words["relaxations"]}
    assert values["budget"] == pytest.approx(12_000)
    assert values["floors-0"]["amount"] == pytest.approx(4_000)


def test_a_single_constraint_that_cannot_be_kept_is_not_spoken_of_as_several():
    words = told({"budget": 1_000_000.0, "roas_floor": 900.0})

    assert words["sentence"].startswith("One constraint asks for more")
