"""Being asked to end: signals become one exception, so that everything is put away in order."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """The process was asked to end by signal ``number``; like KeyboardInterrupt, no ``except Exception`` eats it."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first SIGINT, SIGTERM or SIGHUP into ``Stopped``; ignore later ones while things are put away."""

    def leave(number: int, frame: FrameType | None) -> None:
        for other in SIGNALS:
            signal.signal(other, signal.SIG_IGN)
        raise Stopped(number)

    before = {number: signal.signal(number, leave) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def stopped_afterwards() -> Iterator[None]:
    """Keep a signal until the block is done: what is being started must be known before it can be put away."""
    asked: list[int] = []
    before = {number: signal.signal(number, lambda number, frame: asked.append(number)) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if asked:
        os.kill(os.getpid(), asked[0])
