"""From the slots a model pointed at back to constraints: code copies the values and says what does not add up."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from agents.grounding.answers import TAKES
from agents.grounding.slots import Slotted
from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.checks import doubts
from campaigns.briefs.constraints import Constraints, Limit, Target
from campaigns.briefs.lexing.calendar import Days
from campaigns.briefs.lexing.lexer import Token

LEVEL = {"R": "retailer", "E": "placement", "B": "brand"}
QUESTIONS = {
    "budget": "How much may this plan spend, and in which currency?",
    "pace": "What is the whole budget over the whole period? I plan totals, not amounts a day, week or month.",
    "limit": "Exactly, at least or at most? Please say so for each place.",
    "change": "How much money is that? A change limit holds for every line, not for one place.",
    "roas": "Which attributed ROAS should the plan keep at least?",
    "retailer": "The brief names a retailer without history here. Which of the known ones should be used?",
    "together": "A limit stands on one retailer or one placement. Which limit holds for each?",
    "period": "From which day to which should the plan run?",
    "brand": "A plan is for one brand or for all. Which is it?",
    "objective": "A plan maximises margin, revenue, units or profit. Which one?",
    "language": "I read briefs in English. Please write this one in English, or set its constraints by hand.",
    "other": "A part of the brief is nothing a plan can respect. Should the plan go ahead without it?",
}
NO_BRIEF = "I did not find a brief in this. Say how much to spend, where, and what the plan must respect."
UNREADABLE = "I could not read this brief. Please say it in other words, or set its constraints by hand."
LEAST_BUDGET = 1000
ANGLED = re.compile(r'"<([nrpbd]\d)>"')  # slots as other models like to write them


@dataclass(frozen=True, kw_only=True)
class ReadBack:
    """Constraints, questions, and the slots of the text that no field took."""

    constraints: Constraints
    questions: tuple[str, ...]
    unused: tuple[str, ...]


def read_back(*, answer: str, slotted: Slotted, catalogue: Catalogue, today: date) -> ReadBack:
    """What the model's answer to a brief means; anything that is not sure becomes a question and no constraint."""
    named = _parsed(answer)
    if named is None:
        return _nothing(slotted, UNREADABLE)
    tool, arguments = named
    if tool == "ask_clarification":
        return _nothing(slotted, QUESTIONS.get(str(arguments.get("about")), UNREADABLE))
    if tool != "allocate_budget":
        return _nothing(slotted, NO_BRIEF)
    reader = _Reader(slotted=slotted, arguments=arguments, catalogue=catalogue)
    kept, more = doubts(constraints=reader.constraints(), today=today)
    asked = list(dict.fromkeys([*slotted.questions, *reader.questions, *more]))
    if kept.budget is None and not any("budget" in question.lower() for question in asked):
        asked.insert(0, QUESTIONS["budget"])
    unused = tuple(name for name in slotted.slots if name not in reader.used)
    return ReadBack(constraints=kept, questions=tuple(asked), unused=unused)


def _nothing(slotted: Slotted, question: str) -> ReadBack:
    return ReadBack(constraints=Constraints(), questions=(*slotted.questions, question), unused=tuple(slotted.slots))


def _parsed(answer: str) -> tuple[str, dict[str, Any]] | None:
    try:
        read = json.loads(ANGLED.sub(r'"~\1~"', answer))
    except ValueError:
        return None
    if not isinstance(read, dict) or not isinstance(read.get("arguments"), dict):
        return None
    return str(read.get("name")), read["arguments"]


class _Reader:
    """Reads one answer's fields; notes which slots were taken and what must be asked."""

    def __init__(self, *, slotted: Slotted, arguments: Mapping[str, Any], catalogue: Catalogue) -> None:
        self.slotted, self.arguments, self.catalogue = slotted, arguments, catalogue
        self.questions: list[str] = []
        self.used: set[str] = set()
        self.budget: float | None = None

    def constraints(self) -> Constraints:
        """All fields together."""
        for topic in self.arguments.get("ask", ()):
            self.questions.append(QUESTIONS[topic])
        budget = self._token("budget")
        self.budget = self._budget(budget)
        caps, floors = tuple(self._limits("caps")), tuple(self._limits("floors"))
        fixed = dict(self._fixed())
        return Constraints(
            budget=self.budget,
            currency=self._currency(budget),
            retailers=self._retailers(floors, fixed),
            brand=self._name(self.arguments.get("brand")),
            objective=self.arguments.get("objective"),
            roas_floor=self._roas(),
            cpa_ceiling=self._number("cpa_ceiling"),
            reserve=self._reserve(),
            caps=tuple(dict.fromkeys((*caps, *self._excluded()))),
            floors=tuple(dict.fromkeys(floors)),
            fixed=fixed,
            change_limit=self._number("change_limit"),
            oos_threshold=self._number("oos_threshold"),
            target=self._target(),
            **self._period(),
        )

    def _token(self, field: str) -> Token | None:
        return self._slot(self.arguments.get(field), field)

    def _slot(self, name: Any, field: str) -> Token | None:
        token = self.slotted.slots.get(name) if isinstance(name, str) else None
        if token is None or token.kind not in TAKES[field]:
            return None
        if name in self.used and field not in {"start", "end", "period"}:
            self.questions.append(f"“{token.word.strip()}” stands for two things. Which one is meant?")
            return None
        self.used.add(str(name))
        return token

    def _number(self, field: str) -> float | None:
        token = self._token(field)
        return token.value if token is not None and isinstance(token.value, float) else None

    def _budget(self, token: Token | None) -> float | None:
        amount = token.value if token is not None and isinstance(token.value, float) else None
        if token is not None and token.kind == "N" and (amount or 0) < LEAST_BUDGET:
            self.questions.append(f"Is “{token.word.strip()}” the budget? Please write it with its currency.")
            return None
        # Two amounts that could both be the budget are asked about elsewhere; here the model's doubt decides.
        return None if {"budget", "pace"} & set(self.arguments.get("ask", ())) else amount

    def _currency(self, budget: Token | None) -> str | None:
        used = {self.slotted.slots[name].currency for name in self.used} - {None}
        money = {token.currency for token in self.slotted.slots.values() if token.kind == "M"} - {None}
        if len(money) > 1:
            listed = ", ".join(sorted(str(each) for each in money))
            self.questions.append(
                f"The brief mixes currencies ({listed}). In which one is the plan? I convert nothing."
            )
            return budget.currency if budget is not None else None
        if budget is not None and not used | money:
            self.questions.append(f"In which currency is the budget of {budget.word.strip()}?")
        return next(iter(used or money), None)

    def _name(self, slot: Any) -> str | None:
        token = self.slotted.slots.get(slot) if isinstance(slot, str) else None
        if token is None:
            return None
        self.used.add(slot)
        return str(token.value)

    def _retailers(self, floors: tuple[Limit, ...], fixed: Mapping[str, float]) -> tuple[str, ...]:
        named = [name for slot in self.arguments.get("retailers", ()) if (name := self._name(slot))]
        if named:
            named += [limit.name for limit in floors if limit.level == "retailer" and limit.name]
            named += [name for name in fixed if name in self.catalogue.retailers]
        out = {self._name(slot) for slot in self.arguments.get("excluded", ())}
        return tuple(name for name in dict.fromkeys(named) if name not in out)

    def _roas(self) -> float | None:
        floor, acos = self._number("roas_floor"), self._number("acos_ceiling")
        return round(1 / acos, 6) if floor is None and acos else floor

    def _reserve(self) -> float | None:
        token = self._token("reserve")
        if token is None or not isinstance(token.value, float):
            return None
        if token.kind == "P":
            return token.value
        if self.budget is None:
            self.questions.append(f"“{token.word.strip()}” for experiments is which share of the budget?")
            return None
        return token.value / self.budget

    def _limits(self, field: str) -> Iterator[Limit]:
        for each in self.arguments.get(field, ()):
            token = self._slot(each.get("size"), "size")
            node = str(each.get("node"))
            if token is None or not isinstance(token.value, float):
                continue
            size = {"share": token.value} if token.kind == "P" else {"amount": token.value}
            if node.startswith("each_"):
                yield Limit(level=node.removeprefix("each_"), name=None, **size)
            elif (name := self._name(node)) is not None:
                yield Limit(level=LEVEL[self.slotted.slots[node].kind], name=name, **size)

    def _excluded(self) -> Iterator[Limit]:
        for slot in self.arguments.get("excluded", ()):
            if (name := self._name(slot)) is not None:
                yield Limit(level=LEVEL[self.slotted.slots[slot].kind], name=name, share=0.0)

    def _fixed(self) -> Iterator[tuple[str, float]]:
        for each in self.arguments.get("fixed", ()):
            token, name = self._slot(each.get("size"), "size"), self._name(each.get("node"))
            if token is None or name is None or not isinstance(token.value, float):
                continue
            if token.kind == "P" and self.budget is None:
                self.questions.append(f"How much money is {token.word.strip()} on {name}?")
            else:
                yield name, token.value * (self.budget or 0) if token.kind == "P" else token.value

    def _target(self) -> Target | None:
        asked = self.arguments.get("target")
        if not isinstance(asked, Mapping):
            return None
        token = self._slot(asked.get("value"), "value")
        if token is None or not isinstance(token.value, float):
            return None
        return Target(metric=str(asked.get("metric")), value=token.value)

    def _period(self) -> dict[str, Any]:
        weeks = self._number("weeks")
        start, end, whole = (self._days(field) for field in ("start", "end", "period"))
        first = whole.start if whole else start.start if start else None
        last = whole.end if whole else end.end if end else None
        if weeks and first and last is None:
            last = first + timedelta(days=round(7 * weeks) - 1)
        elif weeks and first and last and abs((last - first).days + 1 - 7 * weeks) > 7:
            days = (last - first).days + 1
            self.questions.append(f"{weeks:g} weeks and {first} to {last} ({days} days) differ. Which one holds?")
            weeks = None
        return {"weeks": weeks, "start": first, "end": last}

    def _days(self, field: str) -> Days | None:
        token = self._token(field)
        return token.value if token is not None and isinstance(token.value, Days) else None
