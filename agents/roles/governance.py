"""Says what a retailer's policy asks, with its source."""

from collections.abc import Sequence

from agents.federation.generation import ToolCall
from agents.roles.base_agent import BaseAgent, Question
from agents.services.tool_calls import ToolResult

SHOWN = 3


class Governance(BaseAgent):
    """Cites; never decides what the checker decides."""

    name = "governance"
    task = "policy"
    prompt = "policy"
    tools = ("search_policies", "check_policy")

    def plan_b(self, question: Question) -> Sequence[ToolCall]:
        retailer = {"retailer": question.retailer} if question.retailer else {}
        return (ToolCall(name="search_policies", arguments={"query": question.text[:400], **retailer}),)

    def explain(self, results: Sequence[ToolResult]) -> str:
        return " ".join(_sentence(result) for result in results)


def _sentence(result: ToolResult) -> str:
    found = result.result
    if result.name == "check_policy":
        return f"The verdict of {found['retailer']} is {found['verdict']}."
    if not found["passages"]:
        return "No passage of the policy packs or playbooks answers that."
    told = [f"{one['text']} [{one['title']}, {one['place']}; {one['source']}]" for one in found["passages"][:SHOWN]]
    return " ".join(told)
