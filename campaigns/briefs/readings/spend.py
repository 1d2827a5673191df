"""Amounts on named places, and the lone amount: a budget when nothing else is, a fixed amount or cap beside one."""

from campaigns.briefs.constraints import Limit
from campaigns.briefs.lexing.lexer import Token
from campaigns.briefs.readings.limits import LEVEL_OF, PLACE_OF
from campaigns.briefs.readings.reading import Reading, number_of

WHICH = "Which of these is the whole budget: {}?"
SUM = "Is the whole budget {}? The brief names amounts per place but no total."


def read(reading: Reading) -> None:
    """Note amounts that no other pattern took."""
    placed = _placed(reading)
    alone = [] if placed else list(_alone(reading))
    known = "budget" in reading.said
    whole = [each for each in placed if len(each[1]) > 1]
    if not known and len(placed) == 1:
        whole = placed
    if not known and len(whole) == 1:
        reading.say("budget", whole[0][0])
        _also_used(reading, whole[0][1])
        placed.remove(whole[0])
        known = True
    if placed:
        _each_on_its_place(reading, placed=placed, known=known)
    elif len(alone) == 1 and not known:
        reading.say("budget", alone[0])
    elif alone:
        named = [*reading.said.get("budget", []), *alone]
        reading.ask(WHICH.format(", ".join(dict.fromkeys(reading.name_of(token) for token in named))))


def _placed(reading: Reading) -> list[tuple[Token, tuple[Token, ...], bool]]:
    """Amount, places and whether it is an upper bound, for every "(up to) $1M on Amazon"."""
    verb = r"(?:(?:spend|allocate|put|invest|give|assign|use|have|commit|plan) )*"
    placed: list[tuple[Token, tuple[Token, ...], bool]] = []
    for found in reading.take(rf"{verb}(?:<LE> )+<amount:A> (?:on|at|in|to|for|with|through) <nodes:NODES>"):
        placed.append((found["amount"][0], found["nodes"], True))
    for found in reading.take(rf"{verb}<amount:A> (?:on|at|in|to|for|with|through|into) <nodes:NODES>"):
        placed.append((found["amount"][0], found["nodes"], False))
    for found in reading.take(r"(?:with |give )?<nodes:NODES> (?:get |gets |with |at |: |- )?<amount:M>"):
        placed.append((found["amount"][0], found["nodes"], False))
    return placed


def _alone(reading: Reading) -> list[Token]:
    return [
        found["amount"][0]
        for found in reading.take(r"(?:spend |invest |have |use |LE |max |on |for |with )*<amount:M>(?: LE)?")
    ]


def _each_on_its_place(reading: Reading, *, placed: list[tuple[Token, tuple[Token, ...], bool]], known: bool) -> None:
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
