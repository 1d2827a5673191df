"""What a brief takes back: "actually make that $750k" after "$500k". The later figure holds, or it is asked about."""

import re

from campaigns.briefs.lexing.lexer import Token
from campaigns.briefs.readings.reading import Reading, number_of

_IT = r"(?:it|that|this|them|the budget|that budget|the (?:total|whole|amount|sum))"
_BACK = (
    r"sorry|apologies|my (?:bad|mistake)|actually|correction|update|edit|typo|scratch (?:that|it)|strike that|wait|oops"
    r"|hold on|on second thoughts?|or rather|rather|i mean(?:t)?(?: to (?:say|write|type))?"
)
_PAUSE = r"[\s,:;.!…—–-]+"
_LEAD = (
    r"(?:(?:oh|hmm+|uh|um|no|ok|okay|so|and|but|well|in fact|better|please|then|to be (?:exact|precise)"
    rf"|{_BACK}){_PAUSE})"
)
_CUE = rf"(?:{_BACK}){_PAUSE}"
_STRONG = (
    r"(?:(?:let's |let us |we(?:'ll| will| should) |can (?:we|you) |you (?:can|may) |i(?:'d| would) (?:like to )?)?"
    rf"(?:(?:make|set) {_IT}(?: (?:to|at|be))?"
    rf"|(?:change|bump|raise|increase|lower|cut|reduce|update|correct|switch|push|drop|bring|take|move) {_IT}"
    r"(?: (?:up|down|back))? to)|(?:it|that) should (?:be|say|read|have been)) "
)
_WEAK = r"(?:(?:let's|let us) (?:do|go with|use|say|take|spend)|it(?:'s| is)(?: now)?|the budget is(?: now)?|make) "
_ABOUT = r"(?:(?:about|around|roughly|a total of|up to) )?"
CORRECTION = re.compile(
    rf"(?:(?<=[.;,!?\n(…:—–-] )|(?<=[.;,!?\n(…:—–-])|^|(?<=\bbut )|(?<=\band ))"
    rf"(?:{_LEAD}*{_CUE}{_LEAD}*(?:{_STRONG}|{_WEAK})?|{_LEAD}*{_STRONG}){_ABOUT}(?=[$€£¥\d]|[a-z]+ )"
)
ENDS = re.compile(
    r"\s*(?:$|[.;,!?\n)]|(?:instead|now|then|please|rather|in total|total|all in|altogether|overall|usd|eur|gbp|dollars"
    r"|across|between|among|amongst)\b)"
)
TAIL = re.compile(r"\s*,?\s*(?:instead|now|then|please|rather|not [^.;,!?\n]{1,20})(?=[.;,!?\n)]|$)")
LEFT_OVER = re.compile(
    r"(?:(?:^|[.;,!?\n-] ?)actually|scratch (?:that|it)|strike that|on second thoughts?|or rather|i meant|typo|oops"
    rf"|(?:double|triple|halve|bump|raise|increase|lower|cut|reduce|change) {_IT}|add another|make {_IT})\b"
)
OF_WHICH = "“{new}” reads like a correction. Of what: {old}?"
DOES_IT = "“{}” reads like a correction of something said before. What holds?"
MONEY_FROM, SMALL = 1_000.0, "X"
FIGURES = frozenset("MNPXW")


def read(reading: Reading) -> None:
    """Put a corrected figure in the place of the only earlier one it can mean; ask where there are several or none."""
    text = reading.text.lower().replace("’", "'")
    for cue in CORRECTION.finditer(text):
        number = _figure_at(reading, cue.end())
        if number is None:
            continue
        new = reading.tokens[number]
        earlier = [
            one for one in range(number) if _may_be_meant(reading, one, new) and reading.tokens[one].end <= cue.start()
        ]
        alike = {_worth(reading.tokens[one]) for one in earlier}
        if not earlier and (_sort(new) != SMALL or not _has_figure_before(reading, number)):
            continue  # the first figure of its kind corrects nothing
        if len(alike) == 1 and ENDS.match(text, new.end):
            for one in earlier:
                reading.correct(one, by=new)
        else:
            old = earlier or [one for one in range(number) if _is_figure(reading, one)]
            reading.ask(OF_WHICH.format(new=reading.name_of(new), old=" or ".join(_names(reading, old))))
        tail = TAIL.match(text, new.end)
        reading.set_aside(start=cue.start(), end=tail.end() if tail else new.end)


def ask_about_the_rest(reading: Reading) -> None:
    """After all readings: words that take something back and that none of them understood."""
    text = reading.text.lower().replace("’", "'")
    for found in LEFT_OVER.finditer(text):
        inside = [one for one, token in enumerate(reading.tokens) if found.start() <= token.start < found.end()]
        words = {reading.tokens[one].word for one in inside if one not in reading.used}
        said = reading.text[found.start() : found.end()].strip(" .;,!?\n-")
        if words - {".", ",", ";", "!", "?", "-"} and not any(said in question for question in reading.questions):
            reading.ask(DOES_IT.format(said))


def _figure_at(reading: Reading, place: int) -> int | None:
    for number, token in enumerate(reading.tokens):
        if token.end > place:
            starts_there = not reading.text[place : token.start].strip() and token.start - place <= 1
            return number if starts_there and token.kind in FIGURES else None
    return None


def _is_figure(reading: Reading, number: int) -> bool:
    return reading.tokens[number].kind in FIGURES and number not in reading.background | reading.used


def _has_figure_before(reading: Reading, number: int) -> bool:
    return any(_is_figure(reading, one) for one in range(number))


def _may_be_meant(reading: Reading, number: int, new: Token) -> bool:
    return _is_figure(reading, number) and _sort(reading.tokens[number]) == _sort(new)


def _sort(token: Token) -> str:
    """Amounts, shares, lengths, and small numbers such as a ROAS can stand for their like only."""
    if token.kind == "N":
        return "M" if number_of(token) >= MONEY_FROM else SMALL
    return token.kind


def _worth(token: Token) -> tuple[float, str | None]:
    return number_of(token), token.currency


def _names(reading: Reading, numbers: list[int]) -> list[str]:
    return list(dict.fromkeys(reading.name_of(reading.tokens[one]) for one in numbers))
