"""What is asked of a model in an evaluation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Question:
    """One prompt; with a schema the answer is a JSON value of it. ``text`` is the whole prompt where it has no role."""

    role: str
    prompt: str
    schema: Mapping[str, Any] | None = None
    text: str = ""
