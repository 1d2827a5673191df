"""Drafts copy that the retailer's policy lets through."""

from collections.abc import Sequence

from agents.federation.generation import ToolCall
from agents.roles.base_agent import BaseAgent, Question
from agents.services.tool_calls import ToolResult


class Creative(BaseAgent):
    """Judged by the deterministic checker, whoever wrote the words."""

    name = "creative"
    task = "creative"
    prompt = "creative"
    tools = ("generate_copy", "check_policy")

    def plan_b(self, question: Question) -> Sequence[ToolCall]:
        facts = {name: str(question.facts[name])[:60] for name in ("product", "benefit") if question.facts.get(name)}
        if not question.retailer or "product" not in facts:
            return ()
        if question.brand:
            facts["brand"] = question.brand[:60]
        return (ToolCall(name="generate_copy", arguments={"retailer": question.retailer, **facts}),)

    def explain(self, results: Sequence[ToolResult]) -> str:
        return " ".join(_sentence(result) for result in results)


def _sentence(result: ToolResult) -> str:
    found = result.result
    if result.name == "check_policy":
        broken = f": {', '.join(found['violations'])}" if found["violations"] else ""
        return f"The verdict of {found['retailer']} is {found['verdict']}{broken}."
    drafts = "; ".join(f"“{draft['headline']}”" for draft in found["drafts"])
    return f"These drafts pass {found['retailer']}: {drafts}."
