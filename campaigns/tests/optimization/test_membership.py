"""Which cells lie under which path, in whatever order paths are asked for."""

import numpy as np

from campaigns.optimization.membership import PathIndex

PATHS = [("on", "a", "x"), ("on", "a"), ("on", "b", "x"), ("off", "a", "y")]


def under(*path, index=None):
    return (index or PathIndex(PATHS)).under(path).tolist()


def test_a_path_holds_what_lies_at_or_below_it():
    assert under("on") == [True, True, True, False]
    assert under("on", "a") == [True, True, False, False]
    assert under() == [True] * 4


def test_a_star_stands_for_any_name_but_not_for_none():
    assert under("*", "a") == [True, True, False, True]
    assert under("*", "*", "*") == [True, False, True, True]


def test_names_nobody_has_and_paths_too_deep_hold_nothing():
    assert under("on", "c") == [False] * 4
    assert under("on", "a", "x", "deeper") == [False] * 4
    assert PathIndex([]).under(("on",)).size == 0


def test_answers_do_not_depend_on_what_was_asked_before():
    index, asked = (
        PathIndex(PATHS),
        [("on", "a"), ("on", "b"), ("*", "a", "y"), ("on", "a", "x"), ("off",), ("on", "a")],
    )

    assert [under(*path, index=index) for path in asked] == [under(*path) for path in asked]


def test_an_answer_may_be_changed_without_changing_the_next():
    index = PathIndex(PATHS)
    first = index.under(("on",))
    first &= np.array([False] * 4)

    assert under("on", index=index) == [True, True, True, False]
    index.under(()).fill(False)
    assert under("on", "b", index=index) == [False, False, True, False]
