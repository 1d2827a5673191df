"""Numbers as people write them: 2.5M, 2 500 000, 1.200.000, two hundred thousand, half a million."""

import re
from collections.abc import Mapping

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS: Mapping[str, int] = {word: value for value, word in enumerate(_SMALL.split())}
TENS: Mapping[str, int] = {word: 10 * value for value, word in enumerate(_ROUND.split(), start=2)}
SCALES: Mapping[str, float] = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
SUFFIXES: Mapping[str, float] = {
    "k": 1e3,
    "thousand": 1e3,
    "grand": 1e3,
    "tsd": 1e3,
    "m": 1e6,
    "mm": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "mil": 1e6,
    "mln": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
    "lakh": 1e5,
    "crore": 1e7,
}

_WORD = "|".join(sorted([*UNITS, *TENS, *SCALES, "half", "point"], key=len, reverse=True))
DIGITS = r"(?:\d{1,3}(?:[ ,.']\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
WORDS = rf"(?:(?:a|half a|half) )?(?:{_WORD})(?:(?: and a | and |-| a | )(?:{_WORD}))*"
SUFFIX = r"(?:(?:mio|mln|tsd)\.|(?:" + "|".join(sorted(SUFFIXES, key=len, reverse=True)) + r")(?![a-z]))"
NUMBER = rf"(?:(?:{DIGITS})(?: ?{SUFFIX})?|\b(?:{WORDS})\b)"


class AmbiguousNumber(ValueError):
    """The digits can be read in two ways, such as 2.500."""


def read_number(*, text: str) -> float:
    """The value of what ``NUMBER`` matched (plain letters).

    Raises:
        AmbiguousNumber: 2.500 is two and a half in English and two thousand five hundred elsewhere.
    """
    if not any(character.isdigit() for character in text):
        return _in_words(text)
    found = re.fullmatch(rf"({DIGITS})(?: ?({SUFFIX}))?", text)
    if found is None:
        raise AmbiguousNumber(text)
    scale = SUFFIXES[found[2].rstrip(".")] if found[2] else 1.0
    # Rounding keeps 2.3 × 1e6 from becoming 2299999.9999999995.
    return round(_in_digits(found[1], scaled=bool(found[2])) * scale, 6)


def _in_digits(text: str, *, scaled: bool) -> float:
    bare = text.replace(" ", "").replace("'", "")
    marks = [mark for mark in bare if mark in ".,"]
    if not marks:
        return float(bare)
    last = marks[-1]
    tail = bare.rsplit(last, 1)[1]
    if len(set(marks)) == 2:
        return float(bare.replace("," if last == "." else ".", "").replace(",", "."))
    if len(marks) > 1:
        return float(bare.replace(last, ""))
    if last == "," and len(tail) == 3:
        return float(bare.replace(",", ""))
    head = bare.rsplit(last, 1)[0]
    if last == "." and len(tail) == 3 and head not in {"", "0"} and not scaled:
        raise AmbiguousNumber(text)
    return float(bare.replace(",", "."))


def _in_words(text: str) -> float:
    """English cardinals; "and a half" adds half of the scale that follows: one and a half million."""
    words = [word for word in re.split(r"[ -]+", text) if word not in {"and", "a"}]
    total, current, decimals = 0.0, 0.0, ""
    in_decimals = False
    for word in words:
        if word == "point":
            in_decimals = True
        elif in_decimals and word in UNITS:
            decimals += str(UNITS[word])
        elif word == "half":
            current += 0.5
        elif word in SCALES:
            current = (current + float(f"0.{decimals or 0}")) or 1.0
            in_decimals, decimals = False, ""
            current *= SCALES[word]
            if word != "hundred":
                total, current = total + current, 0.0
        else:
            current += UNITS.get(word, TENS.get(word, 0))
    return total + current + float(f"0.{decimals or 0}")
