"""Texts as a reader hears them: case, width, invisible characters and disguises taken away, places remembered."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "＃": "#"})
INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u200e\u200f")
LOOKALIKES = {
    **dict(zip("аеіорсухѕкмтнвё", "aeiopcyxskmthbe", strict=True)),  # Cyrillic
    **dict(zip("αεικνορτυχ", "aeiknoptux", strict=True)),  # Greek
}
LETTERS_FOR = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"}
SPELT_OUT = re.compile(r"(?<!\w)\w(?:[ .\-_*·]\w){2,}(?!\w)")
MIXED = re.compile(r"(?<![\w@$])(?=[\w@$!]*[a-z])(?=[\w@$!]*[0134578@$!][a-z])[a-z0-9@$!]{3,}(?!\w)")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|s|x|k|m|g|kg|mg|ml|oz|lb|in|pk|ct|pc|d|h|w|v|mm|cm|am|pm)?")
DISGUISABLE = re.compile(
    r"(?<!\w)\w[ .\-_*·]\w[ .\-_*·]\w(?!\w)|[a-z][0134578@$!][a-z]|(?<!\w)[0134578@$][a-z]{2}", re.I
)


@dataclass(frozen=True)
class Folded:
    """A text made plain. ``places[i]`` is where its i-th character stood in the original; None where unmoved."""

    text: str
    places: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the plain text stood in the original, end excluded."""
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)


@lru_cache(maxsize=512)
def foldings(text: str) -> tuple[Folded, ...]:
    """The plain text, and where it hides words (“L a s t”, “b3st”) the text with those undone."""
    plain = _plain(text)
    if not DISGUISABLE.search(plain.text):
        return (plain,)
    undone = _undisguised(plain)
    return (plain,) if undone.text == plain.text else (plain, undone)


def _plain(text: str) -> Folded:
    if text.isascii():
        return Folded(text.lower(), None)
    letters: list[str] = []
    places: list[int] = []
    for index, character in enumerate(text):
        if character in INVISIBLE:
            continue
        for piece in unicodedata.normalize("NFKC", character).translate(QUOTES).lower():
            letters.append(LOOKALIKES.get(piece, piece))
            places.append(index)
    return Folded("".join(letters), tuple(places))


def _undisguised(plain: Folded) -> Folded:
    places = plain.places or tuple(range(len(plain.text)))
    kept = list(_without_spelling(plain.text))
    letters = "".join(letter for letter, _ in kept)
    swapped = MIXED.sub(lambda found: _letters(found.group()), letters)
    return Folded(swapped, tuple(places[index] for _, index in kept))


def _without_spelling(text: str) -> Iterator[tuple[str, int]]:
    """Characters and their places, with the separators of spelt-out words left out."""
    at = 0
    for found in SPELT_OUT.finditer(text):
        yield from ((text[index], index) for index in range(at, found.start()))
        yield from ((text[index], index) for index in range(found.start(), found.end()) if text[index].isalnum())
        at = found.end()
    yield from ((text[index], index) for index in range(at, len(text)))


def _letters(word: str) -> str:
    """Letters for the digits of a word that mixes both; “12oz” and “1st” are what they are."""
    if ORDINAL.fullmatch(word):
        return word
    body = word.rstrip("!")
    return "".join(LETTERS_FOR.get(letter, letter) for letter in body) + word[len(body) :]
