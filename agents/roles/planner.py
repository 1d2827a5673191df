"""Reads a brief into constraints and has them planned."""

from collections.abc import Sequence

from agents.federation.generation import ToolCall
from agents.roles.base_agent import BaseAgent, Question
from agents.services.tool_calls import ToolResult
from campaigns.briefs.constraint_json import constraints_to_json
from campaigns.services.briefs import parse_tenant_brief


class Planner(BaseAgent):
    """The rules read the brief where the model does not; either way the optimizer decides the split."""

    name = "planner"
    task = "planning"
    prompt = "You plan retail media. Answer a brief with one tool call, or ask back."
    tools = ("allocate_budget", "fetch_metrics", "forecast", "design_experiment", "search_policies")

    def plan_b(self, question: Question) -> Sequence[ToolCall]:
        parsed = parse_tenant_brief(text=question.text)
        constraints = constraints_to_json(constraints=parsed.constraints)
        constraints.pop("target", None)
        if not constraints.get("budget") or parsed.questions:
            return ()
        return (ToolCall(name="allocate_budget", arguments=constraints),)

    def explain(self, results: Sequence[ToolResult]) -> str:
        return " ".join(_sentence(result) for result in results)


def _sentence(result: ToolResult) -> str:
    found = result.result
    if result.name != "allocate_budget":
        return f"{result.name} answered."
    if found["status"] != "optimal":
        return f"These constraints cannot all hold. In conflict: {', '.join(found['conflict'])}."
    split = ", ".join(f"{name} {amount:,.2f}" for name, amount in found["spend_by_retailer"].items())
    return f"Of {found['budget']:,.2f} {found['currency']}: {split}."
