"""Reading problems: what is right is read, what is not is refused with its place."""

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.optimization.problem import ProblemError, problem_from_json


def document(**changes):
    cell = {
        "id": "a",
        "path": ["onsite", "amazon", "search"],
        "current": 40,
        "min": 5,
        "max": 80.5,
        "margin_rate": 0.3,
        "incrementality": 0.6,
        "oos_probability": 0.1,
        "curve": {"kind": "michaelis_menten", "beta": 300, "k": 40},
    }
    cap = {"kind": "node_cap", "name": "cap", "path": ["*", "amazon"], "value": 0.3, "value_kind": "share"}
    return {"budget": 100, "currency": "USD", "cells": [cell], "rules": [cap]} | changes


def with_cell(**changes):
    return document(cells=[document()["cells"][0] | changes])


def with_rule(**changes):
    return document(rules=[document()["rules"][0] | changes])


def test_whole_problem_is_read():
    problem = problem_from_json(document())

    cell = problem.cells[0]
    assert (problem.budget, problem.currency, problem.objective) == (100.0, "USD", "incremental_margin")
    assert (cell.floor, cell.cap, cell.margin_rate, cell.incrementality) == (5.0, 80.5, 0.3, 0.6)
    assert problem.rules[0].amount(budget=problem.budget) == 30.0


def test_star_in_a_path_stands_for_any_name():
    cell = problem_from_json(document()).cells[0]

    assert cell.is_under(("*", "amazon"))
    assert cell.is_under(())
    assert not cell.is_under(("*", "walmart"))
    assert not cell.is_under(("onsite", "amazon", "search", "deeper"))


def test_draws_are_read_as_one_curve():
    draws = [{"kind": "michaelis_menten", "beta": beta, "k": 40} for beta in (200, 400)]

    curve = problem_from_json(with_cell(draws=draws)).cells[0].curve

    assert curve.draws_count == 2


REFUSED = [
    ([], "An object is expected", "the problem"),
    (document(budget=math.nan), "Not a finite number", "budget"),
    (document(budget=math.inf), "Not a finite number", "budget"),
    (document(budget=-1), "A negative number", "budget"),
    (document(budget="100"), "A number is missing", "budget"),
    (document(budget=True), "A number is missing", "budget"),
    (document(currency=None), "Text is missing", "currency"),
    (document(objective="fame"), "Unknown objective", ".objective"),
    (document(cells=[]), "No cells", "cells"),
    (document(cells=None), "A list is expected", "cells"),
    (document(budgt=3), "Unknown field", "the problem"),
    (document(cells=document()["cells"] * 2), "The same id twice", "cells"),
    (document(rules=document()["rules"] * 2), "The same name twice", "rules"),
    (with_rule(name="budget"), "The same name twice", "rules"),
    (with_cell(min=90), "Cap below floor", "cells[0]"),
    (with_cell(max=-2), "A negative number", "cells[0].max"),
    (with_cell(path=[]), "No path", "cells[0].path"),
    (with_cell(path=["onsite", ""]), "Not a path", "cells[0].path"),
    (with_cell(margin_rate=30), "A number too large", "cells[0].margin_rate"),
    (with_cell(currency="EUR"), "Mixed currencies", "cells[0].currency"),
    (with_cell(curve=None), "No response curve", "cells[0]"),
    (with_cell(draws=[]), "No draws", "cells[0].draws"),
    (with_cell(curve={"kind": "cubic"}), "Unknown kind", "cells[0].curve.kind"),
    (with_cell(curve={"kind": "hill", "beta": 1, "k": 1, "s": 50}), "A number too large", "cells[0].curve.s"),
    (with_cell(curve={"kind": "exponential", "beta": 1, "k": 0}), "A number too small", "cells[0].curve.k"),
    (with_cell(curve={"kind": "exponential", "beta": 1}), "A number is missing", "cells[0].curve.k"),
    (
        with_cell(draws=[{"kind": "exponential", "beta": 1, "k": 1}, {"kind": "michaelis_menten", "beta": 1, "k": 1}]),
        "Mixed curves",
        "cells[0].draws",
    ),
    (with_rule(kind="wish"), "Unknown kind", "rules[0].kind"),
    (with_rule(path=["offsite"]), "Unknown path", "rules[0].path"),
    (with_rule(value=1.2), "A number too large", "rules[0].value"),
    (with_rule(kind="roas_floor"), "Unknown value kind", "rules[0].value_kind"),
]


@pytest.mark.parametrize(("bad", "title", "where"), REFUSED, ids=[f"{t} at {w}" for _, t, w in REFUSED])
def test_what_is_not_right_is_refused_with_its_place(bad, title, where):
    with pytest.raises(ProblemError) as refusal:
        problem_from_json(bad)

    assert (refusal.value.title, refusal.value.where) == (title, where)
    assert refusal.value.detail


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(field=st.sampled_from(["budget", "currency", "objective", "cells", "rules"]), value=JSON)
def test_any_json_is_either_read_or_refused(field, value):
    # Anything but a ProblemError fails the test.
    with contextlib.suppress(ProblemError):
        problem_from_json(document(**{field: value}))
