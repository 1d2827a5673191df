"""Listens on the socket; a thread a connection puts its question in line and waits for the engine thread."""

import os
import socketserver
import time
from pathlib import Path
from typing import Any

from agents.backends.engine_frames import FrameBroken, receive_frame, request_of_frame, send_frame, served_of_frame
from agents.engine.turns import LATE, Line, Turn
from agents.engine.worn_model import WornModel
from agents.federation.generation import BackendUnavailable, GenerationRefused

CONTROL_SECONDS = 60.0
IDLE_SECONDS = 30.0


class EngineServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """``model`` is None until the base is loaded; questions wait for it within their own time."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, *, address: str, line: Line, detail: str) -> None:
        Path(address).unlink(missing_ok=True)
        self.line, self.detail = line, detail
        self.model: WornModel | None = None
        self.has_failed = False
        before = os.umask(0o177)
        try:
            super().__init__(address, Conversation)
        finally:
            os.umask(before)


class Conversation(socketserver.BaseRequestHandler):
    """One question, one answer."""

    server: EngineServer

    def handle(self) -> None:
        self.request.settimeout(IDLE_SECONDS)
        try:
            frame = receive_frame(self.request)
            answer = _answered(self.server, frame)
            send_frame(self.request, answer)
        except (OSError, FrameBroken):
            return  # whoever asked has gone


def _answered(server: EngineServer, frame: dict[str, Any]) -> dict[str, Any]:
    try:
        if frame.get("op") == "health":
            return _health(server)
        turn = _turn(frame)
        server.line.put(turn)
        if not turn.done.wait(timeout=max(0.0, turn.deadline - time.monotonic()) + 1.0):
            raise LATE
        if turn.error is not None:
            raise turn.error
        return turn.answer
    except BackendUnavailable as error:
        refused = isinstance(error, GenerationRefused)
        return {"error": {"title": error.title, "detail": error.detail, "refused": refused}}
    except (KeyError, TypeError, ValueError) as error:
        return {"error": {"title": "The question cannot be read", "detail": f"{error!r}"[:300], "refused": True}}


def _turn(frame: dict[str, Any]) -> Turn:
    now = time.monotonic()
    if frame["op"] == "generate":
        request = request_of_frame(frame)
        return Turn(request=request, deadline=now + request.sampling.seconds)
    if frame["op"] == "ensure":
        served = served_of_frame(frame["composite"])
        return Turn(act=lambda model: model.ensure(served), deadline=now + CONTROL_SECONDS)
    if frame["op"] == "evict":
        name = str(frame["name"])
        return Turn(act=lambda model: model.evict(name), deadline=now + CONTROL_SECONDS)
    raise ValueError(f"There is no {frame['op']!r}.")


def _health(server: EngineServer) -> dict[str, Any]:
    model = server.model
    if model is None:
        return {"is_ready": False, "detail": server.detail, "loaded": [], "loaded_bytes": 0}
    return {
        "is_ready": True,
        "detail": "",
        "base_digest": model.base_digest,
        "loaded": list(model.worn.names()),
        "loaded_bytes": model.worn.held,
        "device": model.device,
    }
