"""Reads a brief into constraints, has the rules check them, and has them planned."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from agents.federation.generation import ToolCall
from agents.roles.base_agent import BaseAgent, GaveUp, Question
from agents.services.agent_runs import Trace
from agents.services.brief_parser import AgentBriefParser
from agents.services.tool_calls import ToolResult
from campaigns.briefs.constraint_json import constraints_to_json
from campaigns.briefs.rules import RulesParser
from campaigns.services.briefs import tenant_catalogue


class Planner(BaseAgent):
    """The model points at names and numbers, the rules read the same brief, the optimizer decides the split."""

    name = "planner"
    task = "planning"
    prompt = "planner"
    tools = ("allocate_budget",)
    may_tell = True

    def _by_model(self, question: Question, trace: Trace) -> str:
        parser = AgentBriefParser(federation=self._federation)
        parsed = parser.parse(text=question.text, catalogue=tenant_catalogue(), today=timezone.localdate())
        if parser.last is not None:
            trace.wears_composition(parser.last.composition)
            trace.note_model(messages=parser.last.messages, generated=parser.last.generated)
        constraints = constraints_to_json(constraints=parsed.constraints)
        if parsed.questions or not constraints.get("budget"):
            return " ".join(parsed.questions) or "How much may this plan spend, and in which currency?"
        if parser.why_not:
            raise GaveUp(parser.why_not)
        self._called(ToolCall(name="allocate_budget", arguments=_without_target(constraints)), trace)
        return ""

    def plan_b(self, question: Question) -> Sequence[ToolCall]:
        parsed = RulesParser().parse(text=question.text, catalogue=tenant_catalogue(), today=timezone.localdate())
        constraints = constraints_to_json(constraints=parsed.constraints)
        if not constraints.get("budget") or parsed.questions:
            return ()
        return (ToolCall(name="allocate_budget", arguments=_without_target(constraints)),)

    def explain(self, results: Sequence[ToolResult]) -> str:
        return " ".join(_sentence(result) for result in results)


def _without_target(constraints: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in constraints.items() if name != "target"}


def _sentence(result: ToolResult) -> str:
    found = result.result
    if found["status"] != "optimal":
        return f"These constraints cannot all hold. In conflict: {', '.join(map(str, found['conflict']))}."
    split = ", ".join(f"{name} {amount:,.2f}" for name, amount in found["spend_by_retailer"].items())
    return f"Of {found['budget']:,.2f} {found['currency']}: {split}."
