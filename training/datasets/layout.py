"""How the parts of a brief stand on the page: sentences, bullets or a numbered list, greeted and signed."""

import random
from collections.abc import Sequence

from training.datasets.phrasing import Value, Worded, join
from training.datasets.wording import context

GREETED, SIGNED, NUMBERED = 0.22, 0.35, 0.05
NUMBERINGS = ("{}. ", "{}) ", "({}) ")
ENDS_ITSELF = ("?", ".", "!")


def laid_out(*, parts: Sequence[Worded], rng: random.Random) -> Worded:
    """The parts in a row; a value's role gets the place of its part before it: ``2:size``."""
    numbered = [
        Worded(
            text=part.text,
            values=tuple(Value(role=f"{place}:{each.role}", start=each.start) for each in part.values),
        )
        for place, part in enumerate(parts)
    ]
    if len(numbered) > 1 and rng.random() < NUMBERED:
        return _as_list(numbered, rng)
    link = rng.choice(context.LINKS)
    separators = [
        _after(part.text, link if rng.random() < 0.7 else rng.choice(context.LINKS)) for part in numbered[:-1]
    ]
    whole = join(numbered, separators=separators)
    if rng.random() < GREETED:
        whole = join(
            [Worded(text=rng.choice(context.GREETINGS)), whole], separators=[rng.choice((" ", " ", "\n", "\n\n"))]
        )
    if rng.random() < SIGNED:
        whole = join([whole, Worded(text=_end(whole.text, rng))], separators=[""])
    return whole


def _as_list(parts: Sequence[Worded], rng: random.Random) -> Worded:
    """1. budget … 2. retailers …: the numbers of the lines are no values."""
    mark = rng.choice(NUMBERINGS)
    marks = [Worded(text=mark.format(place)) for place in range(1, len(parts) + 1)]
    lines = [join([number, part], separators=[""]) for number, part in zip(marks, parts, strict=True)]
    link = rng.choice(("\n", "\n", " ", "; "))
    return join(lines, separators=[_after(line.text, link) for line in lines[:-1]])


def _after(text: str, link: str) -> str:
    """The link as it stands after a question or a full stop: without a comma or stop of its own."""
    if not text.endswith(ENDS_ITSELF):
        return link
    bare = link.lstrip(",;.").lstrip(" ") if not link.startswith("\n") else link
    return link if link.startswith("\n") else f" {bare}"


def _end(text: str, rng: random.Random) -> str:
    stop = "" if text.endswith(ENDS_ITSELF) else rng.choice((".", ".", "!"))
    farewell = rng.choice(("", "", " ", "\n", "\n\n"))
    return f"{stop}{farewell}{rng.choice(context.FAREWELLS)}" if farewell else stop
