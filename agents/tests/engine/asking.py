"""Questions whose answers tell which adapter gave them."""

import dataclasses
from pathlib import Path
from typing import Any

from agents.federation.generation import BASE_ALONE, Generated, Message, Sampling, ServedAdapter, ToolSpec
from agents.tests.engine.tiny_base import write_adapter

LETTERS = {"type": "string", "pattern": "^[a-p]{10}$"}
DAYS = {"type": "integer", "minimum": 1, "maximum": 99}
TOOLS = (
    ToolSpec(
        name="forecast",
        description="Forecast some days.",
        parameters={
            "type": "object",
            "properties": {"days": DAYS, "unit": {"enum": ["day", "week"]}},
            "required": ["days", "unit"],
            "additionalProperties": False,
        },
    ),
    ToolSpec(
        name="no_tool",
        description="Decline.",
        parameters={"type": "object", "properties": {}, "additionalProperties": False},
    ),
)


def served(*, folder: Path, seed: int, base_digest: str) -> ServedAdapter:
    """A random adapter as a runtime is told of it."""
    name = f"{seed:064d}"
    home = write_adapter(folder=folder / name, seed=seed)
    size = (home / "adapter_model.safetensors").stat().st_size
    return ServedAdapter(name=name, folders=(home,), size=size, base_digest=base_digest)


def summed(*members: ServedAdapter) -> ServedAdapter:
    """Several as one sum."""
    folders = tuple(folder for one in members for folder in one.folders)
    size = sum(one.size for one in members)
    return dataclasses.replace(members[0], name="5" * 64, folders=folders, size=size)


def ask(
    backend: Any, text: str = "Plan", *, of: ServedAdapter = BASE_ALONE, schema: Any = LETTERS, **asked: Any
) -> Generated:
    """Ten letters by default."""
    sampling = asked.pop("sampling", Sampling(max_tokens=asked.pop("max_tokens", 40), seconds=60))
    return backend.generate(
        messages=[Message(role="user", content=text)],
        tools=asked.pop("tools", ()),
        json_schema=schema,
        candidates=asked.pop("candidates", ()),
        composite=of,
        sampling=sampling,
        tenant_salt="",
    )
