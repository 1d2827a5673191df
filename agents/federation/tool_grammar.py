"""What the answer may look like: one JSON Schema for a call of any of the tools, and reading such a call."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from agents.federation.generation import ToolCall, ToolSpec


def tool_call_schema(*, tools: Sequence[ToolSpec]) -> dict[str, Any]:
    """The schema of ``{"name": …, "arguments": {…}}`` for exactly these tools."""
    calls = [
        {
            "type": "object",
            "properties": {"name": {"const": tool.name}, "arguments": dict(tool.parameters)},
            "required": ["name", "arguments"],
            "additionalProperties": False,
        }
        for tool in tools
    ]
    return calls[0] if len(calls) == 1 else {"anyOf": calls}


def answer_schema(*, tools: Sequence[ToolSpec], json_schema: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What constrains the answer: the tools before a schema; None for free text."""
    if tools:
        return tool_call_schema(tools=tools)
    return dict(json_schema) if json_schema is not None else None


def read_tool_call(*, text: str, tools: Sequence[ToolSpec]) -> ToolCall | None:
    """The call in an answer; None where it is none of the tools', or was cut off."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    if not isinstance(found, dict) or not isinstance(found.get("arguments"), dict):
        return None
    if found.get("name") not in [tool.name for tool in tools]:
        return None
    return ToolCall(name=found["name"], arguments=found["arguments"])
