"""ROAS, cost per order, reserve, change limit and stock-out risk, in clauses that no pattern knows as a whole."""

import re
from collections.abc import Iterator

from campaigns.briefs.readings.pieces import Piece, bound_of, pieces
from campaigns.briefs.readings.reading import Reading, number_of

ROAS = re.compile(r"\b(?:roas|r\.o\.a\.s|returns?(?: +on +ad(?:vertising)? +spend(?:ing)?)?)\b")
PAYS_BACK = re.compile(
    r"\b(?:(?:for |per )?(?:every|each|per|a) (?:dollar|euro|pound|buck|rupee)s?\b.*\b(?:back|sales|give|return|bring"
    r"|earn|expect)"
    r"|(?:bring|pay|come|earn|get|give)s? (?:us |me )?(?:back|no less)\b.*|back on the spend|on the spend)\b"
)
NOT_ROAS = re.compile(r"\b(?:increment\w*|iroas|roi|acos|units|average|market|category)\b")
REJECTED = re.compile(
    r"\b(?:cut|forget|leave|stop|pause|drop|off|skip|no|not|waste|[a-z]+n't|don't|dead|out|useless|pointless|approve)\b"
)
FALLS = re.compile(r"\b(?:below|under|beneath|less than|lower than)\b")
RISES = re.compile(r"\b(?:above|over|beyond|more than|higher than|exceeds?)\b")
COST = re.compile(r"\b(?:cpa|cpo|costs?[ -]per[ -](?:order|acquisition|purchase|conversion|sale)|acquisition costs?)\b")
ORDER = re.compile(
    r"\b(?:orders?|conversions?|acquisitions?|acquiring|purchases?|(?:per|each|every|a|one) sale|sales .*\b(?:each"
    r"|a ?piece))\b"
)
IS = re.compile(r"[=:|]|\b(?:is|goal|target|allowed|acceptable|down to|to|of|at)\b")
TESTS = re.compile(r"\b(?:experiment(?:s|ing|ation)?|tests?|testing|trying out|learning)\b")
NOT_RESERVE = re.compile(
    r"\b(?:roas|stock|creative|each test|significan\w+|result|lasted|ran|ended|grew|uplift|lift|per test|winner"
    r"|passed|found"
    r"|sales|revenue|market|buyers)\b"
)
MOVES = re.compile(
    r"\b(?:mov(?:e|es|ed|ing|ement|ements)|chang(?:e|es|ed|ing)|shift(?:s|ed|ing)?|swings?|jumps?|var(?:y|ies|iations?)"
    r"|deviat\w+|adjust(?:ed|ments?)?|flex|amend\w*|alter(?:ing|ed)?|up (?:or|and) down|either (?:way|direction)"
    r"|where (?:it|they) (?:is|are|stands?)|(?:current|existing|today's) (?:levels?|spend))\b|[±]|\+/-"
)
LINE = re.compile(
    r"\b(?:lines?|cells?|campaigns?|line items?|budgets?|everything|anything|tolerance|rule|per line|nothing)\b"
)
NOT_CHANGE = re.compile(r"\b(?:sales|revenue|orders|prices?|costs?|traffic|cpcs?|market|increase|reduce|raise|cut)\b")
STOCK = re.compile(
    r"\b(?:out[- ]of[- ]stock|stock-?outs?|oos|sold[- ]out|sell(?:ing)? out|run(?:ning)? (?:out|dry|low)"
    r"|stock(?:ing)? out"
    r"|availability|supply)\b"
)
MOST_ROAS, MOST_COST, LEAST_RESERVE = 30.0, 1_000.0, 1_000.0


def read_rejected(reading: Reading) -> None:
    """Before any pattern: "below 2.75 ROAS is not on" is a floor, though "below 2.75 ROAS" alone is none."""
    for piece in _single(reading):
        if REJECTED.search(piece.text):
            _take(reading, piece, only=("roas_floor", "cpa_ceiling"))


def read(reading: Reading) -> None:
    """Take each from clauses that speak of it alone, with one figure; what was read before is not read again."""
    for piece in _single(reading):
        _take(reading, piece, only=("oos_threshold", "roas_floor", "cpa_ceiling", "change_limit", "reserve"))


def _single(reading: Reading) -> Iterator[Piece]:
    for piece in list(pieces(reading)):
        if len(piece.figures) == 1 and not piece.nodes and piece.is_firm and not _is_read(reading, piece):
            yield piece


def _take(reading: Reading, piece: Piece, *, only: tuple[str, ...]) -> None:
    figure = piece.figures[0]
    value, kind = number_of(figure), figure.kind
    for name, found in (
        ("oos_threshold", kind == "P" and _is_stock(piece)),
        ("roas_floor", kind in "NXP" and _is_roas(piece, value)),
        ("cpa_ceiling", kind in "MN" and value < MOST_COST and _is_cost(piece)),
        ("change_limit", kind == "P" and _is_change(piece)),
        ("reserve", _is_reserve(piece, kind, value)),
    ):
        if found and name in only and name not in reading.said:
            reading.say(name, figure if name == "reserve" else value)
            if name == "cpa_ceiling" and kind == "M":
                reading.money.append(figure)
            reading.set_aside(start=piece.start, end=piece.end)
            return


def _is_read(reading: Reading, piece: Piece) -> bool:
    inside = [number for number, token in enumerate(reading.tokens) if piece.start <= token.start < piece.end]
    return any(number in reading.used and reading.tokens[number].kind != "word" for number in inside)


def _is_roas(piece: Piece, value: float) -> bool:
    text = piece.text
    if not 0 < value <= MOST_ROAS or NOT_ROAS.search(text) or not (ROAS.search(text) or PAYS_BACK.search(text)):
        return False
    if piece.figures[0].kind == "P" and value < 1:
        return False
    if bound_of(text) == "floor":
        return True
    if FALLS.search(text) and REJECTED.search(text) and not RISES.search(text):
        return len(re.findall(r"\b(?:not?|never|[a-z]+n't)\b", text)) <= 1
    return bound_of(text) is None and re.search(r"\brequired\b|\bfloor\b|\bmust see\b", text) is not None


def _is_cost(piece: Piece) -> bool:
    text = piece.text
    if re.search(r"\b(?:roas|average|price|sells?|order value|rrp|fee)\b", text):
        return False
    is_named = COST.search(text) is not None
    if not is_named and not ORDER.search(text):
        return False
    if bound_of(text) == "cap":
        return True
    if bound_of(text) == "floor":
        return False
    if RISES.search(text) and not FALLS.search(text):
        return REJECTED.search(text) is not None
    return is_named and IS.search(text) is not None and not FALLS.search(text)


def _is_change(piece: Piece) -> bool:
    text = piece.text
    if not MOVES.search(text) or NOT_CHANGE.search(text) or STOCK.search(text) or TESTS.search(text):
        return False
    bound = bound_of(text)
    if bound == "floor":
        return False
    return bound == "cap" or LINE.search(text) is not None


def _is_reserve(piece: Piece, kind: str, value: float) -> bool:
    text = piece.text
    if kind not in "PM" or (kind == "M" and value < LEAST_RESERVE) or not TESTS.search(text):
        return False
    return not (NOT_RESERVE.search(text) or piece.levels or piece.others or bound_of(text))


def _is_stock(piece: Piece) -> bool:
    return STOCK.search(piece.text) is not None and not re.search(r"\b(?:lines?|cells?|sales|was|price)\b", piece.text)
