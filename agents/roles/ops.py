"""Looks after figures: how things went."""

from collections.abc import Sequence

from agents.federation.generation import ToolCall
from agents.roles.base_agent import BaseAgent, Question
from agents.services.tool_calls import ToolResult
from agents.tools.schemas import METRICS

WORDS = {"sales": "attributed_revenue", "revenue": "attributed_revenue", "cost": "spend", "costs": "spend"}


class Ops(BaseAgent):
    """Fetches; explains nothing that the facts do not say."""

    name = "ops"
    task = "planning"
    prompt = "planner"
    tools = ("fetch_metrics",)

    def plan_b(self, question: Question) -> Sequence[ToolCall]:
        said = question.text.casefold()
        named = next((metric for metric in METRICS if metric.replace("_", " ") in said), "")
        named = named or next((metric for word, metric in WORDS.items() if word in said), "spend")
        retailer = {"retailer": question.retailer} if question.retailer else {}
        return (ToolCall(name="fetch_metrics", arguments={"metric": named, **retailer}),)

    def explain(self, results: Sequence[ToolResult]) -> str:
        return " ".join(_sentence(result) for result in results)


def _sentence(result: ToolResult) -> str:
    found = result.result
    if found["value"] is None:
        return f"There is no {found['metric']} at {found['retailer']} from {found['start']} to {found['end']}."
    unit = f" {found['currency']}" if found["metric"] in {"spend", "attributed_revenue", "cpc"} else ""
    value = f"{found['value']:,.4f}" if abs(found["value"]) < 1 else f"{found['value']:,.2f}"
    named = found["metric"].replace("_", " ")
    return f"{named} at {found['retailer']} from {found['start']} to {found['end']}: {value}{unit}."
