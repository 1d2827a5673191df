"""What every agent does: ask its model within bounds, do what it asks for as the user, answer, or go on without it."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import structlog

from agents.federation.generation import BackendUnavailable, Message, Sampling, ToolCall, ToolSpec
from agents.guardrails.figures import check_figures
from agents.guardrails.injection import orders_in
from agents.models import AgentRun
from agents.services.agent_runs import Trace
from agents.services.federation import LoRAFederation
from agents.services.prose import Told, tell
from agents.services.tool_calls import Caller, ToolResult, call_tool
from agents.tools.schemas import ASK, NO_TOOL, TOOLS, Tool

log = structlog.get_logger(__name__)
LONGEST_QUESTION = 5_000


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one answer may cost."""

    steps: int = 4
    tokens: int = 512
    seconds: float = 20.0


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked: words of the user, about what, and facts that code knows already (ids, names, budgets)."""

    text: str
    retailer: str = ""
    brand: str = ""
    about: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an agent says: the run that was kept, and the results it rests on."""

    run: AgentRun
    results: tuple[ToolResult, ...]


class GaveUp(Exception):
    """The model is of no use here; the deterministic half goes on. The message says why."""


class BaseAgent:
    """Subclasses give name, task and tools, ``plan_b`` and ``explain``.

    ``prompt`` is the role the shipped base was trained to hear; tools and their descriptions travel beside it.
    ``may_tell`` lets a larger model put results into prose, where one is configured.
    """

    name: ClassVar[str] = ""
    task: ClassVar[str] = ""
    prompt: ClassVar[str] = ""
    tools: ClassVar[tuple[str, ...]] = ()
    limits: ClassVar[Limits] = Limits()
    may_tell: ClassVar[bool] = False

    def __init__(self, *, federation: LoRAFederation | None = None, limits: Limits | None = None) -> None:
        self._federation = federation
        self._limits = limits or self.limits

    def plan_b(self, question: Question) -> Sequence[ToolCall]:
        """Tool calls to make without a model; none where the question gives too little."""
        raise NotImplementedError

    def explain(self, results: Sequence[ToolResult]) -> str:
        """What the results say. Every figure must stand in them."""
        raise NotImplementedError

    def answer(self, *, question: Question, caller: Caller) -> Answer:
        """Answer within the limits, keep the run with its trace, say how it came about; never raises for a model."""
        trace = Trace(role=self.name, question=question.text, about=question.about, caller=caller)
        if not question.text.strip() or len(question.text) > LONGEST_QUESTION:
            why = f"Ask in 1 to {LONGEST_QUESTION:,} characters; this has {len(question.text):,}."
            return Answer(run=trace.end(status=AgentRun.Status.REFUSED, answer=why, reason="length"), results=())
        for order in orders_in(text=question.text):
            trace.note_check(name="orders", status="ignored", note=f"“{order}” is read as text, not followed")
        try:
            asked_back = self._by_model(question, trace)
            status, reason = AgentRun.Status.ANSWERED, ""
        except GaveUp as why:
            asked_back, status, reason = "", AgentRun.Status.FALLBACK, str(why)
            self._without_model(question, trace)
        if asked_back:
            return Answer(run=trace.end(status=AgentRun.Status.ASKED, answer=asked_back), results=trace.results)
        told = self._told(trace)
        run = trace.end(status=status, answer=told.text, reason=reason, checked=told.checked, told_by=told.by)
        return Answer(run=run, results=trace.results)

    def _by_model(self, question: Question, trace: Trace) -> str:
        """Steps of the model until it has what it wants. Returns its question back, if it has one; raises GaveUp."""
        federation, deadline = self._composed(question, trace), time.monotonic() + self._limits.seconds
        messages = [Message(role="system", content=self.prompt), Message(role="user", content=_quoted(question))]
        seen: set[str] = set()
        for _ in range(self._limits.steps):
            call = self._next_call(federation, messages, trace, deadline)
            if call.name == ASK.name:
                return str(call.arguments.get("question", ""))[:300] or "Please say it in other words."
            if call.name == NO_TOOL.name:
                if any(result.is_done for result in trace.results):
                    return ""
                raise GaveUp("The model saw no tool for this.")
            written = json.dumps([call.name, dict(call.arguments)], sort_keys=True)
            if written in seen:
                if any(result.is_done for result in trace.results):
                    return ""
                raise GaveUp("The model asked for the same again and again.")
            seen.add(written)
            result = self._called(call, trace)
            if result.is_done and len(self.tools) == 1:
                return ""
            shown = json.dumps(result.result if result.is_done else {"error": result.why}, default=str)[:2_000]
            messages += [Message(role="assistant", content=written), Message(role="tool", content=shown)]
        if any(result.is_done for result in trace.results):
            return ""
        raise GaveUp(f"The model came to nothing in {self._limits.steps} steps.")

    def _composed(self, question: Question, trace: Trace) -> LoRAFederation:
        try:
            federation = self._federation or LoRAFederation()
            composition = federation.compose(self.task, question.retailer, question.brand, request=question.text)
        except BackendUnavailable as unavailable:
            raise GaveUp(f"{unavailable.title}. {unavailable.detail}") from unavailable
        trace.wears_composition(composition)
        return federation

    def _next_call(
        self, federation: LoRAFederation, messages: Sequence[Message], trace: Trace, deadline: float
    ) -> ToolCall:
        left = deadline - time.monotonic()
        tokens = self._limits.tokens - trace.completion_tokens
        if left <= 0 or tokens <= 0:
            raise GaveUp("The model took longer than it may." if left <= 0 else "The model wrote more than it may.")
        try:
            inference = federation.infer(
                messages, self._specs(), sampling=Sampling(max_tokens=min(tokens, 256), seconds=left)
            )
        except BackendUnavailable as unavailable:
            raise GaveUp(f"{unavailable.title}. {unavailable.detail}"[:280]) from unavailable
        generated = inference.answer
        trace.note_model(messages=messages, generated=generated)
        if generated.finish != "stop":
            raise GaveUp("The model did not come to an end.")
        if generated.tool_call is None:
            raise GaveUp("The model's answer was none of its tools.")
        return generated.tool_call

    def _specs(self) -> tuple[ToolSpec, ...]:
        known: tuple[Tool, ...] = (*(TOOLS[name] for name in self.tools), ASK, NO_TOOL)
        return tuple(ToolSpec(name=one.name, description=one.description, parameters=one.parameters) for one in known)

    def _called(self, call: ToolCall, trace: Trace) -> ToolResult:
        result = call_tool(call=call, caller=trace.caller, allowed=self.tools, about=trace.run)
        trace.note_tool(result)
        return result

    def _without_model(self, question: Question, trace: Trace) -> None:
        """The deterministic half: its calls, as the user, with the same checks."""
        for call in self.plan_b(question)[: self._limits.steps]:
            self._called(call, trace)

    def _told(self, trace: Trace) -> Told:
        """The explanation, its figures checked; what is not backed is not shown."""
        done = [result for result in trace.results if result.is_done]
        if not done:
            why = next((result.why for result in reversed(trace.results) if result.why), "")
            return _unbacked(why or "I cannot answer that from what this workspace holds.")
        figures = [dict(result.result) for result in done]
        text = self.explain(done)
        checked = check_figures(text=text, results=figures)
        if checked.holds:
            trace.note_check(name="figures", status="backed", note=f"{len(checked.citations)} figures cited")
            if self.may_tell:
                return tell(plain=text, results=figures, trace=trace)
            return Told(text=text, checked=checked, by=AgentRun.Teller.RULES)
        trace.note_check(
            name="figures", status="refused", note=f"not in any result: {', '.join(checked.unsupported)}"[:390]
        )
        names = ", ".join(result.name for result in done)
        return _unbacked(
            f"The explanation held figures that no tool gave and was thrown away. See the results of {names}."
        )


def _unbacked(text: str) -> Told:
    return Told(text=text, checked=check_figures(text="", results=()), by=AgentRun.Teller.RULES)


def _quoted(question: Question) -> str:
    """The user's words with the facts that code knows; both are data to the model."""
    facts = {"retailer": question.retailer, "brand": question.brand} | question.facts
    known = {name: value for name, value in facts.items() if value}
    return f"{question.text}\n{json.dumps(known, sort_keys=True, default=str)}" if known else question.text
