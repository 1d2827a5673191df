"""Steps of the smoke run: each is named, timed, and fails with what it saw."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


class SmokeFailed(Exception):
    """A step did not do what it should."""

    def __init__(self, *, step: str, reason: str) -> None:
        super().__init__(f"{step}: {reason}")
        self.step, self.reason = step, reason

    def as_dict(self) -> dict[str, str]:
        return {"step": self.step, "reason": self.reason}


@dataclass(kw_only=True)
class StepLog:
    """What was done, in order, with seconds."""

    steps: list[dict[str, Any]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        started = time.monotonic()
        try:
            yield
        except SmokeFailed:
            raise
        except Exception as error:
            raise SmokeFailed(step=name, reason=f"{type(error).__name__}: {error}") from error
        self.steps.append({"step": name, "seconds": round(time.monotonic() - started, 3)})


def expect(claim: bool, *, step: str, reason: str) -> None:
    """SmokeFailed unless the claim holds."""
    if not claim:
        raise SmokeFailed(step=step, reason=reason)
