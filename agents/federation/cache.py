"""What was used last stays, within a bound of bytes."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

ValueT = TypeVar("ValueT")


def _nothing(name: str, value: object) -> None:
    return


class BoundedCache(Generic[ValueT]):
    """Least recently used go first once ``limit`` bytes are passed; safe between threads.

    Args:
        limit: bytes held at most; beyond it only the value put last is held, however large.
        size: bytes of a value.
        dropped: told each value that is put out, with its name.
    """

    def __init__(
        self, *, limit: int, size: Callable[[ValueT], int], dropped: Callable[[str, ValueT], None] = _nothing
    ) -> None:
        self.limit, self.held = limit, 0
        self._size, self._dropped = size, dropped
        self._values: OrderedDict[str, ValueT] = OrderedDict()
        self._turn = Lock()

    def get(self, name: str) -> ValueT | None:
        with self._turn:
            value = self._values.get(name)
            if value is not None:
                self._values.move_to_end(name)
            return value

    def put(self, name: str, value: ValueT) -> None:
        """Hold it under its name, in place of what had the name (which is not told as dropped)."""
        with self._turn:
            self._take_out(name)
            dropped = []
            while self._values and self.held + self._size(value) > self.limit:
                oldest = next(iter(self._values))
                dropped.append((oldest, self._take_out(oldest)))
            self._values[name] = value
            self.held += self._size(value)
        for gone, what in dropped:
            if what is not None:
                self._dropped(gone, what)

    def drop(self, name: str) -> None:
        """Put one out; nothing happens where it is not held."""
        with self._turn:
            value = self._take_out(name)
        if value is not None:
            self._dropped(name, value)

    def names(self) -> tuple[str, ...]:
        """Least recently used first."""
        with self._turn:
            return tuple(self._values)

    def _take_out(self, name: str) -> ValueT | None:
        value = self._values.pop(name, None)
        if value is not None:
            self.held -= self._size(value)
        return value
