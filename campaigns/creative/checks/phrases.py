"""Phrases of a pack as one pattern over folded text, and words found in copy by it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campaigns.creative.advert import Creative
from campaigns.creative.checks.parameters import SPOKEN, PackError, Parameters
from campaigns.creative.folding import Folded, foldings
from campaigns.creative.rules import Finding, Verdict

BLANK = "\x01"
GAP = r"[\s\-]*"
SPACE_OUTSIDE_CLASS = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\.| ")


@dataclass(frozen=True, kw_only=True)
class WordsCheck:
    """No such words.

    Attributes:
        pattern: over folded text.
        without: spans of these are not looked into, such as a rank that another rule judges.
        replacement: what each is replaced with where that is a deterministic repair; None where it is not.
        keeps_brand: whether the brand's own name is left out, as “Best Foods” is no claim.
    """

    pattern: re.Pattern[str]
    fields: tuple[str, ...] = SPOKEN
    without: re.Pattern[str] | None = None
    why: str = ""
    replacement: str | None = None
    keeps_brand: bool = True
    severity: Verdict | None = None

    def findings(self, creative: Creative, /) -> list[Finding]:
        if self.fields is SPOKEN and not self.pattern.search(creative.all_copy):
            return []
        return [finding for name in named_fields(creative, self.fields) for finding in self._in(creative, name)]

    def _in(self, creative: Creative, name: str) -> list[Finding]:
        text = creative.copy[name]
        spans = sorted(set(self._spans(text, creative.brand if self.keeps_brand else "")))
        repair = {}
        if self.replacement is not None and spans:
            repair = {name: replaced(text, spans, self.replacement)}
        return [
            Finding(
                field=name,
                start=start,
                end=end,
                why=f"“{text[start:end]}” {self.why}".strip(),
                severity=self.severity,
                repair=repair,
            )
            for start, end in spans
        ]

    def _spans(self, text: str, brand: str) -> Iterator[tuple[int, int]]:
        for folded in foldings(text):
            if not self.pattern.search(folded.text):
                continue
            looked_at = self._masked(folded, brand)
            yield from (folded.span(*found.span()) for found in self.pattern.finditer(looked_at) if found.group())

    def _masked(self, folded: Folded, brand: str) -> str:
        text = folded.text
        if brand:
            own = re.escape(foldings(brand)[0].text)
            text = re.sub(rf"(?<!\w){own}(?!\w)", lambda found: BLANK * len(found.group()), text)
        return self.without.sub(lambda found: BLANK * len(found.group()), text) if self.without else text


def named_fields(creative: Creative, fields: tuple[str, ...]) -> Iterator[str]:
    """The fields of the creative that are meant; with the default also copy under names of its own."""
    for name in creative.copy:
        is_own_name = fields is SPOKEN and name not in {"alt", "disclosure"}
        if name in fields or is_own_name:
            yield name


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Phrases are regular expressions in lower case; a space also matches a hyphen, several spaces, or none.

    Raises:
        PackError: one does not compile.
    """
    joined = SPACE_OUTSIDE_CLASS.sub(lambda one: GAP if one.group() == " " else one.group(), "|".join(phrases))
    try:
        return re.compile(rf"(?<![^\W_])(?:{joined})(?![^\W_])")
    except re.error as error:
        raise PackError(f"“{joined}” is no pattern: {error}") from error


def replaced(text: str, spans: list[tuple[int, int]], replacement: str) -> str:
    """The text with each span replaced, double spaces closed."""
    for start, end in reversed(spans):
        text = text[:start] + replacement + text[end:]
    return re.sub(r"\s{2,}", " ", text).strip()


def build(parameters: Parameters) -> WordsCheck:
    without = parameters.texts("not_within")
    fields = parameters.texts("fields")
    replacement = parameters.text("replace_with", BLANK)
    severity = parameters.text("severity")
    return WordsCheck(
        pattern=phrase_pattern(parameters.texts("phrases")),
        fields=fields or SPOKEN,
        without=phrase_pattern(without) if without else None,
        why=parameters.text("why"),
        replacement=None if replacement == BLANK else replacement,
        severity=Verdict(severity) if severity else None,
        keeps_brand=not parameters.flag("even_in_brand"),
    )
