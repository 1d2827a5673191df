"""Have the federation's model read a brief, in the planner's role and within bounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from agents.federation.generation import BackendUnavailable, Generated, Message, Sampling
from agents.federation.refusal import AdapterRefused
from agents.grounding.parser import ROLE, ModelRead, read_with
from agents.grounding.slots import TooManySlots
from agents.services.composing import Composition
from agents.services.federation import LoRAFederation
from campaigns.briefs.catalogue import Catalogue

TASK = "planning"
SAMPLING = Sampling(max_tokens=220, seconds=3.0)


class NoReading(Exception):
    """The model did not read it; the message says why."""


@dataclass(frozen=True, kw_only=True)
class ModelReading:
    """What the model understood, and how it came about."""

    read: ModelRead
    messages: tuple[Message, ...]
    generated: Generated
    composition: Composition


def read_by_model(
    *, text: str, catalogue: Catalogue, today: date, federation: LoRAFederation | None = None, brand: str = ""
) -> ModelReading:
    """Constraints and questions by the model that wears the planning adapters; raises NoReading."""
    asked: list[tuple[tuple[Message, ...], Generated]] = []

    def ask(prompt: str, schema: Mapping[str, Any]) -> str:
        messages = (Message(role="system", content=ROLE), Message(role="user", content=prompt))
        answer = served.infer(messages, json_schema=schema, sampling=SAMPLING).answer
        if answer.finish != "stop":
            raise NoReading("The model did not come to an end.")
        asked.append((messages, answer))
        return answer.text

    try:
        served = federation or LoRAFederation()
        composition = served.compose(TASK, "", brand, request=text)
        if not composition.members:
            raise NoReading("No planning adapter has passed its evaluation here.")
        read = read_with(ask=ask, text=text, catalogue=catalogue, today=today)
    except (BackendUnavailable, AdapterRefused, TooManySlots) as reason:
        raise NoReading(str(reason)) from reason
    messages, generated = asked[-1]
    return ModelReading(read=read, messages=messages, generated=generated, composition=composition)
