"""The parser by rules: deterministic, explains itself by what it leaves over, and asks rather than guesses."""

import re
from datetime import date, timedelta
from typing import Any

from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.checks import doubts
from campaigns.briefs.constraints import Constraints
from campaigns.briefs.lexing.lexer import CURRENCIES, Token, lex
from campaigns.briefs.parsing import ParsedBrief, Span, check_readable
from campaigns.briefs.readings import READINGS
from campaigns.briefs.readings.change import share_of_budget
from campaigns.briefs.readings.language import is_foreign
from campaigns.briefs.readings.reading import Reading, number_of

BUDGET = "How much may this plan spend, and in which currency?"
FOREIGN = "I read briefs in English. Please write this one in English, or set its constraints by hand."
NAMES = {
    "roas_floor": "ROAS at least",
    "cpa_ceiling": "cost per order at most",
    "reserve": "the reserve for experiments",
    "change_limit": "the change limit",
    "oos_threshold": "the stock-out threshold",
    "weeks": "the length in weeks",
    "start": "the start",
    "end": "the end",
    "objective": "what to maximise",
    "target": "the target",
    "budget": "the budget",
}
# "450 grand (US dollars)", "all figures in EUR": said apart from the amount.
LONE_CURRENCY = re.compile(r"(?i)\b(?:us dollars|usd|eur|euros|gbp|pounds sterling|cad|aud|chf)\b")
WHAT = "What does “{}” stand for? I did not use it."
FIGURES = frozenset("MPX")
NEGATIONS = ("not", "no", "never", "don't", "cannot", "can't", "unless", "except", "if", "without", "instead", "rather")

# Said in courtesy; none of them takes anything back or sets a condition.
HARMLESS = re.compile(
    r"(?i)\bno (?:rush|hurry|worries|issue|problem|(?:special|further) conditions)\b|\bnever mind\b|\bnothing fancy\b"
    r"|\b(?:appreciate it|be grateful|(?:sleep|feel) better) if\b"
)


class RulesParser:
    """Reads briefs in English by patterns. The same text always gives the same answer."""

    def parse(self, *, text: str, catalogue: Catalogue, today: date) -> ParsedBrief:
        """Constraints, spans that were not understood, and questions.

        Raises:
            BriefRefused: the text is empty or too long.
        """
        check_readable(text=text)
        lexed = lex(text=text, catalogue=catalogue, today=today)
        if is_foreign(tokens=lexed.tokens):
            whole = Span(start=0, end=len(text), text=text)
            return ParsedBrief(constraints=Constraints(), not_understood=(whole,), questions=(FOREIGN,), by="rules")
        reading = Reading(text=text, tokens=lexed.tokens, catalogue=catalogue, questions=list(lexed.questions))
        for read in READINGS:
            read(reading)
        constraints = _constraints(reading=reading, today=today)
        left = tuple(Span(start=start, end=end, text=text[start:end]) for start, end in reading.left_over())
        _ask_about_negations(reading=reading, left=left)
        _ask_about_figures(reading=reading)
        return ParsedBrief(constraints=constraints, not_understood=left, questions=tuple(reading.questions), by="rules")


def _constraints(*, reading: Reading, today: date) -> Constraints:
    budget = _one(reading, "budget")
    amount = number_of(budget) if budget is not None else None
    if amount is None and not any("budget" in question for question in reading.questions):
        reading.questions.insert(0, BUDGET)
    values: dict[str, Any] = {
        name: _one(reading, name)
        for name in ("objective", "roas_floor", "cpa_ceiling", "change_limit", "oos_threshold", "target")
    }
    constraints = Constraints(
        budget=amount,
        currency=_currency(reading, budget),
        retailers=_retailers(reading),
        brand=_brand(reading),
        reserve=_reserve(reading, amount),
        caps=tuple(dict.fromkeys(reading.caps)),
        floors=tuple(dict.fromkeys(reading.floors)),
        fixed=_fixed(reading, amount),
        **_period(reading),
        **values,
    )
    kept, questions = doubts(constraints=constraints, today=today)
    for question in questions:
        reading.ask(question)
    return kept


def _one(reading: Reading, name: str) -> Any:
    """The one value said for a field; two different ones are asked about and neither is taken."""
    said = reading.said.get(name, [])
    different = {number_of(value) if isinstance(value, Token) else value: value for value in said}
    if len(different) > 1:
        listed = " or ".join(_in_words(reading, value) for value in different.values())
        reading.ask(f"The brief says two things about {NAMES[name]}: {listed}. Which one holds?")
        return None
    return said[0] if said else None


def _in_words(reading: Reading, value: Any) -> str:
    if isinstance(value, Token):
        return reading.name_of(value)
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).replace("_", " ")


def _currency(reading: Reading, budget: Token | None) -> str | None:
    amounts = [*reading.money, *(token for _, token in reading.fixed), *([budget] if budget is not None else [])]
    used = {token.currency: None for token in amounts if token.currency}
    if budget is not None and not used:
        used = dict.fromkeys(CURRENCIES[found[0].lower()] for found in LONE_CURRENCY.finditer(reading.text))
    if len(used) > 1:
        reading.ask(f"The brief mixes currencies ({', '.join(used)}). In which one is the plan? I convert nothing.")
        return budget.currency if budget is not None else None
    if budget is not None and not used:
        reading.ask(f"In which currency is the budget of {reading.name_of(budget)}?")
    return next(iter(used), None)


def _retailers(reading: Reading) -> tuple[str, ...]:
    """Retailers named as places to spend; a floor or a fixed amount on one more includes it."""
    named = list(dict.fromkeys(reading.said.get("_retailers", [])))
    if named:
        also = [limit.name for limit in reading.floors if limit.level == "retailer" and limit.name]
        also += [name for name, _ in reading.fixed if name in reading.catalogue.retailers]
        named = list(dict.fromkeys([*named, *also]))
    return tuple(name for name in named if name not in reading.excluded)


def _brand(reading: Reading) -> str | None:
    if places := dict.fromkeys(reading.said.get("_placement", [])):
        reading.ask(f"Should the plan use only {' and '.join(places)}? If so, please exclude the other placements.")
    brands = list(dict.fromkeys(reading.said.get("_brand", [])))
    if len(brands) > 1:
        reading.ask(f"A plan is for one brand or for all. Which is it: {', '.join(brands)}, or all?")
        return None
    return brands[0] if brands else None


def _reserve(reading: Reading, budget: float | None) -> float | None:
    token = _one(reading, "reserve")
    if token is None:
        return None
    share = share_of_budget(token=token, budget=budget)
    if token.kind == "M":
        reading.money.append(token)
    if share is None:
        reading.ask(f"“{reading.name_of(token)}” for experiments is which share of the budget?")
    return share


def _fixed(reading: Reading, budget: float | None) -> dict[str, float]:
    fixed: dict[str, float] = {}
    for name, token in reading.fixed:
        amount = number_of(token) * budget if token.kind == "P" and budget else number_of(token)
        if token.kind == "P" and not budget:
            reading.ask(f"How much money is {reading.name_of(token)} on {name}?")
        elif fixed.get(name, amount) != amount:
            reading.ask(f"The brief fixes {name} twice: which amount holds?")
        else:
            fixed[name] = amount
    return fixed


def _period(reading: Reading) -> dict[str, Any]:
    weeks, start, end = _one(reading, "weeks"), _one(reading, "start"), _one(reading, "end")
    if weeks and start and end:
        days = (end - start).days + 1
        if abs(days - 7 * weeks) > 7:
            reading.ask(f"{weeks:g} weeks and {start} to {end} ({days} days) differ. Which one holds?")
            weeks = None
    elif weeks and start:
        end = start + timedelta(days=round(7 * weeks) - 1)
    return {"weeks": weeks, "start": start, "end": end}


def _ask_about_negations(*, reading: Reading, left: tuple[Span, ...]) -> None:
    for span in left:
        if not set(NEGATIONS).isdisjoint(HARMLESS.sub(" ", span.text).lower().replace("’", "'").split()):
            reading.ask(f"I did not understand “{span.text}”. Does it change one of the constraints?")


def _ask_about_figures(*, reading: Reading) -> None:
    """Money, shares and ratios that nothing took and no question names are asked about; what is past is not."""
    for number, token in enumerate(reading.tokens):
        if token.kind not in FIGURES or number in reading.used | reading.background:
            continue
        said = reading.name_of(token)
        if not any(said in question for question in reading.questions):
            reading.ask(WHAT.format(said))
