"""Slips of hasty writers: letters swapped or lost, articles and commas missing, capitals, doubled spaces."""

import calendar
import random
import re

from campaigns.briefs.lexing.numbers import TENS, UNITS

KEPT = re.compile(r"\{\w+\}|~[a-z]+\d?~")  # places and slots
WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 5  # shorter words carry negation and measure: not, no, max, roas, week
SLIPS_A_WORD = 0.12
# Numbers, currencies and units in words are values too.
UNITS_IN_WORDS = (
    "hundred", "thousand", "million", "millions", "billion", "lakh", "crore", "grand", "point", "percent", "percentage",
    "points", "third", "thirds", "quarter", "quarters", "fifth", "fifths", "tenth", "first", "second", "fourth",
    "dollar", "dollars", "euros", "pounds", "rupees", "sterling", "month", "months", "weeks", "years",
)  # fmt: skip
MONTHS = tuple(name.lower() for name in calendar.month_name[1:])
VALUES = frozenset((*UNITS, *TENS, *MONTHS, *UNITS_IN_WORDS))
DROPPED = frozenset({"the", "a", "an", "please", "our"})


def roughened(*, text: str, rng: random.Random) -> str:
    """The text with a few slips; places, slots, and words that hold or touch a digit stay as they are.

    A word next to a figure stays too, since it may be its unit.
    """
    pieces: list[str] = []
    position = 0
    for kept in KEPT.finditer(text):
        pieces += [_slipped(text[position : kept.start()], rng), kept[0]]
        position = kept.end()
    pieces.append(_slipped(text[position:], rng))
    return "".join(pieces)


def _slipped(text: str, rng: random.Random) -> str:
    """A piece without places; runs of space around its words stay, so that no two of them merge."""
    pieces: list[str] = []
    position = 0
    words = [found for found in WORD.finditer(text) if _is_free(text, found)]
    for found in words:
        between, word = text[position : found.start()], found[0]
        position = found.end()
        if rng.random() >= SLIPS_A_WORD:
            pieces += [between, word]
            continue
        pieces += [_between(between, is_first=found is words[0], rng=rng), _word(word, rng)]
    return "".join([*pieces, text[position:]])


def _is_free(text: str, found: re.Match[str]) -> bool:
    """Whether a word neither holds, touches nor stands beside a digit, nor is itself a value."""
    around = text[max(0, found.start() - 2) : found.end() + 2]
    return found[0].lower() not in VALUES and not any(letter.isdigit() for letter in around)


def _between(text: str, *, is_first: bool, rng: random.Random) -> str:
    """What stands before a word: a space doubled, or the comma gone where words are on both sides."""
    if is_first or rng.random() < 0.5:
        return text
    return {", ": " ", " ": "  ", "; ": " "}.get(text, text)


def _word(word: str, rng: random.Random) -> str:
    slip = rng.choice(("swap", "lose", "double", "drop", "drop", "capital", "shout"))
    if slip == "drop" and word.lower() in DROPPED:
        return ""
    if slip == "capital":
        return word.capitalize()
    if slip == "shout":
        return word.upper()
    if len(word) < SHORTEST:
        return word
    at = rng.randrange(1, len(word) - 2)  # the first and the last letter stay
    if slip == "swap":
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word if swapped.lower() in VALUES else swapped  # there is not three
    return word[:at] + (word[at] * 2 if slip == "double" else "") + word[at + 1 :]
