"""The parser of briefs by a model: slots in, a grounded answer out, constraints read back; rules check its figures."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from agents.grounding.answers import answer_schema
from agents.grounding.readback import read_back
from agents.grounding.slots import Slotted, TooManySlots, slot
from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.constraints import Constraints
from campaigns.briefs.parsing import BriefParser, ParsedBrief, Span, check_readable

ROLE = "planner"
TOO_MANY = "The brief has too many names and figures to be sure of each. Please shorten it, or set constraints by hand."
UNUSED = "“{}” stands in the brief, and I did not use it. Should the plan respect it?"
DIFFERENT = "I read {field} in two ways: {ours} or {theirs}. Which one holds?"
NOT_SEEN = "Is {field} {ours}? A second reading of the brief did not find it."
# Where two readings must agree before a figure is taken.
CHECKED = (
    "budget",
    "currency",
    "roas_floor",
    "cpa_ceiling",
    "reserve",
    "change_limit",
    "oos_threshold",
    "fixed",
    "target",
)
MUST_BE_SEEN_TWICE = ("budget",)

# Prompt (in slots) and the JSON Schema of its answers → the model's answer.
Ask = Callable[[str, Mapping[str, Any]], str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class ModelParser:
    """Reads briefs by a model that points at what stands in the text; the same protocol as the parser by rules.

    Attributes:
        ask: the model, in the planner's role.
        second: another parser whose figures are compared; where both differ the person is asked. None: no comparison.
    """

    ask: Ask
    second: BriefParser | None = None

    def parse(self, *, text: str, catalogue: Catalogue, today: date) -> ParsedBrief:
        """Raises BriefRefused for a text that is empty or too long."""
        check_readable(text=text)
        try:
            slotted = slot(text=text, catalogue=catalogue, today=today)
        except TooManySlots:
            whole = Span(start=0, end=len(text), text=text)
            return ParsedBrief(constraints=Constraints(), not_understood=(whole,), questions=(TOO_MANY,), by="model")
        answer = self.ask(slotted.text, answer_schema(slotted=slotted))
        read = read_back(answer=answer, slotted=slotted, catalogue=catalogue, today=today)
        left = _unused_spans(text=text, slotted=slotted, unused=read.unused)
        questions = [*read.questions, *_unused_figures(text=text, slotted=slotted, unused=read.unused)]
        parsed = ParsedBrief(
            constraints=read.constraints,
            not_understood=left,
            questions=tuple(dict.fromkeys(questions)),
            by="model",
        )
        if self.second is None:
            return parsed
        return cross_checked(ours=parsed, theirs=self.second.parse(text=text, catalogue=catalogue, today=today))


def cross_checked(*, ours: ParsedBrief, theirs: ParsedBrief) -> ParsedBrief:
    """``ours`` without the figures that another reading contradicts, each with its question."""
    kept, questions = ours.constraints, list(ours.questions)
    for field in CHECKED:
        mine, other = getattr(ours.constraints, field), getattr(theirs.constraints, field)
        if not mine or mine == other or (not other and field not in MUST_BE_SEEN_TWICE):
            continue
        form = DIFFERENT if other else NOT_SEEN
        questions.append(form.format(field=field.replace("_", " "), ours=_said(mine), theirs=_said(other)))
        nothing: Any = {} if field == "fixed" else None
        kept = dataclasses.replace(kept, **{field: nothing})
    return dataclasses.replace(ours, constraints=kept, questions=tuple(questions))


def _said(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,g}" if value < 1 else f"{value:,.10g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_said(amount)}" for name, amount in value.items())
    return f"{value.metric} {_said(value.value)}" if hasattr(value, "metric") else str(value)


def _unused_spans(*, text: str, slotted: Slotted, unused: tuple[str, ...]) -> tuple[Span, ...]:
    tokens = [slotted.slots[name] for name in unused]
    return tuple(Span(start=each.start, end=each.end, text=text[each.start : each.end].strip()) for each in tokens)


def _unused_figures(*, text: str, slotted: Slotted, unused: tuple[str, ...]) -> list[str]:
    """Money and shares nobody took are asked about: they may be background, or what the model overlooked."""
    tokens = [slotted.slots[name] for name in unused]
    return [UNUSED.format(text[each.start : each.end].strip()) for each in tokens if each.kind in "MP"]
