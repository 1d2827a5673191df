"""What is asked of a model runtime and what it answers; the same for a process of our own, a server, and a fake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol


class BackendUnavailable(Exception):
    """No model answered: the runtime is not there, is too slow, or broke. The caller's fallback goes on.

    Attributes:
        title, detail, where: what happened, how to mend it, which runtime.
    """

    def __init__(self, title: str, detail: str, where: str = "") -> None:
        super().__init__(f"{title}: {detail}")
        self.title, self.detail, self.where = title, detail, where


class GenerationRefused(BackendUnavailable):
    """The runtime is there and refuses this request (a schema it cannot compile, a prompt that is too long)."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """One turn. ``role`` is system, user, assistant or tool."""

    role: str
    content: str


@dataclass(frozen=True, kw_only=True)
class ToolSpec:
    """A tool as the model sees it; ``parameters`` is a JSON Schema of an object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ToolCall:
    """The tool that the model chose, with arguments that fit its schema."""

    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """Bounds of one generation; temperature 0 is greedy, a seed makes any temperature repeatable."""

    max_tokens: int = 256
    temperature: float = 0.0
    seed: int = 0
    seconds: float = 30.0


@dataclass(frozen=True, kw_only=True)
class ServedAdapter:
    """What the runtime is to load under one name.

    Attributes:
        name: opaque; new weights are a new name. Empty for the base model alone.
        folders: one adapter each, as PEFT writes it; with several their changes are summed at run time.
        size: bytes of their weights as a runtime of 32 bits holds them.
        base_digest: of the base they were trained on; a runtime of another base refuses.
    """

    name: str = ""
    folders: tuple[Path, ...] = ()
    size: int = 0
    base_digest: str = ""


BASE_ALONE = ServedAdapter()


@dataclass(frozen=True, kw_only=True)
class Usage:
    """Tokens read and written."""

    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, kw_only=True)
class Timings:
    """Seconds: waiting for a turn, generating, and altogether as the caller saw it."""

    waited: float
    generated: float
    total: float


@dataclass(frozen=True, kw_only=True)
class Generated:
    """One answer.

    Attributes:
        digest: name under which the adapter served, as the runtime says it; never taken from the question.
        finish: stop (complete), length (cut at ``max_tokens``) or time (cut at ``seconds``).
    """

    text: str
    tool_call: ToolCall | None
    usage: Usage
    timings: Timings
    digest: str
    finish: str = "stop"


@dataclass(frozen=True, kw_only=True)
class Health:
    """Whether the runtime answers, and what it holds."""

    is_ready: bool
    detail: str = ""
    base_digest: str = ""
    loaded: tuple[str, ...] = ()
    loaded_bytes: int = 0
    device: str = ""


@dataclass(frozen=True, kw_only=True)
class Request:
    """One generation.

    Attributes:
        tools: the answer is a call of one of them when given.
        json_schema: the answer is a JSON value of this schema when given.
        candidates: the answer is one of these texts when given.
        tenant_salt: keeps caches of one tenant's prompts from another's; secret, never a name.
    """

    messages: tuple[Message, ...]
    tools: tuple[ToolSpec, ...] = ()
    json_schema: Mapping[str, Any] | None = None
    candidates: tuple[str, ...] = ()
    composite: ServedAdapter = BASE_ALONE
    sampling: Sampling = field(default_factory=Sampling)
    tenant_salt: str = ""


class Backend(Protocol):
    """A model runtime. Every method raises BackendUnavailable; an answer is of the asked adapter or none is given."""

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
        """One answer."""

    def ensure(self, *, composite: ServedAdapter) -> None:
        """Have it loaded; nothing happens where it is."""

    def evict(self, *, digest: str) -> None:
        """Forget it; nothing happens where it is not loaded."""

    def health(self) -> Health:
        """Whether it answers; never raises."""
