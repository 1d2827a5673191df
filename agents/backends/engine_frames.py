"""What travels between us and the engine process: JSON with its length in front, over a local socket."""

import json
import socket
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from agents.federation.generation import Message, Request, Sampling, ServedAdapter, ToolSpec

LENGTH = struct.Struct(">I")
LONGEST_FRAME = 16 << 20


class FrameBroken(Exception):
    """The other side went away, or sent what is no frame."""


def send_frame(connection: socket.socket, content: Mapping[str, Any]) -> None:
    """One object. Raises OSError where the other side is gone."""
    octets = json.dumps(content, ensure_ascii=False).encode()
    connection.sendall(LENGTH.pack(len(octets)) + octets)


def receive_frame(connection: socket.socket) -> dict[str, Any]:
    """One object. Raises FrameBroken, or OSError (TimeoutError among them)."""
    (length,) = LENGTH.unpack(_exactly(connection, LENGTH.size))
    if length > LONGEST_FRAME:
        raise FrameBroken(f"A frame of {length} bytes is too long.")
    try:
        found = json.loads(_exactly(connection, length))
    except ValueError as error:
        raise FrameBroken("A frame is no JSON.") from error
    if not isinstance(found, dict):
        raise FrameBroken("A frame is no object.")
    return found


def request_as_frame(request: Request) -> dict[str, Any]:
    """A generation as it travels."""
    return {
        "op": "generate",
        "messages": [{"role": one.role, "content": one.content} for one in request.messages],
        "tools": [
            {"name": one.name, "description": one.description, "parameters": dict(one.parameters)}
            for one in request.tools
        ],
        "json_schema": request.json_schema,
        "candidates": list(request.candidates),
        "composite": served_as_frame(request.composite),
        "sampling": vars(request.sampling),
    }


def request_of_frame(frame: Mapping[str, Any]) -> Request:
    """A generation from what travelled. Raises KeyError or TypeError for what is none."""
    return Request(
        messages=tuple(Message(**one) for one in frame["messages"]),
        tools=tuple(ToolSpec(**one) for one in frame["tools"]),
        json_schema=frame["json_schema"],
        candidates=tuple(frame["candidates"]),
        composite=served_of_frame(frame["composite"]),
        sampling=Sampling(**frame["sampling"]),
    )


def served_as_frame(served: ServedAdapter) -> dict[str, Any]:
    """An adapter to be loaded, as it travels."""
    return vars(served) | {"folders": [str(folder) for folder in served.folders]}


def served_of_frame(frame: Mapping[str, Any]) -> ServedAdapter:
    """An adapter to be loaded, from what travelled."""
    return ServedAdapter(**{**frame, "folders": tuple(Path(folder) for folder in frame["folders"])})


def _exactly(connection: socket.socket, count: int) -> bytes:
    parts = []
    while count:
        part = connection.recv(min(count, 1 << 16))
        if not part:
            raise FrameBroken("The other side hung up.")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
