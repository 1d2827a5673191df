"""Says what the columns of an export mean."""

from collections.abc import Sequence

from agents.federation.generation import ToolCall
from agents.roles.base_agent import BaseAgent, Question
from agents.services.tool_calls import ToolResult


class Harmonizer(BaseAgent):
    """Proposes; a person saves the mapping."""

    name = "harmonizer"
    task = "mapping"
    prompt = "harmonizer"
    tools = ("suggest_mapping", "search_policies")

    def plan_b(self, question: Question) -> Sequence[ToolCall]:
        columns = question.facts.get("columns") or [part.strip() for part in question.text.split(",")]
        named = [str(column)[:200] for column in columns if str(column).strip()][:200]
        return (ToolCall(name="suggest_mapping", arguments={"columns": named}),) if named else ()

    def explain(self, results: Sequence[ToolResult]) -> str:
        return " ".join(_sentence(result) for result in results)


def _sentence(result: ToolResult) -> str:
    if result.name != "suggest_mapping":
        return f"{result.name} answered."
    told = [
        f"“{one['source_column']}” is {one['rmis_field']}"
        if one["rmis_field"]
        else f"“{one['source_column']}” is unclear"
        for one in result.result["columns"]
    ]
    return "; ".join(told) + "."
