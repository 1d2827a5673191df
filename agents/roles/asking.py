"""Ask an agent by name: the one door for page, API and command."""

from typing import Any

from agents.models import AgentRun
from agents.roles.base_agent import Question
from agents.roles.registry import ROLES
from agents.services.tool_calls import Caller


class NoSuchAgent(Exception):
    """No role of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no agent “{name}”; there are {', '.join(ROLES)}.")
        self.title, self.detail, self.where = "No such agent", str(self), "role"


def ask_agent(
    *, role: str, text: str, caller: Caller, retailer: str = "", brand: str = "", facts: dict[str, Any] | None = None
) -> AgentRun:
    """The kept run with its answer. Raises NoSuchAgent."""
    if role not in ROLES:
        raise NoSuchAgent(role)
    question = Question(text=text, retailer=retailer, brand=brand, facts=facts or {})
    return ROLES[role]().answer(question=question, caller=caller).run
