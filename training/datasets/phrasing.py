"""A small language for wordings: ``[keep|hold] at least {share}`` stands for many phrasings of one template."""

import hashlib
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

CHOICE = re.compile(r"\[([^\[\]]*)\]")
PLACE = re.compile(r"\{(\w+)\}")
SLOT = re.compile(r"~([a-z]+\d?)~")
HELD_OUT_OF = 7  # one template in seven is never trained on


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value inside a text: what it is for, and where it begins."""

    role: str
    start: int


@dataclass(frozen=True, kw_only=True)
class Worded:
    """A text and where its values stand."""

    text: str
    values: tuple[Value, ...] = ()


@lru_cache(maxsize=4096)
def is_held_out(*, template: str) -> bool:
    """Whether a template belongs to the held-out side: decided by its own words, so no seed moves it across."""
    plain = SLOT.sub(r"<\1>", template)  # how slots look must not move a template across
    return hashlib.sha256(plain.encode()).digest()[0] % HELD_OUT_OF == 0


def templates(*, of: Sequence[str], held_out: bool) -> tuple[str, ...]:
    """The templates of one side; all of them where a side would be empty and nothing could be said."""
    side = tuple(template for template in of if is_held_out(template=template) == held_out)
    return side or tuple(of)


def phrasing_count(*, template: str) -> int:
    """In how many ways a template can be said."""
    total, rest = 1, template
    while found := CHOICE.search(rest):
        total *= len(found[1].split("|"))
        rest = rest[: found.start()] + rest[found.end() :]
    return total


def choose(*, template: str, rng: random.Random) -> str:
    """One phrasing, its places still open."""
    while found := CHOICE.search(template):
        template = template[: found.start()] + rng.choice(found[1].split("|")) + template[found.end() :]
    return re.sub(r" {2,}", " ", template).strip()


def fill(*, phrase: str, surface: Callable[[str], str]) -> Worded:
    """A phrasing with its places filled by ``surface(role)``."""
    pieces: list[str] = []
    values: list[Value] = []
    length = position = 0
    for found in PLACE.finditer(phrase):
        before = phrase[position : found.start()]
        said = surface(found[1])
        pieces += [before, said]
        values.append(Value(role=found[1], start=length + len(before)))
        length += len(before) + len(said)
        position = found.end()
    pieces.append(phrase[position:])
    return Worded(text="".join(pieces), values=tuple(values))


def join(parts: Sequence[Worded], *, separators: Sequence[str]) -> Worded:
    """Texts one after another; ``separators`` has one fewer than ``parts``."""
    text, values = "", []
    for place, part in enumerate(parts):
        if place:
            text += separators[place - 1]
        values += [Value(role=value.role, start=value.start + len(text)) for value in part.values]
        text += part.text
    return Worded(text=text, values=tuple(values))
