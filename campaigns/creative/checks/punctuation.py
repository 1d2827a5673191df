"""Punctuation: at a button's end, repeated, or drawn with."""

import re
from dataclasses import dataclass

from campaigns.creative.advert import Creative
from campaigns.creative.checks.parameters import SPOKEN, Parameters
from campaigns.creative.checks.phrases import named_fields, replaced
from campaigns.creative.rules import Finding

AT_END = re.compile(r"[\s.!?,;:…。！？>»→]+$")
REPEATED = re.compile(r"([!?])[!?]+|(?<!\.)\.\.(?!\.)|\.{4,}|,{2,}|;{2,}|:{2,}|-{3,}|([\"'])\2{1,}|&{2,}|\${2,}")
SYMBOLS = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\u3010\u3011\ufe0f~^|<>{}\\[\\]\\\\]"
)
DRAWN = re.compile(
    r"[*~^=+<>|\\/_#•·°¤§{}\[\]@%\-.]{3,}(?<!\.\.\.)(?<!---)|[*~^=<>|\\_•°¤]{2,}|(?<![\w])[:;=8][\-'o^]?[)(\]\[dDpP3/\\|*](?!\w)|<3"
    r"|(?<!\w)\*[^\W_]|[^\W_]\*(?!\w)|[★☆♥♡✓✔►◄●■▲▼]{2,}|\((?:[\W_]{3,})\)"
)


@dataclass(frozen=True, kw_only=True)
class EndPunctuationCheck:
    """A call to action ends without punctuation."""

    fields: tuple[str, ...]

    def findings(self, creative: Creative, /) -> list[Finding]:
        return [
            Finding(
                field=name,
                start=found.start(),
                end=found.end(),
                why=f"ends with “{found.group().strip()}”",
                repair={name: text[: found.start()]} if found.start() else {},
            )
            for name in self.fields
            if (found := AT_END.search(text := creative.copy.get(name, ""))) and found.group().strip()
        ]


@dataclass(frozen=True, kw_only=True)
class OddPunctuationCheck:
    """No mark repeated and no ornament; one of each repeated mark stays, ornaments go. Drawings are judged apart."""

    fields: tuple[str, ...]

    def findings(self, creative: Creative, /) -> list[Finding]:
        return [finding for name in named_fields(creative, self.fields) for finding in self._in(creative, name)]

    def _in(self, creative: Creative, name: str) -> list[Finding]:
        text = creative.copy[name]
        if text.isalnum() or DRAWN.search(text):
            return []
        odd = [*REPEATED.finditer(text), *SYMBOLS.finditer(text)]
        repair = {name: replaced(_with_single_marks(text), [], "")}
        return [
            Finding(field=name, start=one.start(), end=one.end(), why=f"“{one.group()}”", repair=repair) for one in odd
        ]


@dataclass(frozen=True, kw_only=True)
class DrawingCheck:
    """No pictures made of characters."""

    fields: tuple[str, ...]

    def findings(self, creative: Creative, /) -> list[Finding]:
        return [
            Finding(field=name, start=found.start(), end=found.end(), why=f"“{found.group()}” is drawn, not written")
            for name in named_fields(creative, self.fields)
            for found in DRAWN.finditer(creative.copy[name])
        ]


def _with_single_marks(text: str) -> str:
    text = SYMBOLS.sub(" ", text)
    return re.sub(
        r"\s+([!?.,;:])", r"\1", REPEATED.sub(lambda found: "?" if "?" in found.group() else found.group()[0], text)
    )


def build_end(parameters: Parameters) -> EndPunctuationCheck:
    return EndPunctuationCheck(fields=parameters.texts("fields"))


def build_odd(parameters: Parameters) -> OddPunctuationCheck:
    return OddPunctuationCheck(fields=parameters.texts("fields") or SPOKEN)


def build_drawing(parameters: Parameters) -> DrawingCheck:
    return DrawingCheck(fields=parameters.texts("fields") or SPOKEN)
