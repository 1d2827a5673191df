"""The parser of briefs by a model: slots in, a grounded answer out, constraints read back; rules read and check too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from agents.grounding.answers import answer_schema
from agents.grounding.readback import NO_BRIEF, QUESTIONS, UNREADABLE, read_back
from agents.grounding.slots import TooManySlots, slot
from agents.guardrails.cross_check import cross_check
from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.checks import doubts
from campaigns.briefs.constraint_json import ConstraintError, constraints_from_json, constraints_to_json
from campaigns.briefs.constraints import Constraints
from campaigns.briefs.lexing.lexer import Token
from campaigns.briefs.parsing import BriefParser, ParsedBrief, Span, check_readable
from campaigns.briefs.rules import FOREIGN

ROLE = "planner"
TOO_MANY = "The brief has too many names and figures to be sure of each. Please shorten it, or set constraints by hand."
UNUSED = "“{}” stands in the brief, and I did not use it. Should the plan respect it?"
ABSTAINED = "The model abstained."

# Prompt (in slots) and the JSON Schema of its answers → the model's answer.
Ask = Callable[[str, Mapping[str, Any]], str]


@dataclass(frozen=True, kw_only=True)
class ModelRead:
    """What a model read in a brief.

    Attributes:
        used: where the names and numbers stand that it took.
        unused: and those that it left, with whether each is a figure of money or a share.
    """

    constraints: Constraints
    questions: tuple[str, ...]
    used: tuple[Span, ...]
    unused: tuple[tuple[Span, bool], ...]

    @property
    def has_abstained(self) -> bool:
        return not constraints_to_json(constraints=self.constraints)


@dataclass(frozen=True, kw_only=True)
class ModelParser:
    """Reads briefs by a model that points at what stands in the text; the same protocol as the parser by rules.

    Attributes:
        ask: the model, in the planner's role.
        second: the parser by rules, whose reading is compared: what both differ in is asked. None: no comparison.
    """

    ask: Ask
    second: BriefParser | None = None

    def parse(self, *, text: str, catalogue: Catalogue, today: date) -> ParsedBrief:
        """Raises BriefRefused for a text that is empty or too long."""
        check_readable(text=text)
        theirs = self.second.parse(text=text, catalogue=catalogue, today=today) if self.second else None
        if theirs is not None and FOREIGN in theirs.questions:
            return theirs
        try:
            ours = read_with(ask=self.ask, text=text, catalogue=catalogue, today=today)
        except TooManySlots:
            whole = Span(start=0, end=len(text), text=text)
            return theirs or ParsedBrief(
                constraints=Constraints(), not_understood=(whole,), questions=(TOO_MANY,), by="model"
            )
        return read_alone(ours=ours) if theirs is None else agreed(ours=ours, theirs=theirs, today=today)


def read_with(*, ask: Ask, text: str, catalogue: Catalogue, today: date) -> ModelRead:
    """One reading by a model; raises TooManySlots."""
    slotted = slot(text=text, catalogue=catalogue, today=today)
    answer = ask(slotted.text, answer_schema(slotted=slotted))
    read = read_back(answer=answer, slotted=slotted, catalogue=catalogue, today=today)
    left = [slotted.slots[name] for name in read.unused]
    return ModelRead(
        constraints=read.constraints,
        questions=read.questions,
        used=tuple(_span(text, token) for name, token in slotted.slots.items() if name not in read.unused),
        unused=tuple((_span(text, token), token.kind in "MP") for token in left),
    )


def agreed(*, ours: ModelRead, theirs: ParsedBrief, today: date) -> ParsedBrief:
    """What the model and the rules agree on, and a question for everything else.

    Where the model abstained, or what is left does not hold together, it is the reading by rules alone.
    """
    if ours.has_abstained:
        return replace(theirs, questions=_merged(theirs.questions, _own(ours.questions)))
    by_rules = constraints_to_json(constraints=theirs.constraints)
    checked = cross_check(
        model=constraints_to_json(constraints=ours.constraints), rules=by_rules, has_gap=bool(theirs.not_understood)
    )
    try:
        constraints = constraints_from_json(values=checked.constraints)
    except ConstraintError:
        return theirs
    kept, more = doubts(constraints=constraints, today=today)
    left = tuple(span for span in theirs.not_understood if not _overlaps(span, ours.used))
    figures = tuple(UNUSED.format(span.text) for span, is_figure in ours.unused if is_figure and _overlaps(span, left))
    own = tuple(one for one in ours.questions if one != QUESTIONS["budget"] or kept.budget is None)
    return ParsedBrief(
        constraints=kept,
        not_understood=left,
        questions=_merged(theirs.questions, own, checked.questions, figures, more),
        by="model",
    )


def read_alone(*, ours: ModelRead) -> ParsedBrief:
    """The model's reading as it is; money and shares that it did not take are asked about, as it may overlook them."""
    figures = tuple(UNUSED.format(span.text) for span, is_figure in ours.unused if is_figure)
    return ParsedBrief(
        constraints=ours.constraints,
        not_understood=tuple(span for span, _ in ours.unused),
        questions=_merged(ours.questions, figures),
        by="model",
    )


def _own(questions: tuple[str, ...]) -> tuple[str, ...]:
    """What a model that read nothing asks about the brief; that it read nothing is no question to the user."""
    return tuple(one for one in questions if one not in {UNREADABLE, NO_BRIEF, QUESTIONS["budget"]})


def _merged(*questions: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for some in questions for one in some))


def _overlaps(span: Span, others: tuple[Span, ...]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)


def _span(text: str, token: Token) -> Span:
    return Span(start=token.start, end=token.end, text=text[token.start : token.end].strip())
