"""One example of any kind: what is asked, and the answer that is right while certain adapters are present."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from agents.federation.axes import Axis

Member = tuple[Axis, str]
Active = frozenset[Member]
NOBODY: Active = frozenset()


@dataclass(frozen=True, kw_only=True)
class Example:
    """A prompt and its answers.

    Attributes:
        role: who is asked: planner, harmonizer, creative, policy.
        prompt: in slots, as the model reads it.
        answer: of the adapters present; None where what they know does not suffice to answer.
        templates: what it was made of; the split goes by these.
        about: what it exercises, such as "brief", "jargon", "columns:amazon".
        source: the text before names and numbers went into slots.
    """

    role: str
    prompt: str
    answer: Callable[[Active], dict[str, Any] | None]
    templates: tuple[str, ...]
    about: str
    source: str = ""
    facts: dict[str, str] = field(default_factory=dict)

    def written(self, active: Active) -> str | None:
        """The answer as the model writes it: JSON without spaces."""
        answered = self.answer(active)
        return None if answered is None else compact(answered)


def compact(answer: Any) -> str:
    """JSON without spaces, in the order given."""
    return json.dumps(answer, separators=(",", ":"), ensure_ascii=False)


def present(active: Active, axis: Axis) -> str | None:
    """Which member of an axis is present."""
    return next((member for each, member in active if each is axis), None)


def always(answer: dict[str, Any]) -> Callable[[Active], dict[str, Any] | None]:
    """The same answer whoever is present."""
    return lambda active: answer
