"""Do what a model asked for, as its user: known tool, allowed to the role, right held, arguments checked, audited."""

import hashlib
import json
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog

from agents.federation.generation import ToolCall
from agents.services import tool_handlers
from agents.services.tool_handlers import ToolFailed
from agents.tools.schemas import TOOLS
from agents.tools.validation import first_fault
from tenants.models import User
from tenants.permissions import Action
from tenants.services.audit import Auditable, record_event

log = structlog.get_logger(__name__)
LARGEST_RESULT = 60_000
HANDLERS: Mapping[str, Callable[..., dict[str, Any]]] = {
    "fetch_metrics": tool_handlers.fetch_metrics,
    "allocate_budget": tool_handlers.allocate_budget,
    "design_experiment": tool_handlers.design_experiment,
    "analyze_experiment": tool_handlers.analyze_experiment,
    "generate_copy": tool_handlers.generate_copy,
    "check_policy": tool_handlers.check_policy,
    "forecast": tool_handlers.forecast,
    "search_policies": tool_handlers.search_policies,
    "suggest_mapping": tool_handlers.suggest_mapping,
}


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who an agent works for, and what they may do in the workspace at hand."""

    user: User | None
    actions: frozenset[Action]


@dataclass(frozen=True, kw_only=True)
class ToolResult:
    """What came of a call: ``status`` is done, refused (not allowed, malformed) or failed (allowed, impossible)."""

    name: str
    arguments: Mapping[str, Any]
    status: str
    result: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    seconds: float = 0.0

    @property
    def is_done(self) -> bool:
        return self.status == "done"


def call_tool(*, call: ToolCall, caller: Caller, allowed: Collection[str], about: Auditable) -> ToolResult:
    """Call one tool; never raises for what the model wrote. ``about`` is the run whose audit trail it joins."""
    started = time.perf_counter()
    status, result, why = _outcome(call=call, caller=caller, allowed=allowed)
    answer = ToolResult(
        name=call.name,
        arguments=call.arguments,
        status=status,
        result=result,
        why=why,
        seconds=time.perf_counter() - started,
    )
    record_event(
        kind="tool.called" if status != "refused" else "tool.refused",
        about=about,
        by=caller.user,
        after={"tool": call.name[:80], "arguments_sha256": _digest(call.arguments), "status": status, "why": why[:200]},
    )
    return answer


def _outcome(*, call: ToolCall, caller: Caller, allowed: Collection[str]) -> tuple[str, dict[str, Any], str]:
    tool = TOOLS.get(call.name)
    if tool is None or call.name not in allowed:
        return "refused", {}, "This agent has no such tool."
    if Action(tool.needs) not in caller.actions:
        return "refused", {}, f"Your role does not include “{tool.needs}”, which this tool needs."
    if fault := first_fault(arguments=call.arguments, schema=tool.parameters):
        return "refused", {}, f"The arguments do not fit: {fault}."
    try:
        result = HANDLERS[call.name](**call.arguments)
    except ToolFailed as failure:
        return "failed", {}, str(failure)
    if len(json.dumps(result, default=str)) > LARGEST_RESULT:
        return "failed", {}, "The result is too large; ask for less."
    return "done", json.loads(json.dumps(result, default=str)), ""


def _digest(arguments: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(arguments, sort_keys=True, default=str).encode()).hexdigest()
