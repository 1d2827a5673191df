"""Words in capitals that should not be, mended to sentence case."""

import re
from dataclasses import dataclass

from campaigns.creative.advert import Creative
from campaigns.creative.checks.parameters import SPOKEN, Parameters
from campaigns.creative.rules import Finding

ABBREVIATIONS = (
    "USA UK US EU USB HDMI LED OLED QLED LCD UHD HD HDR TV DVD CD GPS WIFI RGB PC CPU GPU SSD HEPA HVAC "
    "DIY BBQ BLT USDA FDA GMO MSG BPA PVC SPF UPF UV UVA UVB MCT BCAA EPA DHA CBD ADHD OTC NFL NBA MLB "
    "NHL NASA XL XXL SUV AC DC ABV IPA XXXL FSC VIP AM PM OK ID EV RV ATV PSI RPM AWD AA AAA MP3 USP NSF"
)
ACRONYMS = frozenset(ABBREVIATIONS.split())
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+)\W*$")


@dataclass(frozen=True, kw_only=True)
class CapitalsCheck:
    """No shouting.

    Attributes:
        allowed: words that may stand in capitals.
        shortest: a word in capitals counts from so many letters on, unless the whole text is in capitals.
    """

    fields: tuple[str, ...]
    allowed: frozenset[str]
    shortest: int

    def findings(self, creative: Creative, /) -> list[Finding]:
        return [finding for name in self.fields for finding in self._in(creative, name)]

    def _in(self, creative: Creative, name: str) -> list[Finding]:
        text = creative.copy.get(name, "")
        if text.lower() == text:
            return []
        known = ACRONYMS | self.allowed | {word for word in WORD.findall(creative.brand) if word.isupper()}
        words = [found for found in WORD.finditer(text) if found.group() not in known]
        is_whole = _is_shouted(words)
        shouted = [found for found in words if _is_loud(found.group(), 2 if is_whole else self.shortest)]
        if not shouted:
            return []
        quiet = (is_whole and {found.group() for found in words}) or {found.group() for found in shouted}
        repair = {name: _quietened(text, quiet, creative.brand)}
        why = "the whole text is in capitals" if is_whole else "in capitals"
        return [Finding(field=name, start=one.start(), end=one.end(), why=why, repair=repair) for one in shouted]


def _is_shouted(words: list[re.Match[str]]) -> bool:
    letters = "".join(found.group() for found in words)
    return len(words) > 1 and len(letters) > 4 and letters.isupper()


def _is_loud(word: str, shortest: int) -> bool:
    return word.isupper() and len(word) >= shortest


def _quietened(text: str, words: set[str], brand: str) -> str:
    """Those words in lower case, a sentence's first one capitalised, the brand as it writes itself."""

    def quiet(found: re.Match[str]) -> str:
        word = found.group()
        if word not in words:
            return word
        return word.capitalize() if SENTENCE_START.search(text[: found.start()]) else word.lower()

    mended = WORD.sub(quiet, text)
    own = re.compile(rf"(?<!\w){re.escape(brand)}(?!\w)", re.IGNORECASE)
    return own.sub(lambda _: brand, mended) if brand else mended


def build(parameters: Parameters) -> CapitalsCheck:
    return CapitalsCheck(
        fields=parameters.texts("fields") or SPOKEN,
        allowed=frozenset(parameters.texts("allowed")),
        shortest=parameters.number("shortest", 4),
    )
