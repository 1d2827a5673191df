"""Limits on everybody: "nobody gets more than 60%", "at least 20% each", "neither above half"."""

from campaigns.briefs.constraints import Limit
from campaigns.briefs.readings.limits import limit_of
from campaigns.briefs.readings.reading import Found, Reading

_MAY = r"(?:(?:may|can|to|gets?|takes?|receives?|have|has|go|goes|end|up|with|spends?|see|sees) )*"
_OF = r"(?: (?:from )?(?:budget|spend|money|pot|envelope|it|funds|total))*"
_EACH = r"(?:each|apiece|a piece|for each|to each|on each|per head|both|for both|on both)(?! [LREB]\d)"


def read(reading: Reading) -> None:
    """Note limits on each retailer: the named ones where the brief names some, else whichever there are."""
    nobody = rf"nobody {_MAY}"
    forms = (
        (rf"{nobody}LE <size:SIZE>{_OF}", reading.floors),
        (rf"{nobody}<GE> <size:SIZE>{_OF}", reading.caps),
        (rf"(?:, |with )?(?:<GE> )+<size:SIZE>{_OF} {_EACH}", reading.floors),
        (rf"(?:, |with )?(?:<LE> )+<size:SIZE>{_OF} {_EACH}", reading.caps),
        (rf"(?:both|each) {_MAY}(?:<GE> )+<size:SIZE>{_OF}", reading.floors),
        (rf"(?:both|each) {_MAY}(?:<LE> )+<size:SIZE>{_OF}", reading.caps),
    )
    for form, limits in forms:
        for found in reading.take(form):
            limits.extend(_limits(reading, found=found))


def _limits(reading: Reading, *, found: Found) -> list[Limit]:
    size = found["size"][0]
    words = reading.text[: size.end + 12].lower()
    named = _named(reading) if any(word in words for word in ("each", "apiece", "neither", "both")) else []
    if len(named) > 1:
        return [limit_of(reading, level="retailer", name=name, size=size) for name in named]
    return [limit_of(reading, level="retailer", name=None, size=size)]


def _named(reading: Reading) -> list[str]:
    return list(dict.fromkeys(str(token.value) for token in reading.tokens if token.kind == "R"))
