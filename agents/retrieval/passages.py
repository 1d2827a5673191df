"""Documents cut into passages that can be cited: by heading and paragraph, none longer than a model reads."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LONGEST = 900  # characters: about 200 words, what the embedding reads
HEADING = re.compile(r"^#{1,6}\s+(.+)$")
NO_CHARACTERS = {"Cc", "Cs"}


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A piece of a document.

    Attributes:
        place: where it stands in the document: a rule's id, or heading and paragraph.
        source: title, version and address of what it was taken from, with the day it was captured or uploaded.
    """

    document: str
    title: str
    place: str
    text: str
    source: str
    retailer: str = ""
    score: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "document": self.document,
            "title": self.title,
            "place": self.place,
            "text": self.text,
            "source": self.source,
            "retailer": self.retailer,
            "score": round(self.score, 4),
        }


def cut(*, text: str) -> Iterator[tuple[str, str]]:
    """Pairs of place and text; headings are Markdown's, paragraphs are divided by empty lines."""
    heading, number = "", 0
    for block in re.split(r"\n\s*\n", _clean(text)):
        lines = block.strip().split("\n")
        if found := HEADING.match(lines[0].strip()):
            heading, number, lines = found[1].strip()[:120], 0, lines[1:]
        body = re.sub(r"\s+", " ", " ".join(lines)).strip()
        for piece in _pieces(body):
            number += 1
            yield (f"{heading}, paragraph {number}" if heading else f"paragraph {number}", piece)


def _pieces(text: str) -> Iterator[str]:
    """At most LONGEST characters each, cut at sentences, else at words."""
    while len(text) > LONGEST:
        at = max(text.rfind(". ", 0, LONGEST), text.rfind("? ", 0, LONGEST), text.rfind("! ", 0, LONGEST)) + 1
        at = at or text.rfind(" ", 0, LONGEST) or LONGEST
        at = LONGEST if at < 1 else at
        yield text[:at].strip()
        text = text[at:].strip()
    if text:
        yield text


def _clean(text: str) -> str:
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in NO_CHARACTERS)
