"""Have the model read a brief: names and numbers go into slots, it points at them, code copies them back."""

from dataclasses import dataclass
from datetime import date

from agents.federation.generation import BackendUnavailable, Generated, Message, Sampling
from agents.federation.refusal import AdapterRefused
from agents.grounding.answers import answer_schema
from agents.grounding.readback import ReadBack, read_back
from agents.grounding.slots import Slotted, TooManySlots, slot
from agents.services.composing import Composition
from agents.services.federation import LoRAFederation
from campaigns.briefs.catalogue import Catalogue

ROLE, TASK = "planner", "planning"
SAMPLING = Sampling(max_tokens=220, seconds=3.0)


class NoReading(Exception):
    """The model did not read it; the message says why."""


@dataclass(frozen=True, kw_only=True)
class ModelReading:
    """What the model understood, and how it came about."""

    read: ReadBack
    slotted: Slotted
    messages: tuple[Message, ...]
    generated: Generated
    composition: Composition

    def used(self, *, start: int, end: int) -> bool:
        """Whether the model took a name or number that stands in this span of the brief."""
        taken = [token for name, token in self.slotted.slots.items() if name not in self.read.unused]
        return any(token.start < end and start < token.end for token in taken)


def read_by_model(
    *, text: str, catalogue: Catalogue, today: date, federation: LoRAFederation | None = None, brand: str = ""
) -> ModelReading:
    """Constraints and questions by the model that wears the planning adapters; raises NoReading."""
    try:
        slotted = slot(text=text, catalogue=catalogue, today=today)
        served = federation or LoRAFederation()
        composition = served.compose(TASK, "", brand)
        if not composition.members:
            raise NoReading("No planning adapter has passed its evaluation here.")
        messages = (Message(role="system", content=ROLE), Message(role="user", content=slotted.text))
        inference = served.infer(messages, json_schema=answer_schema(slotted=slotted), sampling=SAMPLING)
    except (BackendUnavailable, AdapterRefused, TooManySlots) as reason:
        raise NoReading(str(reason)) from reason
    if inference.answer.finish != "stop":
        raise NoReading("The model did not come to an end.")
    read = read_back(answer=inference.answer.text, slotted=slotted, catalogue=catalogue, today=today)
    return ModelReading(
        read=read, slotted=slotted, messages=messages, generated=inference.answer, composition=composition
    )
