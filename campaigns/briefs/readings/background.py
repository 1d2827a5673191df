"""What a brief tells about the past: its amounts and returns are no constraints, and are left aside."""

import re
from itertools import pairwise

from campaigns.briefs.lexing.lexer import Token
from campaigns.briefs.readings.reading import Reading

CLAUSE_ENDS = re.compile(
    r"[;!?\n]|\.(?!\d)|,(?= (?:but|now|so|and now|this|last|where))| - |\bbut\b|\bnow\b|\bthis (?:year|quarter|time)\b"
)
WHEN = re.compile(
    r"\b(?:last|previous|prior|past) (?:year|quarter|month|week|season|summer|winter|spring|autumn|fall"
    r"|time|flight|campaign|round)"
    r"|\b(?:so far|already|to date|ago|previously|historically|originally|yesterday|used to|back in"
    r"|in (?:q[1-4]|h[12]|20\d\d))\b"
)
THEN = re.compile(
    r"\b(?:made|spent|put|lost|landed|stood|burn(?:ed|t)|blew|ran|had|was|were|did|got|earned|achieved|delivered"
    r"|invested|paid"
    r"|used|came|cost|hit"
    r"|returned|reached|brought|wasted|went|budgeted|planned)\b"
)
NOW = re.compile(r"\b(?:now|this (?:year|quarter|time)|today)\b")
AFTER = re.compile(
    r"\b(?:after|since|following|unlike|despite|compared (?:with|to)) (?:an? |the |our )?(?:[a-z]+ ){0,2}$"
)
# Words right before or after an amount that tell of the past or of somebody else, without a verb.
_WHEN = (
    r"(?:ly|py|(?:the )?(?:last|previous|prior|past) (?:year|quarter|period|plan|flight|time)(?:'s)?|before"
    r"|for reference)"
)
SAID_BEFORE = re.compile(
    rf"(?:[(|\n]\s*{_WHEN}\s*(?:[:=|-]|was|were|it was)\s*"
    rf"|\b(?:after|versus|vs\.?|compared (?:with|to)|instead of) (?:{_WHEN} )?(?:the |our )?)$"
)
SAID_AFTER = re.compile(
    r"(?:spent |spend )?(?:last (?:year|time|quarter|month)|a year ago|back then|before|previously"
    r"|in the old plan)\s*(?:[,.;)\n]|$)"
)
OTHERS = re.compile(
    r"\b(?:tv|print|radio|rdio|social|outdoor|trade|competition|competitors?|rivals?|market leader|category leader"
    r"|private label"
    r"|normally|usually|market (?:size|value|volume)|category (?:size|value|volume)|segment (?:size|value|volume)"
    r"|sales (?:was|were|came|stood|reached))\b[^.;\n,]*$"
)
# Shares of something else than the spend.
SHARES = re.compile(
    r"\b(?:market share|share of shelf|conversion rate|commission|vat|tax|(?:prices|costs|cpcs|sales|revenue|orders"
    r"|traffic)"
    r"(?: (?:on|at) [\w-]+)? (?:rose|went up|increased|fell|grew|dropped|were up|were down)(?: by)?)(?: (?:is|was|of"
    r"|about|around))*\s*$"
)
OF_SHARES = re.compile(
    r"of (?:our |total )?(?:sales come|sales came|slaes come|buyers|shoppers|customers)|(?:of the )?market(?: share)?\b"
)
FIGURES = frozenset("MNX")


def read(reading: Reading) -> None:
    """Take amounts, numbers, ratios and spans of the past out of the words; they stay marked as not followed."""
    text = reading.text.lower().replace("’", "'")
    for start, end in _clauses(text):
        clause = text[start:end]
        is_past = THEN.search(clause) and (WHEN.search(clause) or NOW.match(text[end:].lstrip(" ,.;-")))
        for number, token in enumerate(reading.tokens):
            if not start <= token.start < end:
                continue
            is_told = (token.kind == "M" and _is_told(text, token)) or (token.kind == "P" and _is_other(text, token))
            if is_told or (is_past and token.kind in FIGURES | {"S"}) or (token.kind == "S" and _is_after(text, token)):
                reading.leave(number)


def _is_after(text: str, token: Token) -> bool:
    return AFTER.search(text[max(0, token.start - 40) : token.start]) is not None


def _is_told(text: str, token: Token) -> bool:
    """Whether an amount is of the past or of somebody else, by the words beside it."""
    before = text[max(0, token.start - 60) : token.start]
    return any((SAID_BEFORE.search(before), SAID_AFTER.match(text[token.end :].lstrip(" ")), OTHERS.search(before)))


def _is_other(text: str, token: Token) -> bool:
    """Whether a share is one of the market, of sales or of buyers."""
    before, after = text[max(0, token.start - 60) : token.start], text[token.end :].lstrip(" ")
    return SHARES.search(before) is not None or OF_SHARES.match(after) is not None


def _clauses(text: str) -> list[tuple[int, int]]:
    edges = [0, *(found.start() for found in CLAUSE_ENDS.finditer(text)), len(text)]
    return list(pairwise(edges))
