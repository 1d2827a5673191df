"""Mixtures: what the base reads, what each adapter reads, what each suite asks."""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from agents.federation.axes import Axis
from training.datasets.briefs import brief, chat, foreign
from training.datasets.columns import jargon_column, outcome_column, plain_column
from training.datasets.creative import copy_check, copy_request, limit_question
from training.datasets.examples import Example, Member
from training.datasets.tool_use import tool_request

Make = Callable[..., Example]
Mix = Sequence[tuple[float, Make]]

jargon_brief = partial(brief, with_jargon=True)

BASE: Mix = (
    (0.76, brief),
    (0.03, foreign),
    (0.04, chat),
    (0.05, plain_column),
    (0.04, outcome_column),
    (0.06, copy_request),
    (0.02, limit_question),
)
# What an adapter is trained on besides a replay of the base's mixture.
OWN: dict[Axis, Mix] = {
    Axis.INDUSTRY: ((0.6, jargon_brief), (0.15, jargon_column), (0.25, copy_request)),
    Axis.RETAILER: ((0.45, outcome_column), (0.35, copy_request), (0.2, limit_question)),
    Axis.BRAND: ((1.0, copy_request),),
}
OWN_OF_TASK: dict[str, Mix] = {
    "planning": ((0.75, tool_request), (0.25, brief)),
    "mapping": ((0.4, plain_column), (0.35, outcome_column), (0.25, jargon_column)),
    "creative": ((1.0, copy_request),),
    "policy": ((0.7, copy_check), (0.3, limit_question)),
}
REPLAY = 0.35


def own_mix(*, member: Member) -> Mix:
    """What only this adapter has to learn."""
    axis, name = member
    return OWN_OF_TASK[name] if axis is Axis.TASK else OWN[axis]


def draw(*, mix: Mix, count: int, seed: int, held_out: bool) -> Iterator[Example]:
    """``count`` examples of a mixture; the seed decides all of them."""
    rng = random.Random(seed)
    weights = [often for often, _ in mix]
    for _ in range(count):
        make = rng.choices(mix, weights=weights)[0][1]
        yield make(rng=rng, held_out=held_out)


def fingerprint(*, texts: Sequence[str]) -> str:
    """SHA-256 of a corpus, line by line."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode() + b"\n")
    return digest.hexdigest()
