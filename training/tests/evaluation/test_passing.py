"""What serves is better than what would serve without it, and what is composed breaks no single skill."""

import pytest

from agents.federation.axes import Axis
from training.evaluation.passing import Reference, passing_suites, role_of


def right(share: float, count: int = 40) -> tuple[bool, ...]:
    return tuple(place < share * count for place in range(count))


def passes(mine: float, *, base: float, alone: float | None, is_alone: bool) -> bool:
    reference = Reference(base=right(base), alone=None if alone is None else right(alone))
    return passing_suites(right={"s": right(mine)}, references={"s": reference}, is_alone=is_alone)["s"]


@pytest.mark.parametrize(("mine", "base", "passed"), [(0.5, 0.0, True), (0.5, 0.45, False), (0.9, 0.9, False)])
def test_an_adapter_alone_beats_the_base_with_its_whole_interval(mine, base, passed):
    assert passes(mine, base=base, alone=mine, is_alone=True) is passed


@pytest.mark.parametrize(
    ("together", "count", "passed"),
    [(0.8, 40, True), (0.7, 40, True), (0.65, 40, False), (0.7, 400, False), (0.76, 400, True), (0.0, 40, False)],
)
def test_a_composition_keeps_nineteen_twentieths_as_far_as_its_cases_can_tell(together, count, passed):
    reference = Reference(base=right(0, count), alone=right(0.8, count))
    found = passing_suites(right={"s": right(together, count)}, references={"s": reference}, is_alone=False)

    assert found["s"] is passed


def test_nothing_can_be_lost_where_nobody_was_right():
    assert passes(0.0, base=0.0, alone=0.0, is_alone=False)


@pytest.mark.parametrize("is_alone", [True, False])
def test_what_the_base_does_itself_must_only_be_kept(is_alone):
    assert passes(0.5, base=0.5, alone=None, is_alone=is_alone)
    assert not passes(0.4, base=0.5, alone=None, is_alone=is_alone)


def test_a_composition_with_a_task_answers_in_its_role():
    amazon = (Axis.RETAILER, "amazon")

    assert role_of(active=frozenset({amazon})) is None
    assert role_of(active=frozenset({amazon, (Axis.TASK, "planning")})) == "planner"
    assert role_of(active=frozenset({(Axis.TASK, "of_a_tenants_own")})) is None
