"""What a training process says: one JSON object a line on standard output; everything else it prints is noise."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_POINTS = 400


@dataclass(frozen=True, kw_only=True)
class Step:
    """One logged step.

    Attributes:
        loss: mean over the rows since the last one.
        seconds: since this process began training; tokens: seen by it until now.
    """

    step: int
    of: int
    loss: float
    seconds: float
    tokens: int = 0

    @property
    def share(self) -> float:
        return self.step / self.of if self.of else 0.0


@dataclass(frozen=True, kw_only=True)
class Finished:
    """The end: scores on the held-out rows, before and after, and what it took."""

    scores: dict[str, float]
    steps: int
    seconds: float
    peak_bytes: int
    resumed_from: int = 0
    device: str = "cpu"


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """Asked to stop: a checkpoint of this step is written."""

    step: int


@dataclass(frozen=True, kw_only=True)
class Refused:
    """It cannot be done; the parts of a problem as people read them."""

    title: str
    detail: str
    where: str = ""
    fix: str = ""


@dataclass(frozen=True, kw_only=True)
class Started:
    """Loaded and about to train. ``resumed_from`` is the step of the checkpoint it goes on from."""

    parameters: int
    trainable: int
    rows: int
    resumed_from: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One composition of an evaluation is measured."""

    done: int
    of: int
    label: str


Event = Step | Finished | Stopped | Refused | Started | Measured
EVENTS: tuple[type[Event], ...] = (Step, Finished, Stopped, Refused, Started, Measured)
KINDS: dict[str, type[Event]] = {kind.__name__.lower(): kind for kind in EVENTS}


def to_line(event: Event) -> str:
    """The line that says it."""
    return json.dumps({"event": type(event).__name__.lower(), **asdict(event)})


def from_line(line: str) -> Event | None:
    """The event of a line; None for anything that is not one."""
    if not line.startswith('{"event"'):
        return None
    try:
        given: dict[str, Any] = json.loads(line)
        return KINDS[given.pop("event")](**given)
    except (ValueError, KeyError, TypeError):
        return None


@dataclass
class Curve:
    """The loss curve of a run, over all its attempts: a step that was done again replaces the earlier one."""

    points: dict[int, float] = field(default_factory=dict)

    def add(self, step: Step) -> None:
        self.points = {at: loss for at, loss in self.points.items() if at < step.step} | {step.step: step.loss}

    def thinned(self) -> list[tuple[int, float]]:
        """At most ``MOST_POINTS`` points, the last one always among them."""
        ordered = sorted(self.points.items())
        every = -(-len(ordered) // MOST_POINTS) or 1
        return [point for index, point in enumerate(ordered) if index % every == 0 or index == len(ordered) - 1]


def seconds_left(step: Step, *, resumed_from: int = 0) -> float | None:
    """How long it will go on at the pace so far; None before there is a pace."""
    done = step.step - resumed_from
    if done < 2 or step.seconds <= 0:
        return None
    return (step.of - step.step) * step.seconds / done
