"""When an adapter or a composition may serve: it is better than what would serve without it, and breaks nobody's skill.

No absolute bar: a share of whole answers that are exactly right says how hard the suite is. Whoever reads an answer
checks it (rules beside briefs, people beside columns, the policy checker beside copy); the gate decides which adapters
answer best.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agents.federation.axes import Axis
from training.datasets.examples import Active
from training.evaluation.intervals import score

KEEPS = 0.95  # share of each single skill that a composition has to keep
READS_BRIEFS = (None, "planning")  # tasks that are asked to read briefs
Right = Mapping[str, Sequence[bool]]


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A suite answered without the composition.

    Attributes:
        base: by the base with no adapter, case by case.
        alone: by the suite's own member with no other; None for what the base does itself.
    """

    base: Sequence[bool]
    alone: Sequence[bool] | None


def passing_suites(*, right: Right, references: Mapping[str, Reference], is_alone: bool) -> dict[str, bool]:
    """By suite: an adapter alone beats the base with its whole 95 % interval; together they keep each single skill."""
    return {name: _passes(values, references[name], is_alone=is_alone) for name, values in right.items()}


def reads_briefs(*, active: Active) -> bool:
    """Whether a composition is ever asked to read a brief, so that it must not forget how."""
    tasks = [name for axis, name in active if axis is Axis.TASK]
    return all(task in READS_BRIEFS for task in tasks)


def _passes(right: Sequence[bool], reference: Reference, *, is_alone: bool) -> bool:
    found = score(right=right)
    if reference.alone is None:
        return found.share >= KEEPS * score(right=reference.base).share
    if is_alone:
        return found.low > score(right=reference.base).share
    return found.share >= KEEPS * score(right=reference.alone).share
