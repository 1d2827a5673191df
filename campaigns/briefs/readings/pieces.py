"""A brief in pieces: what one clause speaks of, and whether it sets an upper or a lower bound."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from campaigns.briefs.lexing.lexer import Token
from campaigns.briefs.lexing.plain import plain
from campaigns.briefs.readings.reading import Reading

Bound = Literal["cap", "floor"]
FIGURES = frozenset("MNPX")
STRONG = re.compile(r"[;!\n•]|\.(?!\d)|\?(?= *(?:$|[a-z\n]))| -- |\.\.\.")
WEAK = re.compile(r",(?!\d{3})|\s[-/|+&*]\s|\band\b|(?=\bnor\b)|\bplus\b|\bwith\b|\bbut\b|[:|]\s")
MOST_PIECES = 4
# Whoever writes these leaves something open, or sets a condition: nothing is taken from such a clause.
OPEN = re.compile(
    r"\b(?:about|around|roughly|circa|ca|approx\w*|maybe|perhaps|possibly|say|unless"
    r"|(?<!appreciate it )(?<!grateful )(?<!sleep better )(?<!feel better )if (?!you|poss)|except if|or so"
    r"|ish|near"
    r"|something like|somewhere|give or take|more or less|ideally|prefer\w*|a bit|together|combined|jointly|in sum"
    r"|between them|in total for|(?:per|a|each|every|/) ?(?:day|week|wk|month|mo|quarter|year)|(?:week|month|dai)ly"
    r"|instructions|increment\w* roas|iroas|roi|minus|tbd|confidence|significan\w+)\b|~|±\s*\d+ ?%? (?:of|around)"
)
FORMER = re.compile(
    r"\b(?:last|previous|prior|past|former|old) (?:year|quarter|month|period|time|plan|flight|campaign|season|test)"
    r"|\bly\b"
    r"|\bback then\b|\bhistorically\b|\bused to\b|\bso far\b|\balready\b|\bago\b|\bwas\b|\bwere\b|\bhad\b|\bbenchmark\b"
)
_NO_MORE = re.compile(r"\b(?:and |but )?(?:not|no|never) +(?:a \w+ )?(?:more|higher|further)(?! +than)\b")
_NO_LESS = re.compile(r"\b(?:and |but )?(?:not|no|never) +(?:a \w+ )?(?:less|lower|fewer)(?! +than)\b")
_FLOOR = re.compile(
    r"\b(?:min(?:imum|imal|ima)?|at (?:the )?(?:very )?l(?:ea|e)st|atleast|floors?|floored|lower +(?:limit|bound)"
    r"|or +(?:more|higher"
    r"|better|above)|and (?:up|above|more)|no(?:t)? (?:less|fewer|lower|smaller) +than|lowest|smallest|upwards)\b|[≥]"
    r"|> ?=|= ?>"
)
_CAP = re.compile(
    r"\b(?:max(?:imum|imal|ima|es|ed)?|at (?:the )?(?:very )?most|tops?|topped|cap(?:s|ped|ping)?|ceilings?"
    r"|(?:upper +)?(?:limit"
    r"|bound)(?:s|ed)?|restrict(?:ed)?|up ?to|upto|no further than|within|or +(?:less|lower|below)|at or (?:below"
    r"|under)"
    r"|(?:not?|never) (?:more|greater|higher|larger|bigger) +than|highest|most|stop at)\b|[≤]|< ?=|= ?<"
)
_OVER = re.compile(
    r"\b(?:above|over|past|beyond|(?:more|greater|higher|larger|bigger) +than|exceed(?:s|ing|ed)?|north of"
    r"|cross(?:es)?)\b|>"
)
_UNDER = re.compile(r"\b(?:below|under|beneath|(?:less|fewer|lower|smaller) +than|undercut|short of|south of)\b|<")
_NOT = re.compile(
    r"\b(?:no|not|never|nothing|none|nobody|neither|nor|without|avoid|cannot|dont|hate|refuse|out of the question"
    r"|[a-z]+n't)\b"
)
_JUDGED = re.compile(r"\b(?:anything|everything|whatever|whenever|when|where|once|while only|waste|wrong|too)\b")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of the brief without an end of a clause inside, and what in it was not read yet.

    Attributes:
        text: plain letters; what was read before is left out.
        figures: amounts, numbers, shares and ratios; what is told of the past is not among them.
        nodes: retailers, placements and brands.
        levels: "each placement" and the like.
        others: lengths and days.
        has_told: whether a figure of the past stands in it: "last year" then speaks of that one.
    """

    start: int
    end: int
    text: str
    figures: tuple[Token, ...]
    nodes: tuple[Token, ...]
    levels: tuple[Token, ...]
    others: tuple[Token, ...]
    has_told: bool

    @property
    def is_negated(self) -> bool:
        """Whether it says "not", or judges: a bound in it may be the opposite of its words."""
        return _NOT.search(self.text) is not None or _JUDGED.search(self.text) is not None

    @property
    def is_firm(self) -> bool:
        """Whether nothing in it is left open or told of the past."""
        return OPEN.search(self.text) is None and (self.has_told or FORMER.search(self.text) is None)


def pieces(reading: Reading) -> Iterator[Piece]:
    """Single pieces first, then neighbours of one sentence together: "on Beta, where we are strong, at most 20%"."""
    letters = plain(text=reading.text)
    letters = "".join(old if old == "\n" else new for old, new in zip(reading.text, letters, strict=True))
    names = [*_lists(reading), *((token.start, token.end) for token in reading.tokens if token.kind != "word")]
    sentences = [_cut(letters, start, end, names) for start, end in _sentences(letters, names)]
    for length in range(1, MOST_PIECES + 1):
        for cuts in sentences:
            for first in range(len(cuts) - length + 1):
                piece = _piece(reading, letters, cuts[first][0], cuts[first + length - 1][1])
                if piece is not None:
                    yield piece


def bound_of(text: str) -> Bound | None:
    """What the words say, upper or lower bound; None where they say neither, or both."""
    text = _NO_LESS.sub(" min ", _NO_MORE.sub(" max ", text))
    floors, text = _count(_FLOOR, text)
    caps, text = _count(_CAP, text)
    if floors or caps:
        over, under = _OVER.search(text), _UNDER.search(text)
        if (floors and caps) or (caps and over) or (floors and under) or _NOT.search(text):
            return None
        return "floor" if floors else "cap"
    over, under, nots = _OVER.search(text), _UNDER.search(text), len(_NOT.findall(text))
    if (over is None) == (under is None) or nots > 1 or (not nots and _JUDGED.search(text)):
        return None
    return "cap" if (over is not None) == bool(nots) else "floor"


def _lists(reading: Reading) -> list[tuple[int, int]]:
    """Where names are listed: the "and" of "Alpha and Beta" ends no clause."""
    names = [number for number, token in enumerate(reading.tokens) if token.kind in "REB"]
    joined = [(one, two) for one, two in pairwise(names) if two - one in (2, 3)]
    between = {"and", "&", ",", "+", "/", "or"}
    return [
        (reading.tokens[one].start, reading.tokens[two].end)
        for one, two in joined
        if all(token.word in between for token in reading.tokens[one + 1 : two])
    ]


def _count(pattern: re.Pattern[str], text: str) -> tuple[int, str]:
    return len(pattern.findall(text)), pattern.sub(" ", text)


def _sentences(letters: str, names: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return _between(STRONG, letters, 0, len(letters), names)


def _cut(letters: str, start: int, end: int, names: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return _between(WEAK, letters, start, end, names)


def _between(
    mark: re.Pattern[str], letters: str, start: int, end: int, names: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Stretches between the marks; a mark inside a figure or a name is none."""
    edges = [
        (found.start(), found.end())
        for found in mark.finditer(letters, start, end)
        if not any(first <= found.start() < last for first, last in names)
    ]
    starts, ends = [start, *(last for _, last in edges)], [*(first for first, _ in edges), end]
    return [(one, other) for one, other in zip(starts, ends, strict=True) if letters[one:other].strip()]


def _piece(reading: Reading, letters: str, start: int, end: int) -> Piece | None:
    """None where a part of it was read already: what is left of a clause says less than the clause did."""
    inside = [(number, token) for number, token in enumerate(reading.tokens) if start <= token.start < end]
    left = [token for number, token in inside if number not in reading.used | reading.background]
    if any(token.kind != "word" and number in reading.used for number, token in inside):
        return None
    return Piece(
        start=start,
        end=end,
        text=letters[start:end],
        figures=tuple(token for token in left if token.kind in FIGURES),
        nodes=tuple(token for token in left if token.kind in "REB"),
        levels=tuple(token for token in left if token.kind == "L"),
        others=tuple(token for token in left if token.kind in "DSWU"),
        has_told=any(number in reading.background for number, _ in inside),
    )
