"""What a pack says of a check, read strictly: an unknown or mistyped key is an error, never ignored."""

from collections.abc import Mapping
from typing import Any

from campaigns.creative.advert import COPY

SPOKEN = tuple(name for name in COPY if name not in {"alt", "disclosure"})


class PackError(ValueError):
    """The pack is wrong; the message says where and how."""


class Parameters:
    """Typed access to a mapping; ``finish`` refuses what nobody asked for."""

    def __init__(self, values: Mapping[str, Any], *, where: str) -> None:
        self._left = dict(values)
        self._where = where

    def text(self, name: str, default: str = "") -> str:
        return str(self._taken(name, str, default))

    def number(self, name: str, default: int = 0) -> int:
        return int(self._taken(name, int, default))

    def flag(self, name: str) -> bool:
        return bool(self._taken(name, bool, False))

    def texts(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        values = self._taken(name, list, list(default))
        if not all(isinstance(value, str) for value in values):
            raise PackError(f"{self._where}: “{name}” is a list of texts")
        return tuple(values)

    def numbers(self, name: str) -> tuple[int, ...]:
        values = self._taken(name, list, [])
        if not all(isinstance(value, int) for value in values):
            raise PackError(f"{self._where}: “{name}” is a list of whole numbers")
        return tuple(values)

    def finish(self) -> None:
        if self._left:
            raise PackError(f"{self._where}: unknown {', '.join(sorted(self._left))}")

    def _taken(self, name: str, kind: type, default: Any) -> Any:
        value = self._left.pop(name, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise PackError(f"{self._where}: “{name}” is not {kind.__name__}")
        return value
