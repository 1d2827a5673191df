"""Suites from other seeds and held-out templates: what each adapter must be able to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from agents.federation.axes import Axis
from training.datasets.briefs import brief
from training.datasets.columns import jargon_column, outcome_column, plain_column
from training.datasets.corpus import Mix, draw, jargon_brief
from training.datasets.creative import copy_check, copy_request, limit_question
from training.datasets.examples import NOBODY, Active, Example, Member
from training.datasets.tool_use import tool_request

SEED = 90_001  # no recipe uses it
SKILLS: dict[Axis, Mix] = {
    Axis.INDUSTRY: ((0.7, jargon_brief), (0.3, jargon_column)),
    Axis.RETAILER: ((0.6, outcome_column), (0.4, limit_question)),
    Axis.BRAND: ((1.0, copy_request),),
}
SKILLS_OF_TASK: dict[str, Mix] = {
    "planning": ((1.0, tool_request),),
    "mapping": ((0.5, plain_column), (0.5, outcome_column)),
    "creative": ((1.0, copy_request),),
    "policy": ((0.7, copy_check), (0.3, limit_question)),
}
BRIEFS: Mix = ((1.0, brief),)
BRIEFS_SUITE = "briefs"


@dataclass(frozen=True, kw_only=True)
class Suite:
    """Examples of one skill; ``member`` is whose it is, None for the base's own reading of briefs."""

    name: str
    member: Member | None
    examples: tuple[Example, ...]

    def expected(self, active: Active) -> list[str]:
        """The right answers of those present together with the suite's own member."""
        everybody = active if self.member is None else active | {self.member}
        return [example.written(everybody) or "" for example in self.examples]


def suite_of(*, member: Member | None, count: int, seed: int = SEED) -> Suite:
    """The suite of one member; only examples that the member alone can answer."""
    if member is None:
        return Suite(name=BRIEFS_SUITE, member=None, examples=tuple(_drawn(BRIEFS, NOBODY, count, seed)))
    axis, name = member
    mix = SKILLS_OF_TASK[name] if axis is Axis.TASK else SKILLS[axis]
    label = "industry" if axis is Axis.INDUSTRY else f"{axis}:{name}"
    return Suite(name=label, member=member, examples=tuple(_drawn(mix, frozenset({member}), count, seed)))


def _drawn(mix: Mix, active: Active, count: int, seed: int) -> Sequence[Example]:
    drawn = (each for each in draw(mix=mix, count=4 * count, seed=seed, held_out=True) if each.written(active))
    distinct = {each.prompt: each for each in drawn}
    return list(distinct.values())[:count]
