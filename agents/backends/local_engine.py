"""The client of our own engine process: it alone has the model, and one thread that runs it."""

import socket
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from agents.backends.engine_frames import FrameBroken, receive_frame, request_as_frame, send_frame, served_as_frame
from agents.backends.socket_places import socket_address
from agents.federation.generation import (
    BackendUnavailable,
    Generated,
    GenerationRefused,
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

GRACE_SECONDS = 2.0
LOAD_SECONDS = 60.0
HEALTH_SECONDS = 2.0


class LocalEngine:
    """Talks to ``manage.py run_engine`` over ``ENGINE_SOCKET``; a connection a question, so threads share it freely."""

    def __init__(self, *, path: Path | None = None) -> None:
        self._path = path or Path(settings.ENGINE_SOCKET)

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
        )
        started = time.perf_counter()
        found = self._ask(request_as_frame(request), seconds=sampling.seconds + GRACE_SECONDS)
        return Generated(
            text=found["text"],
            tool_call=read_tool_call(text=found["text"], tools=tools) if tools else None,
            usage=Usage(prompt_tokens=found["prompt_tokens"], completion_tokens=found["completion_tokens"]),
            timings=Timings(waited=found["waited"], generated=found["generated"], total=time.perf_counter() - started),
            digest=found["name"],
            finish=found["finish"],
        )

    def ensure(self, *, composite: ServedAdapter) -> None:
        if composite.name:
            self._ask({"op": "ensure", "composite": served_as_frame(composite)}, seconds=LOAD_SECONDS)

    def evict(self, *, digest: str) -> None:
        self._ask({"op": "evict", "name": digest}, seconds=LOAD_SECONDS)

    def health(self) -> Health:
        try:
            found = self._ask({"op": "health"}, seconds=HEALTH_SECONDS)
        except BackendUnavailable as error:
            return Health(is_ready=False, detail=str(error))
        return Health(**(found | {"loaded": tuple(found["loaded"])}))

    def _ask(self, frame: Mapping[str, Any], *, seconds: float) -> dict[str, Any]:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(seconds)
                connection.connect(socket_address(self._path))
                send_frame(connection, frame)
                found = receive_frame(connection)
        except TimeoutError as error:
            detail = f"No answer in {seconds:.0f} s."
            raise BackendUnavailable("The model runtime is too slow", detail, "engine") from error
        except (OSError, FrameBroken) as error:
            detail = f"{error}. It starts with the demo, or by `manage.py run_engine`."
            raise BackendUnavailable("The model runtime does not answer", detail, "engine") from error
        if problem := found.get("error"):
            refused = GenerationRefused if problem["refused"] else BackendUnavailable
            raise refused(problem["title"], problem["detail"], "engine")
        return found
