"""A text whose names, numbers and days stand in slots, as the model reads it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.lexing.lexer import Token, lex
from campaigns.briefs.lexing.plain import plain

# How many slots of each letter there are: numbers, retailers, placements, brands, days, and texts of a product.
SLOTS = {"n": 9, "r": 6, "p": 6, "b": 4, "d": 4, "t": 6}
# ASCII, and not in angle brackets: runtimes take such tokens for control tokens, which no grammar of JSON can contain.
# Kind of the lexer → (slot letter, what stands before the slot so that the model sees what it is).
KINDS = {
    "M": ("n", "~money~"),
    "N": ("n", "~number~"),
    "P": ("n", "~share~"),
    "X": ("n", "~ratio~"),
    "W": ("n", "~weeks~"),
    "D": ("d", "~day~"),
    "S": ("d", "~span~"),
    "R": ("r", ""),
    "E": ("p", ""),
    "B": ("b", ""),
}
MARKS = tuple(mark for _, mark in KINDS.values() if mark)
NAMES = tuple(f"~{letter}{place}~" for letter, count in SLOTS.items() for place in range(1, count + 1))
LIKE_A_ROLE = re.compile(r"<(?=[a-z|/])")
LIKE_A_SLOT = re.compile(r"~(?=[a-z]+\d?~)")


class TooManySlots(ValueError):
    """The text has more names or numbers than there are slots."""


@dataclass(frozen=True, kw_only=True)
class Slotted:
    """A text as the model reads it, and what each slot stands for.

    Attributes:
        text: lower case, slots in place of names and numbers; nothing a person wrote can look like a slot.
        slots: token by slot name; a name that stands twice in the text has one slot, a number one each.
        questions: of the lexer, about what can be read in two ways.
    """

    text: str
    slots: dict[str, Token]
    questions: tuple[str, ...] = ()

    def of_kind(self, kinds: str) -> tuple[str, ...]:
        """Slots of these kinds of the lexer, in the order of the text."""
        return tuple(name for name, token in self.slots.items() if token.kind in kinds)


def slot(*, text: str, catalogue: Catalogue, today: date) -> Slotted:
    """Put names, numbers and days of a text into slots.

    Raises TooManySlots where there are more than ``SLOTS``.
    """
    lexed = lex(text=text, catalogue=catalogue, today=today)
    # Lines keep apart what stands in them, so their ends are kept.
    letters = "".join("\n" if was == "\n" else now for was, now in zip(text, plain(text=text), strict=True))
    pieces: list[str] = []
    slots: dict[str, Token] = {}
    known: dict[tuple[str, object], str] = {}
    counts = dict.fromkeys(SLOTS, 0)
    position = 0
    for token in lexed.tokens:
        if token.kind not in KINDS:
            continue
        letter, mark = KINDS[token.kind]
        same = (token.kind, token.value) if letter in "rpb" else (token.kind, token.start)
        if same not in known:
            counts[letter] += 1
            if counts[letter] > SLOTS[letter]:
                raise TooManySlots(f"At most {SLOTS[letter]} fit; please say the same in fewer names and numbers.")
            known[same] = f"~{letter}{counts[letter]}~"
            slots[known[same]] = token
        pieces += [_harmless(letters[position : token.start]), " ", mark, known[same], " "]
        position = token.end
    pieces.append(_harmless(letters[position:]))
    return Slotted(text=_spaced("".join(pieces)), slots=slots, questions=lexed.questions)


def slot_at(*, slotted: Slotted, position: int) -> str | None:
    """The slot whose first mention covers a character of the original text."""
    for name, token in slotted.slots.items():
        if token.start <= position < token.end:
            return name
    return None


def reserved_tokens() -> Sequence[str]:
    """Everything a tokenizer must keep whole for this room."""
    return (*MARKS, *NAMES)


def _harmless(text: str) -> str:
    return LIKE_A_ROLE.sub("‹", LIKE_A_SLOT.sub("≈", text))


def _spaced(text: str) -> str:
    lines = (re.sub(r" +([,.;:!?)])", r"\1", re.sub(r" +", " ", line)).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
