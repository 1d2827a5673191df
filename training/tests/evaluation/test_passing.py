"""What serves is better than what would serve without it, and what is composed breaks no single skill."""

import pytest

from agents.federation.axes import Axis
from training.evaluation.passing import Reference, passing_suites, reads_briefs


def right(share: float, count: int = 40) -> tuple[bool, ...]:
    return tuple(place < share * count for place in range(count))


def passes(mine: float, *, base: float, alone: float | None, is_alone: bool) -> bool:
    reference = Reference(base=right(base), alone=None if alone is None else right(alone))
    return passing_suites(right={"s": right(mine)}, references={"s": reference}, is_alone=is_alone)["s"]


@pytest.mark.parametrize(("mine", "base", "passed"), [(0.5, 0.0, True), (0.5, 0.45, False), (0.9, 0.9, False)])
def test_an_adapter_alone_beats_the_base_with_its_whole_interval(mine, base, passed):
    assert passes(mine, base=base, alone=mine, is_alone=True) is passed


@pytest.mark.parametrize(("together", "passed"), [(0.8, True), (0.775, True), (0.75, False), (0.0, False)])
def test_a_composition_keeps_nineteen_twentieths_of_a_single_skill(together, passed):
    assert passes(together, base=0.0, alone=0.8, is_alone=False) is passed


@pytest.mark.parametrize("is_alone", [True, False])
def test_what_the_base_does_itself_must_only_be_kept(is_alone):
    assert passes(0.5, base=0.5, alone=None, is_alone=is_alone)
    assert not passes(0.4, base=0.5, alone=None, is_alone=is_alone)


def test_only_those_asked_to_read_briefs_must_not_forget_how():
    amazon = (Axis.RETAILER, "amazon")

    assert reads_briefs(active=frozenset({amazon}))
    assert reads_briefs(active=frozenset({amazon, (Axis.TASK, "planning")}))
    assert not reads_briefs(active=frozenset({amazon, (Axis.TASK, "creative")}))
