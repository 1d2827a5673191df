"""Amounts on named places, and the lone amount: a budget when nothing else is, a fixed amount or cap beside one."""

import re

from campaigns.briefs.constraints import Limit
from campaigns.briefs.lexing.lexer import Token
from campaigns.briefs.readings.limits import LEVEL_OF, PLACE_OF
from campaigns.briefs.readings.reading import Reading, number_of

WHICH = "Which of these is the whole budget: {}?"
OTHER = "What is “{}” for? I planned with another amount as the whole budget."
TOTAL = r"(?:total|overall|altogether|whole|all told|all in|in all|all up|in sum|entire)"
WHOLE = "Is “{}” the whole budget of the plan?"
LEAST_BUDGET = 100
OTHER_MATTERS = re.compile(
    r"experiment|cpa|roas|orders?|sales?|purchase|conversions?|fees?|expensive|exactly|transfer|pay|priced?|loses"
    r"|items?"
    r"|skus?|units?"
)
# Beside these in the same clause an amount may limit something, or tell of something else.
A_LIMIT = re.compile(
    r"locked?|fixed|contract(?:ed)?|booked|committed|signed|promised|guaranteed|remains?|stays?|floor|least|per|margin"
    r"|before|last|previous|prior|ly|separate(?:ly)?|elsewhere|rivals?|competition|measure|tests?|floored|min|minimum"
    r"|ceiling|every"
    r"|placements?|networks?|marketplaces?|channels?|unallocated|cap|capped|warehouse|inventory|stock|profits?|needed"
    r"|required|smallest|lowest"
)
NEAR = 200  # characters before an amount in which its meaning is looked for
CONDITION = re.compile(
    r"(?i)\b(?:if|unless|in case|otherwise|should (?:sales|demand|it)|maybe|perhaps|possibly)\b[^.;!?\n]*$"
)
TOTAL_BEFORE = re.compile(rf"(?i)\b{TOTAL}\b[^.;!?\n\d]{{0,24}}$")
TOTAL_AFTER = re.compile(rf"(?i)[^.;!?\n\d]{{0,14}}\b{TOTAL}\b")
SCALED = re.compile(r"(?i)(?:\d ?(?:k|m|mm|mn|mio|grand|thousand|million|bn)|\b(?:thousand|million|grand))\.?$")
Placed = tuple[Token, tuple[Token, ...], bool]
SUM = "Is the whole budget {}? The brief names amounts per place but no total."


def read(reading: Reading) -> None:
    """Note amounts that no other pattern took; a budget only where no other amount could be it."""
    placed = _placed(reading)
    alone = _alone(reading)
    if "budget" not in reading.said:
        _find_total(reading, placed=placed, alone=alone)
    elif alone and not placed:
        _ask_which(reading, [*reading.said["budget"], *alone])
    known = "budget" in reading.said
    if placed:
        _each_on_its_place(reading, placed=placed, known=known)
    if known:
        _doubt_total(reading)


def _find_total(reading: Reading, *, placed: list[Placed], alone: list[Token]) -> None:
    """The one amount that can be the whole budget: alone and above every other, or on all places that are named."""
    amounts = [*alone, *(each[0] for each in placed)]
    currencies = {token.currency for token in amounts if token.currency}
    if len(currencies) > 1 or _is_conditional(reading, alone):
        _ask_which(reading, amounts)
        for _, nodes, _ in placed:
            _also_used(reading, nodes)
        placed.clear()
        return
    whole = [each for each in placed if len(each[1]) > 1] or (placed if len(placed) == 1 else [])
    called = [token for token in alone if _is_called_total(reading, token)]
    candidates = called if len(called) == 1 else alone
    if len(candidates) == 1 and (called or all(number_of(candidates[0]) > number_of(each[0]) for each in placed)):
        if number_of(candidates[0]) < LEAST_BUDGET or (not called and _is_beside_other_matters(reading, candidates[0])):
            _ask_which(reading, candidates, form=WHOLE)
            return
        reading.say("budget", candidates[0])
        if len(alone) > 1:
            _ask_which(reading, [token for token in alone if token is not candidates[0]], form=OTHER)
    elif alone:
        _ask_which(reading, [*alone, *(each[0] for each in placed)])
    elif len(whole) == 1 and (number_of(whole[0][0]) < LEAST_BUDGET or _is_doubtful(reading, whole[0])):
        _ask_which(reading, [whole[0][0]], form=WHOLE)
        _also_used(reading, whole[0][1])
        placed.remove(whole[0])
    elif len(whole) == 1:
        reading.say("budget", whole[0][0])
        _also_used(reading, whole[0][1])
        placed.remove(whole[0])


def _doubt_total(reading: Reading) -> None:
    """An amount that nothing took may be the budget as well, unless the one that was taken is called a budget."""
    left = [token for number, token in enumerate(reading.tokens) if token.kind == "M" and _is_left(reading, number)]
    if not left:
        return
    if reading.is_named_budget:
        _ask_which(reading, left, form=OTHER)
        return
    budget = reading.said.pop("budget")
    _ask_which(reading, [*budget, *left])


def _is_left(reading: Reading, number: int) -> bool:
    return number not in reading.used and number not in reading.background


def _ask_which(reading: Reading, tokens: list[Token], *, form: str = WHICH) -> None:
    reading.ask(form.format(", ".join(dict.fromkeys(reading.name_of(token) for token in tokens))))


def _is_beside_other_matters(reading: Reading, token: Token) -> bool:
    """Whether unread words in the same sentence speak of something else: "one sale above $12 loses money"."""
    in_sentence = _unread_beside(reading, token, marks=(".", ";", "!", "?", "\n"))
    in_clause = _unread_beside(
        reading, token, marks=(".", ";", "!", "?", "\n", ", ", " and ", " - ", " / ", " | ", " + ", " & ")
    )
    return any(map(OTHER_MATTERS.fullmatch, in_sentence)) or any(map(A_LIMIT.fullmatch, in_clause))


def _unread_beside(reading: Reading, token: Token, *, marks: tuple[str, ...]) -> list[str]:
    """Unread words between the marks around a token."""
    text = reading.text
    start = max(text.rfind(mark, 0, token.start) for mark in marks)
    ends = [text.find(mark, token.end) for mark in marks]
    end = min((each for each in ends if each >= 0), default=len(text))
    inside = (
        one for number, one in enumerate(reading.tokens) if number not in reading.used and start < one.start < end
    )
    return [one.word for one in inside]


def _is_doubtful(reading: Reading, placed: Placed) -> bool:
    """Whether an amount on one place may limit it rather than be the budget."""
    return len(placed[1]) == 1 and _is_beside_other_matters(reading, placed[0])


def _is_conditional(reading: Reading, tokens: list[Token]) -> bool:
    return any(CONDITION.search(_before(reading, token)) for token in tokens)


def _is_called_total(reading: Reading, token: Token) -> bool:
    after = reading.text[token.end : token.end + NEAR]
    return bool(TOTAL_BEFORE.search(_before(reading, token)) or TOTAL_AFTER.match(after))


def _before(reading: Reading, token: Token) -> str:
    return reading.text[max(0, token.start - NEAR) : token.start]


def _placed(reading: Reading) -> list[Placed]:
    """Amount, places and whether it is an upper bound, for every "(up to) $1M on Amazon"."""
    verb = (
        r"(?:(?:spend|allocate|put|invest|give|assign|use|have|commit|committed|promised|pledged|guaranteed|owe|plan"
        r"|other"
        r"|another|further) )*"
    )
    goes = r"(?:(?:going|goes|go|live) )?"
    placed: list[Placed] = []
    for found in reading.take(rf"{verb}(?:<LE> )+<amount:A> {goes}(?:on|at|in|to|for|with|through) <nodes:NODES>"):
        placed.append((found["amount"][0], found["nodes"], True))
    for found in reading.take(rf"{verb}<amount:A> {goes}(?:on|at|in|to|for|with|through|into) <nodes:NODES>"):
        placed.append((found["amount"][0], found["nodes"], False))
    for found in reading.take(r"(?:with |give )?<nodes:NODES> (?:get |gets |with |at |: |- )?<amount:M>"):
        placed.append((found["amount"][0], found["nodes"], False))
    return placed


def _alone(reading: Reading) -> list[Token]:
    """Amounts that stand for themselves: money, or without a currency where no money does, "450 grand"."""
    lead = r"(?:spend |invest |have |use |<LE> |max |on |for |with )*"
    found = [each["amount"][0] for each in reading.take(rf"{lead}<amount:M>(?: LE)?")]
    if found or "budget" in reading.said:
        return found
    large = [
        number
        for number, token in enumerate(reading.tokens)
        if token.kind == "N" and _is_left(reading, number) and _is_scaled(reading, token)
    ]
    forms = [rf"{lead}<amount:N>(?: LE)?"] if large and len(large) == _unread_numbers(reading) else []
    return [each["amount"][0] for form in forms for each in reading.take(form)]


def _is_scaled(reading: Reading, token: Token) -> bool:
    return SCALED.search(reading.name_of(token)) is not None


def _unread_numbers(reading: Reading) -> int:
    return sum(token.kind == "N" and _is_left(reading, number) for number, token in enumerate(reading.tokens))


def _each_on_its_place(reading: Reading, *, placed: list[Placed], known: bool) -> None:
    for amount, nodes, is_bound in placed:
        if len(nodes) > 1:
            names = reading.text[nodes[0].start : nodes[-1].end]
            reading.ask(f"How should “{reading.name_of(amount)} on {names}” be split, or is it a limit on each?")
        elif is_bound:
            reading.money.append(amount)
            limit = Limit(level=LEVEL_OF[nodes[0].kind], name=str(nodes[0].value), amount=number_of(amount))
            reading.caps.append(limit)
        else:
            reading.fixed.append((str(nodes[0].value), amount))
        if not known:
            _also_used(reading, nodes)
    if not known:
        total = sum(number_of(amount) for amount, _, _ in placed)
        reading.ask(SUM.format(f"{total:,.0f} {placed[0][0].currency or ''}".strip()))


def _also_used(reading: Reading, nodes: tuple[Token, ...]) -> None:
    for token in nodes:
        reading.say(PLACE_OF[token.kind], str(token.value))
