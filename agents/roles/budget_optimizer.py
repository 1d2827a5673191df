"""Splits a budget under constraints and says what it brings."""

from collections.abc import Sequence

from agents.federation.generation import ToolCall
from agents.roles.base_agent import BaseAgent, Question
from agents.services.tool_calls import ToolResult


class BudgetOptimizer(BaseAgent):
    """Numbers come from the optimizer; the agent only asks it."""

    name = "budget_optimizer"
    task = "planning"
    prompt = "planner"
    tools = ("allocate_budget", "forecast")
    may_tell = True

    def plan_b(self, question: Question) -> Sequence[ToolCall]:
        constraints = question.facts.get("constraints") or {}
        return (ToolCall(name="allocate_budget", arguments=constraints),) if constraints.get("budget") else ()

    def explain(self, results: Sequence[ToolResult]) -> str:
        return " ".join(sentence for result in results for sentence in _sentences(result))


def _sentences(result: ToolResult) -> list[str]:
    found = result.result
    currency = found.get("currency", "")
    if result.name == "forecast":
        return [
            f"A budget of {found['budget']:,.2f} {currency} was asked of the plan “{found['plan']}”: {found['status']}."
        ]
    if found["status"] != "optimal":
        return [f"The constraints cannot all hold ({found['status']}). In conflict: {', '.join(found['conflict'])}."]
    split = ", ".join(f"{name} {amount:,.2f}" for name, amount in found["spend_by_retailer"].items())
    return [f"The best split of {found['budget']:,.2f} {currency} is {split} {currency}."]
