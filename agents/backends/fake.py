"""A runtime without a model: answers what it was told to, under the name it was asked for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from agents.federation.generation import (
    BackendUnavailable,
    Generated,
    Health,
    Message,
    Request,
    Sampling,
    ServedAdapter,
    Timings,
    ToolSpec,
    Usage,
)
from agents.federation.tool_grammar import read_tool_call

Answer = Callable[[Request], str]


class FakeBackend:
    """For unit tests of what is above.

    Args:
        answer: the text for a request; without it the last message comes back.
        is_down: every question fails as if nothing listened.
    """

    def __init__(self, *, answer: Answer | None = None, is_down: bool = False) -> None:
        self.requests: list[Request] = []
        self.loaded: dict[str, ServedAdapter] = {}
        self.is_down = is_down
        self._answer = answer or (lambda request: request.messages[-1].content)

    def generate(
        self,
        *,
        messages: Sequence[Message],
        tools: Sequence[ToolSpec],
        json_schema: Mapping[str, Any] | None,
        candidates: Sequence[str],
        composite: ServedAdapter,
        sampling: Sampling,
        tenant_salt: str,
    ) -> Generated:
        request = Request(
            messages=tuple(messages),
            tools=tuple(tools),
            json_schema=json_schema,
            candidates=tuple(candidates),
            composite=composite,
            sampling=sampling,
            tenant_salt=tenant_salt,
        )
        self.ensure(composite=composite)
        self.requests.append(request)
        text = self._answer(request)
        return Generated(
            text=text,
            tool_call=read_tool_call(text=text, tools=tools) if tools else None,
            usage=Usage(prompt_tokens=sum(len(one.content.split()) for one in messages), completion_tokens=1),
            timings=Timings(waited=0.0, generated=0.0, total=0.0),
            digest=composite.name,
        )

    def ensure(self, *, composite: ServedAdapter) -> None:
        if self.is_down:
            raise BackendUnavailable("No model runtime answers", "The fake is down.", "fake")
        if composite.name:
            self.loaded[composite.name] = composite

    def evict(self, *, digest: str) -> None:
        self.loaded.pop(digest, None)

    def health(self) -> Health:
        return Health(is_ready=not self.is_down, detail="fake", loaded=tuple(self.loaded))
