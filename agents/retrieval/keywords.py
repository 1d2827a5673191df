"""Rank passages by their words (Okapi BM25): what search falls back on, and what breaks ties."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from agents.retrieval.passages import Passage

K1, B = 1.2, 0.75  # Robertson and Zaragoza 2009
WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "do",
        "does",
        "for",
        "from",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "its",
        "may",
        "must",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "should",
        "so",
        "that",
        "the",
        "their",
        "there",
        "they",
        "this",
        "to",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "you",
        "your",
    ]
)


def ranked(*, query: str, passages: Sequence[Passage], most: int) -> list[Passage]:
    """The passages that share words with the query, best first, with their scores; none where nothing is shared."""
    asked = set(words(query))
    counted = [Counter(words(f"{passage.title} {passage.place} {passage.text}")) for passage in passages]
    if not asked or not counted:
        return []
    holding = {word: sum(1 for one in counted if word in one) for word in asked}
    average = sum(sum(one.values()) for one in counted) / len(counted) or 1.0
    scored = [
        replace(passage, score=_score(one, asked, holding, len(counted), average))
        for passage, one in zip(passages, counted, strict=True)
    ]
    return sorted((one for one in scored if one.score > 0), key=lambda one: -one.score)[:most]


def words(text: str) -> list[str]:
    """Words in lower case without the commonest, plurals and endings cut."""
    return [_stem(word) for word in WORD.findall(text.lower()) if word not in STOP]


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


def _score(count: Counter[str], asked: set[str], holding: dict[str, int], total: int, average: float) -> float:
    length = sum(count.values())
    found = 0.0
    for word in asked & count.keys():
        rarity = math.log(1 + (total - holding[word] + 0.5) / (holding[word] + 0.5))
        found += rarity * count[word] * (K1 + 1) / (count[word] + K1 * (1 - B + B * length / average))
    return found
