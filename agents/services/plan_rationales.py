"""Why a stored plan is as it is: in a model's prose where there is one and its figures hold, else in fixed words."""

from typing import Any

from agents.models import AgentRun
from agents.selectors.agent_runs import RATIONALES
from agents.services.agent_runs import Trace
from agents.services.prose import tell
from agents.services.tool_calls import Caller, ToolResult
from campaigns.models import Plan

QUESTION = "Why is this plan as it is?"
MOST_PRICES = 5


class NothingToExplain(Exception):
    """The plan has no proposal to explain."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("Have it planned first; then ask again.")
        self.title, self.detail, self.where = "This plan has no proposal yet", str(self), str(plan.pk)


def explain_plan(*, plan: Plan, caller: Caller) -> AgentRun:
    """The kept run with the rationale, its citations and who worded it. Raises NothingToExplain."""
    if "insight" not in plan.shown:
        raise NothingToExplain(plan)
    stored = stored_results(plan=plan)
    trace = Trace(role="planner", question=QUESTION, about=f"/plans/{plan.pk}/", caller=caller)
    trace.note_tool(ToolResult(name=RATIONALES, arguments={"plan": str(plan.pk)}, status="done", result=stored))
    told = tell(plain=" ".join(stored["sentences"]), results=[stored], trace=trace)
    by_model = told.by == AgentRun.Teller.MODEL
    status = AgentRun.Status.ANSWERED if by_model else AgentRun.Status.FALLBACK
    reason = "" if by_model else trace.last_note("prose") or "No language model is configured for prose."
    return trace.end(status=status, answer=told.text, reason=reason, checked=told.checked, told_by=told.by)


def stored_results(*, plan: Plan) -> dict[str, Any]:
    """What a rationale may cite: the plan's headline figures, spend by retailer, and the sentences of its page."""
    shown = plan.shown
    headline, insight = shown["headline"], shown["insight"]
    prices = [price["sentence"] for price in shown["prices"][:MOST_PRICES]]
    return {
        "plan": plan.name,
        "currency": plan.currency,
        "horizon_days": plan.horizon_days,
        "spend": headline["spend"],
        "incremental_margin": headline["incremental_margin"],
        "incremental_revenue": headline["incremental_revenue"],
        "gain_over_last_split": headline["gain"],
        "probability_of_beating_last_split": headline["beats_current"],
        "roas_floor": headline["roas_floor"],
        "probability_of_roas_floor": headline["floor_probability"],
        "spend_by_retailer": {
            row["name"]: {"proposed": row["proposed"], "current": row["current"]} for row in shown["retailers"]
        },
        "sentences": [insight["sentence"], insight["detail"], shown["doing_nothing"]["sentence"], *prices],
    }
