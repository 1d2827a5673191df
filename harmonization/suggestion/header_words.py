"""Read a header into trade concepts, windows, scopes and whatever words stay unknown."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from harmonization.suggestion.vocabulary import (
    BLOCKING_WORDS,
    NEUTRAL_WORDS,
    PHRASES,
    RATIO_WORDS,
    SCOPE_WORDS,
    TOUCH_WORDS,
    WORDS_OF_CONCEPT,
)

WINDOW = re.compile(
    r"(?<!\d)(\d{1,3})\s*[-_]?\s*(days?|d|дней|дня|일|日間|日|hours?|hrs?|h|tage|días|dias|jours)(?![a-z])"
)
HOURS = ("h", "hr", "hour")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, kw_only=True)
class HeaderReading:
    """What the words of one header say.

    Attributes:
        concepts: the trade concepts named, by the vocabulary.
        window: attribution window as ``14d`` or ``12h``; None where the header names none.
        unknown: words the vocabulary lacks; blocked: words that say the column counts something else.
    """

    concepts: frozenset[str]
    window: str | None
    touch: str | None
    scope: str | None
    unknown: tuple[str, ...]
    blocked: tuple[str, ...]
    is_percent: bool


def read_header(*, header: str) -> HeaderReading:
    """The words of a header in any of the vocabulary's languages, camelCase, snake_case or spaced."""
    spaced = CAMEL.sub(" ", unicodedata.normalize("NFKC", header)).replace("_", " ").lower()
    match = WINDOW.search(spaced)
    words = _words(WINDOW.sub(" ", spaced))
    roles = [(word, _role(word)) for word in words]
    concepts = frozenset(role[8:] for _, role in roles if role.startswith("concept:"))
    is_click_outcome = "click" in concepts and bool(concepts & {"order", "unit", "revenue"})
    return HeaderReading(
        concepts=concepts - {"click"} if is_click_outcome else concepts,
        window=_window(match) if match else None,
        touch=next((role[6:] for _, role in roles if role.startswith("touch:")), "click" if is_click_outcome else None),
        scope=next((role[6:] for _, role in roles if role.startswith("scope:")), None),
        unknown=tuple(word for word, role in roles if role == "unknown"),
        blocked=tuple(word for word, role in roles if role == "blocked"),
        is_percent="%" in spaced or "percent" in spaced,
    )


def _window(match: re.Match[str]) -> str:
    return match[1] + ("h" if match[2].rstrip("s") in HOURS else "d")


def _words(text: str) -> list[str]:
    plain = " " + " ".join(re.findall(r"[^\W\d_]+|\d+", text)) + " "
    for phrase in sorted(PHRASES, key=len, reverse=True):
        plain = plain.replace(f" {phrase} ", f" {PHRASES[phrase]} ")
    return [piece for word in plain.split() for piece in _pieces(word)]


def _pieces(word: str) -> list[str]:
    """A word of a script that writes without spaces is cut into the longest words known."""
    if word in _roles() or word.isascii() or not any(ord(sign) > 0x2E80 for sign in word):
        return [word]
    for length in range(len(word) - 1, 0, -1):
        if word[:length] in _roles():
            return [word[:length], *_pieces(word[length:])]
    return [word]


def _role(word: str) -> str:
    roles = _roles()
    singular = word[:-1] if word.endswith("s") else word
    return roles.get(word) or roles.get(singular) or "unknown"


@cache
def _roles() -> dict[str, str]:
    roles = dict.fromkeys(NEUTRAL_WORDS.split(), "neutral")
    for concept, words in WORDS_OF_CONCEPT.items():
        roles |= dict.fromkeys(words.split(), f"concept:{concept}")
    roles["matchtype"], roles["adgroup"] = "concept:matchtype", "concept:adgroup"
    for scope, words in SCOPE_WORDS.items():
        roles |= dict.fromkeys(words.split(), f"scope:{scope}")
    for touch, words in TOUCH_WORDS.items():
        roles |= dict.fromkeys(words.split(), f"touch:{touch}")
    return roles | dict.fromkeys(f"{BLOCKING_WORDS} {RATIO_WORDS}".split(), "blocked")
