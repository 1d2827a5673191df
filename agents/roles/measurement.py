"""Designs tests and reads them."""

import re
from collections.abc import Sequence

from agents.federation.generation import ToolCall
from agents.roles.base_agent import BaseAgent, Question
from agents.services.tool_calls import ToolResult

READS = re.compile(r"(?i)\b(?:result|readout|lift|read|analy[sz]e|significant)")


class Measurement(BaseAgent):
    """Says what a test would need, or what it showed."""

    name = "measurement"
    task = "planning"
    prompt = "planner"
    tools = ("design_experiment", "analyze_experiment", "fetch_metrics")
    may_tell = True

    def plan_b(self, question: Question) -> Sequence[ToolCall]:
        experiment = question.facts.get("experiment")
        if experiment and READS.search(question.text):
            return (ToolCall(name="analyze_experiment", arguments={"experiment": str(experiment)}),)
        wanted = "switchback" if "switchback" in question.text.casefold() else "holdout"
        return (ToolCall(name="design_experiment", arguments={"design": wanted}),)

    def explain(self, results: Sequence[ToolResult]) -> str:
        return " ".join(_sentence(result) for result in results)


def _sentence(result: ToolResult) -> str:
    found = result.result
    if result.name == "analyze_experiment":
        return f"“{found['experiment']}” was read by {found['method']}: {found['verdict']}."
    if result.name == "fetch_metrics":
        return f"{found['metric']} at {found['retailer']} from {found['start']} to {found['end']}: {found['value']}."
    if found.get("design") == "switchback":
        return "A switchback was scheduled; its blocks are in the result."
    return (
        f"A holdout needs {found['exposed']:,} people who see the ads and {found['held_out']:,} who do not, "
        f"to see a lift of {found['lift']:.1%} on a base rate of {found['base_rate']:.1%}."
    )
