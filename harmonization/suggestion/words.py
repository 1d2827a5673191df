"""Cut a header into words of the lexicon, whatever its language, script and writing."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from harmonization.suggestion.lexicon import entries

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
RUNS = re.compile(r"[^\W\d_]+(?:[\u0e30-\u0e4e\u064b-\u065f]+[^\W\d_]*)*|\d+")
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
DIFFERENT_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "đ": "d", "œ": "oe", "ё": "е"})
LONGEST_PHRASE = 6
LONGEST_ENDING = 5
LONGEST_ABBREVIATION = 5
LEAST_PIECE = 3
SHORT_PIECES = frozenset({"id", "ad"})
UNKNOWN = ""


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word, or a phrase that is one entry of the lexicon; ``concept`` is empty where the lexicon lacks it."""

    text: str
    concept: str


def plain(text: str) -> str:
    """A text in lower case, compatibility forms and Latin accents taken off, camelCase and snake_case spaced."""
    spaced = CAMEL.sub(" ", unicodedata.normalize("NFKC", text)).replace("_", " ").casefold()
    bare = "".join(_bare(sign) for sign in spaced.translate(DIFFERENT_LETTERS))
    return " ".join(bare.split())


def words_of(*, text: str) -> tuple[Word, ...]:
    """The words of a ``plain`` text, longest phrases first."""
    runs = RUNS.findall(text)
    found: list[Word] = []
    place = 0
    while place < len(runs):
        for length in range(min(LONGEST_PHRASE, len(runs) - place), 0, -1):
            phrase = " ".join(runs[place : place + length])
            concept = _concept(phrase) or _abbreviation(runs[place : place + length])
            if concept:
                found.append(Word(text=phrase, concept=concept))
                place += length
                break
        else:
            found += _pieces(runs[place])
            place += 1
    return tuple(found)


@cache
def _bare(sign: str) -> str:
    if sign.isascii() or not unicodedata.name(sign, "").startswith("LATIN"):
        return sign
    return "".join(one for one in unicodedata.normalize("NFD", sign) if not unicodedata.combining(one))


def _concept(phrase: str) -> str:
    exact, stems = _lexicon()
    if phrase in exact:
        return exact[phrase]
    for ending in ("s", "es"):
        if phrase.endswith(ending) and phrase.isascii() and phrase[: -len(ending)] in exact and len(phrase) > 3:
            return exact[phrase[: -len(ending)]]
    for length in range(len(phrase), max(2, len(phrase) - LONGEST_ENDING - 1), -1):
        if phrase[:length] in stems and " " not in phrase[length:]:
            return stems[phrase[:length]]
    return UNKNOWN


def _abbreviation(runs: list[str]) -> str:
    """The concept of an abbreviation that capitals within it tore apart, ``Ro AS``."""
    joined = "".join(runs)
    is_torn = len(runs) > 1 and len(joined) <= LONGEST_ABBREVIATION and joined.isascii() and joined.isalpha()
    return _lexicon()[0].get(joined, UNKNOWN) if is_torn else UNKNOWN


def _pieces(run: str) -> list[Word]:
    """A run that is no entry: cut into entries where its script has no spaces, or where it is words glued together."""
    if run.isdigit():
        return []
    if UNSPACED.search(run):
        return _cut(run)
    glued = _glued(run) if run.isascii() else None
    return glued or [Word(text=run, concept=UNKNOWN)]


def _cut(run: str) -> list[Word]:
    """The cut with the fewest signs outside the lexicon, then the fewest words."""
    exact, _ = _lexicon()
    best: list[tuple[int, int, tuple[Word, ...]]] = [(0, 0, ())]
    for end in range(1, len(run) + 1):
        options = []
        for start in range(max(0, end - 14), end):
            piece = run[start:end]
            strange, count, words = best[start]
            if piece in exact:
                options.append((strange, count + 1, (*words, Word(text=piece, concept=exact[piece]))))
            elif end - start == 1:
                options.append((strange + 1, count, _with_unknown(words, piece)))
        best.append(min(options, key=lambda one: one[:2]))
    return list(best[-1][2])


def _with_unknown(words: tuple[Word, ...], sign: str) -> tuple[Word, ...]:
    if words and words[-1].concept == UNKNOWN:
        return (*words[:-1], Word(text=words[-1].text + sign, concept=UNKNOWN))
    return (*words, Word(text=sign, concept=UNKNOWN))


def _glued(run: str) -> list[Word] | None:
    """Words written as one, ``totalsales``; None where a piece is unknown."""
    exact, stems = _lexicon()
    best: list[list[Word] | None] = [[]]
    for end in range(1, len(run) + 1):
        found: list[Word] | None = None
        for start in range(end):
            piece, before = run[start:end], best[start]
            is_long = len(piece) >= LEAST_PIECE or piece in SHORT_PIECES
            concept = exact.get(piece) or (piece.endswith("s") and exact.get(piece[:-1])) or stems.get(piece)
            if before is None or not is_long or not concept:
                continue
            if found is None or len(before) + 1 < len(found):
                found = [*before, Word(text=piece, concept=concept)]
        best.append(found)
    return best[-1]


@cache
def _lexicon() -> tuple[dict[str, str], dict[str, str]]:
    """Entries as they stand, and stems without their star."""
    exact: dict[str, str] = {}
    stems: dict[str, str] = {}
    for entry, concept in entries().items():
        key = plain(entry.removesuffix("*"))
        (stems if entry.endswith("*") else exact).setdefault(key, concept)
        if entry.endswith("*"):
            exact.setdefault(key, concept)
    return exact, stems
