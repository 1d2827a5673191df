"""Cut a brief into tokens with their positions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.lexing import calendar
from campaigns.briefs.lexing.numbers import DIGITS, NUMBER, AmbiguousNumber, read_number
from campaigns.briefs.lexing.phrases import LEVEL_WORDS, phrase_at
from campaigns.briefs.lexing.plain import plain

CURRENCIES = {
    "us$": "USD", "usd": "USD", "$": "USD", "dollars": "USD", "dollar": "USD", "bucks": "USD", "us dollars": "USD",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP", "pounds": "GBP",
    "pounds sterling": "GBP", "a$": "AUD", "aud": "AUD", "c$": "CAD", "ca$": "CAD", "cad": "CAD", "¥": "JPY",
    "jpy": "JPY", "yen": "JPY", "₹": "INR", "inr": "INR", "rupees": "INR", "chf": "CHF", "sek": "SEK", "nok": "NOK",
    "dkk": "DKK", "pln": "PLN", "mxn": "MXN", "brl": "BRL",
}  # fmt: skip
_MONEY_WORD = "|".join(re.escape(word) for word in sorted(CURRENCIES, key=len, reverse=True))
_PERCENT = r"(?:%|per ?cents?(?![a-z])|pct(?![a-z])|percentage points?)"
FRACTIONS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
WEEKS = {"day": 1 / 7, "week": 1.0, "wk": 1.0, "month": 13 / 3, "quarter": 13.0, "year": 52.0}

# M money, N number, P share, X ratio, W weeks, U "a week" (a pace beside money), D day, S span of days, L level,
# R retailer, E placement, B brand.
Kind = Literal["M", "N", "P", "X", "W", "U", "D", "S", "L", "R", "E", "B", "word"]
_NAMED: Mapping[str, Kind] = {"retailer": "R", "placement": "E", "brand": "B"}
Value = float | str | calendar.Days | None


@dataclass(frozen=True, kw_only=True)
class Token:
    """A part of the brief with what it means. ``word`` is how patterns see it; ``currency`` is set for money."""

    kind: Kind
    start: int
    end: int
    word: str
    value: Value = None
    currency: str | None = None


@dataclass(frozen=True, kw_only=True)
class Lexed:
    """Tokens in order, and questions about those that can be read in two ways."""

    tokens: tuple[Token, ...]
    questions: tuple[str, ...]


MINUS = "-\u2212\u2010\u2011"
BELOW_ZERO = "“{}” is less than nothing. Which amount did you mean? Please write it without the minus."
_FRACTION = (
    r"(?:(?:a |one )?(?P<half>half)|(?:a|one) (?P<part>third|fifth|tenth)|(?:a|one) (?P<of>quarter)(?= of)"
    r"|(?P<many>two|three) (?P<parts>third|quarter|fifth)s)(?! million)(?![a-z])"
)
_ONE = r"1(?!\d|[.,]\d|%)"
_PER_UNIT = rf"(?:per|for every|for each|on every|back per|to) (?:[$€£] ?{_ONE}|dollar|euro|pound)"
_END = r"(?!\d|[.,]\d|e[+-]?\d)"  # no amount is cut short: 1e30 is not 1
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("day", re.compile(rf"(?<![\w.,])(?:{calendar.DAY})(?!\w)")),
    ("span", re.compile(rf"(?<!\w)(?:{calendar.SPAN})")),
    ("rate", re.compile(rf"[$€£]? ?{DIGITS} ?{_PER_UNIT}")),
    ("money", re.compile(rf"(?P<before>{_MONEY_WORD}) ?(?P<number>{NUMBER})(?: ?(?:{_MONEY_WORD})(?![a-z]))?{_END}")),
    ("percent", re.compile(rf"(?:±|\+/-|\+-)? ?(?P<number>{NUMBER}) ?-?{_PERCENT}")),
    ("money", re.compile(rf"(?P<number>{NUMBER})[ -]?(?P<after>{_MONEY_WORD})(?![a-z])")),
    ("ratio", re.compile(rf"(?P<number>{DIGITS}) ?(?:x(?![a-z\d])|(?::| to ) ?{_ONE})")),
    ("length", re.compile(rf"(?P<number>{NUMBER}|a)[ -]?(?P<unit>day|week|wk|month|quarter|year)s?(?![a-z])(?! of)")),
    ("fraction", re.compile(_FRACTION)),
    ("number", re.compile(rf"(?<![\w.,])(?P<number>{NUMBER})(?![a-z\d]|[.,]\d)")),
)
_WORD = re.compile(r"[^\W\d_][\w'&-]*|\d+\S*|[^\w\s]|_", re.UNICODE)


def lex(*, text: str, catalogue: Catalogue, today: date) -> Lexed:
    """Tokens of a brief, in order, without the spaces between them."""
    letters = plain(text=text)
    phrases = catalogue.phrases()
    names = re.compile(
        r"(?:" + "|".join(re.escape(name) for name in sorted(phrases, key=len, reverse=True)) + r")(?:'s)?(?!\w)"
        if phrases
        else r"(?!)"
    )
    tokens: list[Token] = []
    questions: list[str] = []
    position = 0
    while position < len(letters):
        if letters[position] == " ":
            position += 1
            continue
        token = _next_token(letters=letters, position=position, names=names, phrases=phrases, today=today)
        if isinstance(token, str):
            questions.append(token)
            token = _word(letters, position)
        if token.kind == "M" and _has_minus(text=text, position=position):
            questions.append(BELOW_ZERO.format(text[position - 1 : token.end].strip()))
            token = Token(kind="word", start=position, end=token.end, word=token.word.strip())
        tokens.append(token)
        position = token.end
    return Lexed(tokens=tuple(tokens), questions=tuple(questions))


def _has_minus(*, text: str, position: int) -> bool:
    """Whether the amount here follows a minus within its line; a dash at the start of a line lists things."""
    return position > 1 and text[position - 1] in MINUS and text[position - 2] in " \t\u00a0:="


def _next_token(
    *, letters: str, position: int, names: re.Pattern[str], phrases: dict[str, tuple[str, str]], today: date
) -> Token | str:
    """The token here, or a question when it can be read in two ways."""
    at_word_start = position == 0 or not letters[position - 1].isalnum()
    if at_word_start and (found := names.match(letters, position)):
        level, name = phrases[found[0].removesuffix("'s")]
        return Token(kind=_NAMED[level], start=position, end=found.end(), word=found[0], value=name)
    for form, pattern in _FORMS:
        if found := pattern.match(letters, position):
            token = _formed(form=form, found=found, today=today)
            if token is not None:
                return token
    if phrase := phrase_at(text=letters, position=position):
        return Token(kind="word", start=position, end=phrase[1], word=phrase[0])
    return _word(letters, position)


def _word(letters: str, position: int) -> Token:
    found = _WORD.match(letters, position)
    end = found.end() if found else position + 1
    word = letters[position:end]
    if word in LEVEL_WORDS:
        return Token(kind="L", start=position, end=end, word=word, value=LEVEL_WORDS[word])
    return Token(kind="word", start=position, end=end, word=word)


def _formed(*, form: str, found: re.Match[str], today: date) -> Token | str | None:
    start, end, text = found.start(), found.end(), found[0]
    try:
        if form == "span":
            return Token(kind="S", start=start, end=end, word=text, value=calendar.read_span(text=text, today=today))
        if form == "day":
            return Token(kind="D", start=start, end=end, word=text, value=calendar.read_day(text=text, today=today))
        return _measured(form=form, found=found)
    except calendar.AmbiguousDay:
        return f"Which day or period does “{text}” mean? Please write it with its year, as 2027-03-31."
    except AmbiguousNumber:
        return f"Is “{text.strip()}” a number with decimals, or with thousands? Please write it without the point."


def _measured(*, form: str, found: re.Match[str]) -> Token | None:
    start, end, groups = found.start(), found.end(), found.groupdict()
    if form == "fraction":
        part = groups["half"] or groups["part"] or groups["parts"] or groups["of"]
        share = FRACTIONS[part] * {"two": 2, "three": 3}.get(groups["many"] or "", 1)
        return Token(kind="P", start=start, end=end, word=found[0], value=share)
    if form == "rate":
        number = re.search(DIGITS, found[0])
        return Token(
            kind="X", start=start, end=end, word=found[0], value=read_number(text=number[0]) if number else 0.0
        )
    value = 1.0 if groups["number"] == "a" else read_number(text=groups["number"].strip())
    if form == "money":
        sign = groups.get("before") or groups.get("after") or ""
        return Token(kind="M", start=start, end=end, word=found[0], value=value, currency=CURRENCIES[sign])
    if form == "percent":
        return Token(kind="P", start=start, end=end, word=found[0], value=round(value / 100, 10))
    if form == "length":
        kind: Kind = "U" if groups["number"] == "a" else "W"
        return Token(kind=kind, start=start, end=end, word=found[0], value=value * WEEKS[groups["unit"]])
    if form == "number" and not any(letter.isdigit() for letter in found[0]) and value <= 1:
        return None
    return Token(kind="X" if form == "ratio" else "N", start=start, end=end, word=found[0], value=value)
