"""When an adapter or a composition may serve: it is better than what would serve without it, and breaks nobody's skill.

No absolute bar: a share of whole answers that are exactly right says how hard the suite is. Whoever reads an answer
checks it (rules beside briefs, people beside columns, the policy checker beside copy); the gate decides which adapters
answer best.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agents.federation.axes import Axis
from training.datasets.examples import Active
from training.evaluation.intervals import ratio, score

KEEPS = 0.95  # share of each single skill that a composition has to keep: the 95 % interval of what it keeps reaches it
LEAST = 0.85  # and the share itself is not below this, however few the cases
# What a composition with a task is asked, as a role; one without a task may be asked anything.
ROLES = {"planning": "planner", "mapping": "harmonizer", "creative": "creative", "policy": "policy"}
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


def role_of(*, active: Active) -> str | None:
    """The role a composition answers in; None where it has no task, or one that no suite knows."""
    return next((ROLES.get(name) for axis, name in active if axis is Axis.TASK), None)


def _passes(right: Sequence[bool], reference: Reference, *, is_alone: bool) -> bool:
    if is_alone and reference.alone is not None:
        return score(right=right).low > score(right=reference.base).share
    single = reference.base if reference.alone is None else reference.alone
    if not any(single):
        return True  # there is nothing to lose
    kept, _, high = ratio(part=right, whole=single)
    return kept >= LEAST and high >= KEEPS
