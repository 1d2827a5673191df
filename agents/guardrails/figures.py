"""Every figure of a text must come from a tool's result: find it there and cite it, or refuse the text."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FIGURE = re.compile(
    r"(?<![\w.])(?P<sign>[-−])?(?:[$€£¥]\s?)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s?(?P<unit>%|percent\b|thousand\b|million\b|billion\b|bn\b|[kKmMbB]\b|[x×](?!\w))?"
)
DATES = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
WORD_NUMBERS = re.compile(
    r"(?i)\b(?:twice|thrice|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|halv(?:e|es|ed|ing)|half|quarter|dozens?|hundreds?"
    r"|thousands?|millions?|billions?|(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty)"
    r"(?:[- ](?:fold|percent|times|thousand|million|hundred)))\b"
)
SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
MOST_VALUES = 20_000


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A figure and where it came from: which result, and the path in it."""

    figure: str
    result: int
    path: str


@dataclass(frozen=True, kw_only=True)
class CheckedFigures:
    """Figures that are backed, each with its source, and those that are not."""

    citations: tuple[Citation, ...]
    unsupported: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.unsupported


def check_figures(*, text: str, results: Sequence[Mapping[str, Any]]) -> CheckedFigures:
    """Compare each figure, as precisely as it is written, with every number in the results.

    “$1.2M” is 1 150 000 to 1 250 000, “12%” is 0.115 to 0.125. Figures spelt in words are never backed; those inside
    words of a result that are quoted to the letter are the result's.
    """
    values = [value for place, result in enumerate(results, start=1) for value in values_of(result, place, "")]
    texts = [text_value for result in results for text_value in _texts(result)]
    text = _without_quotations(text, texts)
    citations, unsupported = [], [found.group() for found in WORD_NUMBERS.finditer(text)]
    for found in DATES.finditer(text):
        if not any(found.group() in one for one in texts):
            unsupported.append(found.group())
    for found in FIGURE.finditer(DATES.sub(" ", text)):
        written = found.group().strip()
        source = next((one for one in values if is_value(found, one[2])), None)
        if source is None:
            unsupported.append(written)
        else:
            citations.append(Citation(figure=written, result=source[0], path=source[1]))
    return CheckedFigures(citations=tuple(citations), unsupported=tuple(unsupported))


def _without_quotations(text: str, texts: Sequence[str]) -> str:
    """The text without what it quotes, longest first; a quotation has letters and digits, and is no date."""
    quotable = {one for one in texts if re.search(r"[A-Za-z].*\d|\d.*[A-Za-z]", one, re.DOTALL)}
    for quotation in sorted(quotable, key=len, reverse=True):
        text = text.replace(quotation, " ")
    return text


def is_value(found: re.Match[str], value: float) -> bool:
    """Whether a figure of ``FIGURE`` is this value, as precisely as it is written."""
    digits = found["digits"].replace(",", "")
    decimals = len(digits.partition(".")[2])
    unit = (found["unit"] or "").lower()
    written = float(digits) * (-1 if found["sign"] else 1)
    if unit in {"%", "percent"}:
        return _close(written, value * 100, decimals) or _close(written, value, decimals)
    return _close(written, value / SCALES.get(unit, 1.0), decimals)


def _close(written: float, value: float, decimals: int) -> bool:
    """Whether the value rounds to what is written, with half a unit of the last digit as slack."""
    return math.isfinite(value) and abs(written - value) <= 0.5 * 10**-decimals * (1 + 1e-9)


def values_of(value: Any, place: int, path: str) -> Iterator[tuple[int, str, float]]:
    """Every number of a result, with the result's place and the path in it."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield (place, path, float(value))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from values_of(inner, place, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value[:MOST_VALUES]):
            yield from values_of(inner, place, f"{path}[{number}]")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
