"""Names of others: competitors, and the retailer's own trademarks."""

import re
from dataclasses import dataclass

from campaigns.creative.advert import Creative
from campaigns.creative.checks.parameters import SPOKEN, Parameters
from campaigns.creative.checks.phrases import BLANK, named_fields, phrase_pattern
from campaigns.creative.folding import foldings
from campaigns.creative.rules import Finding


@dataclass(frozen=True, kw_only=True)
class CompetitorCheck:
    """No competitor is named; the creative says who they are. What comes right after ``allowed`` words may be."""

    allowed: re.Pattern[str] | None

    def findings(self, creative: Creative, /) -> list[Finding]:
        found = []
        for name in creative.competitors:
            pattern = phrase_pattern([re.escape(foldings(name)[0].text).replace("\\ ", " ")])
            for field in named_fields(creative, SPOKEN):
                found += self._in(creative.copy[field], field, pattern)
        return found

    def _in(self, text: str, field: str, pattern: re.Pattern[str]) -> list[Finding]:
        return [
            Finding(field=field, start=span[0], end=span[1], why=f"“{text[span[0] : span[1]]}” is a competitor")
            for folded in foldings(text)
            for match in pattern.finditer(folded.text)
            if not (self.allowed and self.allowed.search(folded.text[: match.start()]))
            for span in [folded.span(*match.span())]
        ]


@dataclass(frozen=True, kw_only=True)
class TrademarkCheck:
    """The retailer's names only in wordings it permits, after the product itself.

    Attributes:
        compatible: wordings such as “works with Alexa”, trademark included.
        without: spans judged by other rules, such as a programme named in full.
    """

    names: re.Pattern[str]
    compatible: re.Pattern[str]
    without: re.Pattern[str] | None

    def findings(self, creative: Creative, /) -> list[Finding]:
        return [finding for name in named_fields(creative, SPOKEN) for finding in self._in(name, creative.copy[name])]

    def _in(self, field: str, text: str) -> list[Finding]:
        folded = foldings(text)[0]
        plain = self.without.sub(_blank, folded.text) if self.without else folded.text
        is_first = field == "headline"
        plain = self.compatible.sub(lambda one: one.group() if is_first and _leads(plain, one) else _blank(one), plain)
        spans = [folded.span(*found.span()) for found in self.names.finditer(plain)]
        return [
            Finding(field=field, start=start, end=end, why=f"“{text[start:end]}” is a trademark")
            for start, end in spans
        ]


def _leads(text: str, found: re.Match[str]) -> bool:
    """Whether nothing but small words stands before it: the product must come first."""
    return not re.search(r"[a-z]{3,}", text[: found.start()])


def _blank(found: re.Match[str]) -> str:
    return BLANK * len(found.group())


def build_competitors(parameters: Parameters) -> CompetitorCheck:
    allowed = parameters.texts("allowed_after")
    joined = "|".join(allowed)
    return CompetitorCheck(allowed=re.compile(rf"(?<!\w)(?:{joined})\s+(?:\w+\s+){{0,1}}$") if allowed else None)


def build_trademarks(parameters: Parameters) -> TrademarkCheck:
    names = parameters.texts("names")
    after = parameters.texts("compatible")
    without = parameters.texts("not_within")
    wordings = [f"(?:{'|'.join(after)}) (?:your |the |any |all )?(?:{'|'.join(names)})"]
    return TrademarkCheck(
        names=phrase_pattern(names),
        compatible=phrase_pattern(wordings),
        without=phrase_pattern(without) if without else None,
    )
