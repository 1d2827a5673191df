"""Keep what an agent did: the run, its steps, and one audit event, in one transaction."""

import hashlib
import json
import time
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from agents.federation.generation import Generated, Message
from agents.guardrails.figures import CheckedFigures
from agents.models import AgentRun, AgentStep
from agents.services.composing import Composition
from agents.services.tool_calls import Caller, ToolResult
from tenants.services.audit import record_event

LONGEST_KEPT = 4_000


class Trace:
    """One run while it goes on; written to the database when it ends."""

    def __init__(self, *, role: str, question: str, about: str, caller: Caller) -> None:
        self.caller = caller
        self.run = AgentRun(role=role, question=question[:LONGEST_KEPT], about=about[:120], created_by=caller.user)
        self.results: tuple[ToolResult, ...] = ()
        self.completion_tokens = 0
        self._steps: list[AgentStep] = []
        self._prompts: list[str] = []
        self._started = time.perf_counter()

    def wears_composition(self, composition: Composition) -> None:
        """What serves this run."""
        self.run.composite = composition.digest
        self.run.adapters = [
            {
                "id": str(one.pk),
                "name": one.name,
                "axis": str(one.axis),
                "member": one.member,
                "version": one.version,
                "is_canary": one.is_canary,
            }
            for one in composition.members
        ]

    def note_model(self, *, messages: Sequence[Message], generated: Generated) -> None:
        prompt = [{"role": message.role, "content": message.content[:LONGEST_KEPT]} for message in messages]
        self._prompts.append(json.dumps([[message.role, message.content] for message in messages]))
        self.completion_tokens += generated.usage.completion_tokens
        self.run.prompt_tokens += generated.usage.prompt_tokens
        self._step(
            AgentStep.Kind.MODEL,
            name=generated.digest[:12] or "base model",
            status=generated.finish,
            asked={"prompt": prompt},
            answered={"text": generated.text[:LONGEST_KEPT]},
            tokens=generated.usage.prompt_tokens + generated.usage.completion_tokens,
            seconds=generated.timings.total,
        )

    def note_tool(self, result: ToolResult) -> None:
        self.results += (result,)
        self._step(
            AgentStep.Kind.TOOL,
            name=result.name[:80],
            status=result.status,
            asked=_small(dict(result.arguments)),
            answered=_small(dict(result.result)),
            note=result.why[:400],
            seconds=result.seconds,
        )

    def note_check(self, *, name: str, status: str, note: str) -> None:
        self._step(AgentStep.Kind.CHECK, name=name, status=status, note=note[:400])

    def last_note(self, name: str) -> str:
        """What the last check of that name said; empty where there was none."""
        return next((step.note for step in reversed(self._steps) if step.name == name), "")

    @transaction.atomic
    def end(
        self,
        *,
        status: AgentRun.Status,
        answer: str,
        reason: str = "",
        checked: CheckedFigures | None = None,
        told_by: AgentRun.Teller = AgentRun.Teller.RULES,
    ) -> AgentRun:
        """Write it all, with its audit event."""
        run = self.run
        run.status, run.answer, run.reason, run.told_by = status, answer, reason[:300], told_by
        run.citations = [
            {"figure": one.figure, "result": one.result, "path": one.path}
            for one in (checked.citations if checked else ())
        ]
        run.prompt_sha256 = hashlib.sha256("\n".join(self._prompts or [run.question]).encode()).hexdigest()
        run.completion_tokens = self.completion_tokens
        run.seconds = time.perf_counter() - self._started
        run.save(force_insert=True)
        for step in self._steps:
            step.run = run
        AgentStep.objects.bulk_create(self._steps)
        record_event(kind="agent.answered", about=run, by=self.caller.user, after=_for_audit(run, self.results))
        return run

    def _step(self, kind: AgentStep.Kind, **values: Any) -> None:
        self._steps.append(AgentStep(run=self.run, number=len(self._steps) + 1, kind=kind, **values))


def _for_audit(run: AgentRun, results: Sequence[ToolResult]) -> dict[str, Any]:
    return {
        "role": run.role,
        "status": run.status,
        "told_by": run.told_by,
        "prompt_sha256": run.prompt_sha256,
        "composite": run.composite,
        "adapters": [f"{one['axis']}:{one['member']}@{one['version']}" for one in run.adapters],
        "tools": [[result.name[:80], result.status] for result in results],
        "tokens": [run.prompt_tokens, run.completion_tokens],
        "milliseconds": round(1000 * run.seconds),
    }


def _small(document: dict[str, Any]) -> dict[str, Any]:
    """As JSON, or its beginning where it is long."""
    written = json.dumps(document, default=str)
    kept: dict[str, Any] = (
        json.loads(written) if len(written) <= LONGEST_KEPT else {"beginning": written[:LONGEST_KEPT]}
    )
    return kept
