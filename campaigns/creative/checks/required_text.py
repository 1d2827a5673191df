"""A text that must stand in the ad, added where it is missing."""

import re
from dataclasses import dataclass

from campaigns.creative.advert import Creative
from campaigns.creative.checks.conditions import says
from campaigns.creative.checks.parameters import Parameters
from campaigns.creative.checks.phrases import phrase_pattern
from campaigns.creative.folding import foldings
from campaigns.creative.rules import Finding

SENTENCE_END = re.compile(r"[.!?…]\s*$")
MARKS_AT_END = re.compile(r"[\s.!]*$")


@dataclass(frozen=True, kw_only=True)
class RequiredTextCheck:
    """A sentence in ``field``, any wording of which is enough.

    Attributes:
        enough: wordings that comply; anywhere in the copy.
        replaces: a field that matches this is a faulty wording, replaced whole.
    """

    field: str
    text: str
    enough: re.Pattern[str]
    replaces: re.Pattern[str] | None

    def findings(self, creative: Creative, /) -> list[Finding]:
        if says(creative, self.enough):
            return []
        present = creative.copy.get(self.field, "").strip()
        if not present or (self.replaces and self.replaces.search(foldings(present)[0].text)):
            repaired = self.text
        else:
            repaired = f"{present}{'' if SENTENCE_END.search(present) else '.'} {self.text}"
        return [Finding(field=self.field, why=f"“{self.text}” is missing", repair={self.field: repaired})]


@dataclass(frozen=True, kw_only=True)
class RequiredWordsCheck:
    """A few words at the end of the line that makes the offer.

    Attributes:
        offer: what the line with the offer says; the first of ``fields`` that says so gets the words.
    """

    fields: tuple[str, ...]
    words: str
    enough: re.Pattern[str]
    offer: re.Pattern[str]

    def findings(self, creative: Creative, /) -> list[Finding]:
        if says(creative, self.enough):
            return []
        written = [name for name in self.fields if creative.copy.get(name, "").strip()]
        offering = [name for name in written if self.offer.search(foldings(creative.copy[name])[0].text)]
        if not written:
            return [Finding(field=self.fields[0], why=f"“{self.words}” is missing")]
        field = (offering or written[:1])[0]
        text = creative.copy[field]
        ending = MARKS_AT_END.search(text)
        cut = ending.start() if ending else len(text)
        return [
            Finding(
                field=field,
                start=0,
                end=len(text),
                why=f"“{self.words}” is missing",
                repair={field: f"{text[:cut]} {self.words}{text[cut:].rstrip()}"},
            )
        ]


def build(parameters: Parameters) -> RequiredTextCheck:
    replaces = parameters.texts("replaces")
    return RequiredTextCheck(
        field=parameters.text("field"),
        text=parameters.text("text"),
        enough=phrase_pattern(parameters.texts("enough")),
        replaces=phrase_pattern(replaces) if replaces else None,
    )


def build_words(parameters: Parameters) -> RequiredWordsCheck:
    return RequiredWordsCheck(
        fields=parameters.texts("fields"),
        words=parameters.text("words"),
        enough=phrase_pattern(parameters.texts("enough")),
        offer=phrase_pattern(parameters.texts("offer")),
    )
