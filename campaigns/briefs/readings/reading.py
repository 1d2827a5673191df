"""A brief while it is being read: patterns over its tokens, what they found, and what is left over."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.constraints import Limit
from campaigns.briefs.lexing.lexer import Token
from campaigns.briefs.lexing.phrases import FILLER, NOISE

# Node: a retailer, a placement, a brand, or one placement of one retailer (which is asked about).
_NODE = r"(?:R\d+ E\d+|E\d+ (?:on|at|in) R\d+|[REB]\d+)"
KINDS: Mapping[str, str] = {
    "A": r"[MN]\d+",
    "M": r"M\d+",
    "SIZE": r"[MNP]\d+",
    "P": r"P\d+",
    "RATE": r"[NXP]\d+",
    "D": r"D\d+",
    "N": r"N\d+",
    "W": r"[WU]\d+",
    "SPAN": r"S\d+",
    "L": r"L\d+",
    "NODE": _NODE,
    "NODES": rf"{_NODE}(?:(?: , and| , or| ,| and| or| & | /) {_NODE})*",
    "GE": r"(?:GE|min|minimum|over|floor|min\.)",
    "LE": r"(?:LE|max|maximum|cap|within|ceiling|max\.)",
    "ON": r"(?:on|at|in|to|into|for|with|through|via|from)",
}

Found = Mapping[str, tuple[Token, ...]]


@cache
def pattern(template: str) -> re.Pattern[str]:
    """``allocate <amount:A>`` → a pattern over the words of a reading; ``<GE>`` stands for any word of that meaning."""
    named = re.sub(r"<(\w+):(\w+)>", lambda found: f"(?P<{found[1]}>{KINDS[found[2]]})", template)
    plain = re.sub(r"(?<!\?P)<(\w+)>", lambda found: KINDS[found[1]], named)
    return re.compile(rf"(?<!\S)(?:{plain})(?!\S)")


@dataclass(kw_only=True)
class Reading:
    """What was found so far. Readings add to it; ``rules`` turns it into constraints.

    Attributes:
        words: the tokens as patterns see them; what was understood is blanked out.
        said: every value given for a field; two different ones are asked about.
        money: every amount that took part, for its currency.
        background: tokens that tell about the past.
        is_named_budget: whether the brief calls an amount its budget.
        corrections: what stands in the place of a figure that the brief takes back, by where that figure starts.
    """

    text: str
    tokens: tuple[Token, ...]
    catalogue: Catalogue
    words: str = ""
    said: dict[str, list[Any]] = field(default_factory=dict)
    caps: list[Limit] = field(default_factory=list)
    floors: list[Limit] = field(default_factory=list)
    fixed: list[tuple[str, Token]] = field(default_factory=list)
    money: list[Token] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    places: dict[int, int] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    background: set[int] = field(default_factory=set)
    is_named_budget: bool = False
    corrections: dict[int, Token] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, token in enumerate(self.tokens):
            if token.word in NOISE:
                self.used.add(number)
                continue
            self.words += " " if self.words else ""
            self.places[len(self.words)] = number
            self.starts.append(len(self.words))
            self.words += token.word if token.kind == "word" else f"{token.kind}{number}"

    def take(self, template: str) -> Iterator[Found]:
        """Every place where the pattern fits, marked as understood: the tokens of each named part."""
        compiled = pattern(template)
        while found := compiled.search(self.words):
            parts = {
                name: self._tokens(*found.span(name)) for name, part in found.groupdict().items() if part is not None
            }
            self.used.update(self._numbers(found.start(), found.end()))
            blank = re.sub(r"\S", "~", found[0])
            self.words = self.words[: found.start()] + blank + self.words[found.end() :]
            yield parts

    def leave(self, number: int) -> None:
        """Take a token out of the words without reading it: it is told as background."""
        self._blank(number)
        self.background.add(number)

    def set_aside(self, *, start: int, end: int) -> None:
        """Take a stretch of the text out of the words: it is understood, and no other reading may use it."""
        for number, token in enumerate(self.tokens):
            if start <= token.start < end:
                self._blank(number)
                self.used.add(number)

    def correct(self, number: int, *, by: Token) -> None:
        """Let a token say what a later one says; a number without a currency keeps the one that was said."""
        old = self.tokens[number]
        new = replace(old, value=by.value, currency=by.currency or old.currency)
        self.corrections[old.start] = by
        self.tokens = (*self.tokens[:number], new, *self.tokens[number + 1 :])

    def _blank(self, number: int) -> None:
        for place, token in self.places.items():
            if token == number:
                length = len(self.words[place:].split(" ", 1)[0])
                self.words = self.words[:place] + "~" * length + self.words[place + length :]

    def say(self, name: str, value: Any) -> None:
        """Note a value for a field of the constraints."""
        self.said.setdefault(name, []).append(value)

    def ask(self, question: str) -> None:
        if question not in self.questions:
            self.questions.append(question)

    def name_of(self, token: Token) -> str:
        """A token as the brief writes it, with what it was corrected to."""
        token = self.corrections.get(token.start, token)
        return self.text[token.start : token.end].strip()

    def left_over(self) -> list[tuple[int, int]]:
        """Where the brief was not understood: runs of tokens, spoken words between them included."""
        spans: list[tuple[int, int]] = []
        last: int | None = None
        for number, token in enumerate(self.tokens):
            if number in self.used or (token.kind in {"word", "L"} and token.word in FILLER):
                continue
            start = spans.pop()[0] if last is not None and self._joined(last, number) else token.start
            spans.append((start, token.end))
            last = number
        return spans

    def _joined(self, first: int, second: int) -> bool:
        """Whether only unread words without meaning, and no end of a clause, stand between two tokens."""
        between = range(first + 1, second)
        noise = (self.tokens[number].word in NOISE | FILLER - {".", ",", ";", "!", "?"} for number in between)
        return all(noise) and not any(
            number in self.used and self.tokens[number].word not in NOISE for number in between
        )

    def _tokens(self, start: int, end: int) -> tuple[Token, ...]:
        inside = (self.tokens[number] for number in self._numbers(start, end))
        return tuple(token for token in inside if token.kind != "word")

    def _numbers(self, start: int, end: int) -> list[int]:
        """Tokens whose words stand from ``start`` to ``end`` (excluded)."""
        return [
            self.places[place] for place in self.starts[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        ]


def number_of(token: Token) -> float:
    """The value of a token that is a number, a share, an amount or a length."""
    if not isinstance(token.value, float):
        raise TypeError(f"{token.word} is not a number")
    return token.value
