"""One thread runs the model; whoever asks waits in line, and those who wait together go as one batch."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition, Event
from typing import Any

from agents.engine.constraints import Row
from agents.engine.worn_model import WornModel
from agents.federation.generation import BackendUnavailable, GenerationRefused, Request

MOST_ROWS = 8
MOST_WAITING = 4096
LATE = BackendUnavailable(
    "The model runtime is too slow", "The time for this answer was over before its turn.", "engine"
)


@dataclass(kw_only=True)
class Turn:
    """Something to do, and what came of it."""

    request: Request | None = None
    act: Callable[[WornModel], None] | None = None
    deadline: float = 0.0
    asked_at: float = field(default_factory=time.monotonic)
    done: Event = field(default_factory=Event)
    answer: dict[str, Any] = field(default_factory=dict)
    error: BackendUnavailable | None = None

    def fail(self, error: BackendUnavailable) -> None:
        self.error = error
        self.done.set()


class Line:
    """First come, first served; ``take`` gives the next batch."""

    def __init__(self) -> None:
        self._waiting: deque[Turn] = deque()
        self._changed = Condition()
        self._is_open = True

    def put(self, turn: Turn) -> None:
        with self._changed:
            if not self._is_open or len(self._waiting) >= MOST_WAITING:
                turn.fail(BackendUnavailable("The model runtime is overloaded", "Too many questions wait.", "engine"))
                return
            self._waiting.append(turn)
            self._changed.notify()

    def take(self, *, bytes_at_once: int) -> list[Turn]:
        """Up to eight questions whose adapters fit together, or one other act; empty once the line is closed."""
        with self._changed:
            while self._is_open and not self._waiting:
                self._changed.wait()
            if not self._waiting:
                return []
            batch = [self._waiting.popleft()]
            if batch[0].request is None:
                return batch
            while self._waiting and len(batch) < MOST_ROWS and _fits(batch, self._waiting[0], bytes_at_once):
                batch.append(self._waiting.popleft())
            return batch

    def close(self) -> None:
        with self._changed:
            self._is_open = False
            for turn in self._waiting:
                turn.fail(BackendUnavailable("The model runtime is stopping", "Ask again in a moment.", "engine"))
            self._waiting.clear()
            self._changed.notify_all()


def run_line(*, line: Line, model: WornModel) -> None:
    """The engine thread: until the line is closed. No failure of one batch ends it."""
    while batch := line.take(bytes_at_once=model.worn.limit):
        try:
            _act(batch[0], model) if batch[0].request is None else _answer(batch, model)
        except GenerationRefused as refused:
            _fail_all(batch, refused)
        except Exception as error:  # what the runtime raises is told to those who asked
            _fail_all(batch, BackendUnavailable("The model runtime failed", f"{type(error).__name__}: {error}"[:300]))


def _act(turn: Turn, model: WornModel) -> None:
    if turn.act is not None:
        turn.act(model)
    turn.done.set()


def _answer(batch: list[Turn], model: WornModel) -> None:
    begun: list[tuple[Turn, Row, list[int]]] = []
    now = time.monotonic()
    for turn in batch:
        try:
            if turn.request is None or now > turn.deadline:
                raise LATE
            model.ensure(turn.request.composite)
            begun.append((turn, *model.begin(request=turn.request, deadline=turn.deadline)))
        except BackendUnavailable as error:
            turn.fail(error)
        except Exception as error:  # one question that breaks a template or a grammar must not end its neighbours'
            turn.fail(GenerationRefused("The question cannot be read", f"{type(error).__name__}: {error}"[:300]))
    if not begun:
        return
    model.generate(rows=[row for _, row, _ in begun], prompts=[prompt for _, _, prompt in begun])
    ended = time.monotonic()
    for turn, row, prompt in begun:
        turn.answer = {
            "text": model.text(row),
            "finish": row.finish,
            "name": row.request.composite.name,
            "prompt_tokens": len(prompt),
            "completion_tokens": row.written,
            "waited": now - turn.asked_at,
            "generated": ended - now,
        }
        turn.done.set()


def _fits(batch: list[Turn], turn: Turn, bytes_at_once: int) -> bool:
    """Only questions share a batch, sums of several adapters only with the same sum; all must be held at once."""
    if turn.request is None or batch[0].request is None:
        return False
    first, next_one = batch[0].request.composite, turn.request.composite
    if len(first.folders) > 1 or len(next_one.folders) > 1:
        return first.name == next_one.name
    sizes = {one.request.composite.name: one.request.composite.size for one in [*batch, turn] if one.request}
    return sum(sizes.values()) <= bytes_at_once


def _fail_all(batch: list[Turn], error: BackendUnavailable) -> None:
    for turn in batch:
        if not turn.done.is_set():
            turn.fail(error)
