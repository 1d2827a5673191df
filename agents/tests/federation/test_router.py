"""The longest passing beginning, and nothing else."""

import pytest

from agents.federation.router import longest_passing_prefix


@pytest.mark.parametrize(
    ("passing", "serving"),
    [({"abc"}, "abc"), ({"ab", "a"}, "ab"), ({"a"}, "a"), (set(), ""), ({"bc", "c"}, "")],
)
def test_longest_passing_beginning_serves(passing, serving):
    route = longest_passing_prefix(members="abc", passes=lambda some: some in passing)

    assert "".join(route.serving) == serving
    assert "".join((*route.serving, *route.held_back)) == "abc"


def test_nothing_wanted_is_nothing_served():
    route = longest_passing_prefix(members=(), passes=lambda some: True)

    assert (route.serving, route.held_back) == ((), ())
