"""Limits, fixed amounts and places left out, in clauses whose words no pattern knows as a whole."""

import re

from campaigns.briefs.constraints import Limit
from campaigns.briefs.lexing.lexer import Token
from campaigns.briefs.readings.limits import LEVEL_OF, limit_of
from campaigns.briefs.readings.pieces import FORMER, OPEN, Piece, bound_of, pieces
from campaigns.briefs.readings.reading import Reading, number_of

# A figure beside these is of something else than the spend on a place.
OTHER_MATTERS = re.compile(
    r"\b(?:roas|returns?|cpa|cpo|acos|orders?|conversions?|acquisitions?|purchase|sales?|sold|revenue|turnover"
    r"|profits?|margins?"
    r"|market|category|shelf|buyers|shoppers|customers|commission|vat|tax|stock|stock-?outs?|risk|tests?|testing"
    r"|learn\w*"
    r"|experiment\w*|reserved?|lines?|cells?|campaigns?|items?|skus?|change[sd]?|mov(?:e|es|ed|ement|ements)|shifts?"
    r"|swings?"
    r"|increased?|decreased?|reduced?|raised?|grow|less on|more on|units|prices?|fees?|cost|costs|weeks?|today"
    r"|current|from .* to"
    r"|budget is|total budget|competit\w+|rivals?|goal|target|spent)\b"
)
FIXED = re.compile(
    r"\b(?:locked|lock|contract(?:ed)?|fix|fixed|flat|exact|exactly|booked|committed|promised|signed|hands off|touch"
    r"|frozen|freeze"
    r"|on the nose|to the cent|done deal|dead on|firm|secured|settled|pinned|precisely|sharp|stays? at|remains? at"
    r"|optimise"
    r"|optimize|set in stone|agreed|stays? with)\b"
)
OUT = re.compile(
    r"\b(?:kill|strike|ban(?:ned)?|ignore|skip(?:ped)?|vetoed|sans|apart from|nada|nil|nothing there|gets? (?:nothing"
    r"|none|zero)"
    r"|receives? nothing|left out|leave (?:out|off)|excluded?|exclusion|not to be (?:considered|used|included)"
    r"|never use|drop"
    r"|taboo|forbidden|off limits|no[- ]go|don't do (?:that|it)|out of scope|blacklisted|dead to us|not part of"
    r"|stay away|zero spend"
    r"|no (?:money|spend|budget|ads) (?:on|for|to|at|in)|don't (?:use|want)|barred|blocked|remove[d]?|cut out"
    r"|not allowed)\b"
)
NOT_OUT = re.compile(r"\b(?:only|just|solely|nothing but|else|others?|rest|don't skip|not skip|forget|instead|mind)\b")
LEAST_AMOUNT = 1_000


def read_negated(reading: Reading) -> None:
    """Before any pattern: "without going over 55% on Criteo" holds a "over 55% on Criteo" that says the opposite."""
    for piece in list(pieces(reading)):
        is_one = len(piece.figures) == 1 and piece.is_firm and piece.is_negated
        if is_one and not OTHER_MATTERS.search(piece.text) and not _is_read(reading, piece):
            _sized(reading, piece)


def read(reading: Reading) -> None:
    """Take limits from clauses with one figure and one place or level, whose words set a bound without a doubt."""
    for piece in list(pieces(reading)):
        if _is_read(reading, piece):
            continue
        if len(piece.figures) == 1 and piece.is_firm and not OTHER_MATTERS.search(piece.text):
            _sized(reading, piece)
        elif piece.nodes and not piece.figures and not piece.levels and not piece.others:
            _left_out(reading, piece)


def _is_read(reading: Reading, piece: Piece) -> bool:
    """Whether an earlier, shorter piece took a part of it."""
    inside = [number for number, token in enumerate(reading.tokens) if piece.start <= token.start < piece.end]
    return any(number in reading.used and reading.tokens[number].kind != "word" for number in inside)


def _sized(reading: Reading, piece: Piece) -> None:
    size = piece.figures[0]
    if piece.others or size.kind == "X" or (size.kind != "P" and number_of(size) < LEAST_AMOUNT):
        return
    names = {(token.kind, token.value) for token in piece.nodes}
    levels = {str(token.value) for token in piece.levels}
    bound = bound_of(_without_names(piece))
    if size.kind == "N" and "budget" not in reading.said:
        return
    if len(names) == 1 and not levels:
        _on_node(reading, piece, node=piece.nodes[0], bound=bound)
    elif len(levels) == 1 and not names and bound:
        limits = reading.caps if bound == "cap" else reading.floors
        limits.append(limit_of(reading, level=next(iter(levels)), name=None, size=size))
        reading.set_aside(start=piece.start, end=piece.end)


def _on_node(reading: Reading, piece: Piece, *, node: Token, bound: str | None) -> None:
    size = piece.figures[0]
    if bound == "cap" and size.kind == "M" and not _has_other_money(reading, size):
        return  # "spend at most $2M on Alpha" is a budget where no other amount can be it
    if bound:
        limits = reading.caps if bound == "cap" else reading.floors
        limits.append(limit_of(reading, level=LEVEL_OF[node.kind], name=str(node.value), size=size))
    elif size.kind == "M" and FIXED.search(piece.text):
        reading.fixed.append((str(node.value), size))
    else:
        return
    reading.set_aside(start=piece.start, end=piece.end)


def _has_other_money(reading: Reading, size: Token) -> bool:
    left = (token for number, token in enumerate(reading.tokens) if number not in reading.used | reading.background)
    return "budget" in reading.said or any(token.kind == "M" and token is not size for token in left)


def _without_names(piece: Piece) -> str:
    """The words between names: a brand called "Max" sets no bound."""
    text = piece.text
    for token in (*piece.nodes, *piece.figures):
        place = token.start - piece.start
        text = text[:place] + " " * (token.end - token.start) + text[token.end - piece.start :]
    return text


def _left_out(reading: Reading, piece: Piece) -> None:
    text = _without_names(piece)
    if not OUT.search(text) or NOT_OUT.search(text) or OPEN.search(text) or len({n.kind for n in piece.nodes}) > 1:
        return
    if FORMER.search(text.replace("was", "").replace("were", "")):
        return
    for token in piece.nodes:
        reading.excluded.append(str(token.value))
        reading.caps.append(Limit(level=LEVEL_OF[token.kind], name=str(token.value), share=0.0))
    reading.set_aside(start=piece.start, end=piece.end)
