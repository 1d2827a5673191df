"""Small print that nobody requires."""

import re
from dataclasses import dataclass

from campaigns.creative.advert import Creative
from campaigns.creative.checks.parameters import Parameters
from campaigns.creative.checks.phrases import phrase_pattern
from campaigns.creative.folding import foldings
from campaigns.creative.rules import Finding, Verdict

SENTENCE = re.compile(r"[^.!?]*\([^)]*\)[^.!?]*[.!?]*|[^.!?]+[.!?]*")


@dataclass(frozen=True, kw_only=True)
class DisclaimerCheck:
    """A disclosure holds what law or another rule asks for; the rest goes, or a person says why it must stay.

    Attributes:
        necessary: sentences that law or a rule asks for.
        idle: sentences that are certainly not needed, such as a copyright line; these are removed.
    """

    necessary: re.Pattern[str]
    idle: re.Pattern[str]

    def findings(self, creative: Creative, /) -> list[Finding]:
        text = creative.copy.get("disclosure", "")
        if not text.strip():
            return []
        sentences = _sentences(text)
        kept = [one for one in sentences if self.necessary.search(foldings(one)[0].text)]
        rest = [one for one in sentences if one not in kept]
        if not rest:
            return []
        if all(self.idle.search(foldings(one)[0].text) for one in rest):
            return [
                Finding(
                    field="disclosure", start=0, end=len(text), why="not needed", repair={"disclosure": " ".join(kept)}
                )
            ]
        why = "say by which law it is needed, or leave it out"
        return [Finding(field="disclosure", start=0, end=len(text), why=why, severity=Verdict.REVIEW)]


def _sentences(text: str) -> list[str]:
    return [piece for piece in (found.group().strip() for found in SENTENCE.finditer(text)) if piece.strip(". ")]


def build(parameters: Parameters) -> DisclaimerCheck:
    return DisclaimerCheck(
        necessary=phrase_pattern(parameters.texts("necessary")), idle=phrase_pattern(parameters.texts("idle"))
    )
