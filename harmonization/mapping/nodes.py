"""Walk a mapping file's keys with their lines, and say where something is wrong."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.safe_yaml import Located

Choice = TypeVar("Choice", bound=StrEnum)
MAX_TEXT = 400


@dataclass(frozen=True, kw_only=True)
class Node:
    """A dictionary of the file and the path of keys that leads to it. Every method raises MappingError."""

    located: Located
    path: str = ""

    def fail(self, message: str, *, key: str = "") -> MappingError:
        """The error at this place or at one of its keys."""
        place = self.located.value.get(key, self.located) if isinstance(self.located.value, dict) else self.located
        return MappingError(message, line=place.line, field=self._below(key))

    def expect(self, keys: Iterable[str]) -> None:
        """Refuse to be anything but a dictionary of these keys."""
        allowed = sorted(keys)
        if not isinstance(self.located.value, dict):
            raise self.fail("must be a dictionary of keys and values")
        for key in self.located.value:
            if key not in allowed:
                raise self.fail(f"unknown key; known here: {', '.join(allowed)}", key=key)

    def has(self, key: str) -> bool:
        return key in self.located.value

    def text(self, key: str, *, default: str | None = None, pattern: str = ".*") -> str:
        """Text or a number written as text; required where there is no default."""
        value = self._value(key, default=default)
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise self.fail("must be text", key=key)
        text = str(value)
        if len(text) > MAX_TEXT or not re.fullmatch(pattern, text, flags=re.DOTALL):
            raise self.fail(f"“{text[:60]}” is not allowed here", key=key)
        return text

    def texts(self, key: str, *, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of different texts; one text stands for a list of one."""
        value = self._value(key, default=default)
        if isinstance(value, tuple):
            return value
        items = [one.value for one in value] if isinstance(value, list) else [value]
        if not items or any(isinstance(one, bool) or not isinstance(one, str | int) or one == "" for one in items):
            raise self.fail("must be a list of texts", key=key)
        if len(set(items)) != len(items):
            raise self.fail("names something twice", key=key)
        return tuple(str(one) for one in items)

    def flag(self, key: str) -> bool:
        """True or false; false where absent."""
        value = self._value(key, default=False)
        if not isinstance(value, bool):
            raise self.fail("must be true or false", key=key)
        return value

    def whole_number(self, key: str, *, least: int, most: int) -> int | None:
        """A whole number between two bounds; None where absent."""
        value = self._value(key, default=None) if self.has(key) else None
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.fail(f"must be a whole number from {least} to {most}", key=key)
        return value

    def choice(self, key: str, kind: type[Choice], *, default: Choice | None = None) -> Choice | None:
        """One of the values of an enum."""
        if not self.has(key) or self._value(key, default=None) is None:
            return default
        try:
            return kind(self.text(key))
        except ValueError as error:
            raise self.fail(f"must be one of {', '.join(kind)}", key=key) from error

    def pairs(self, key: str) -> dict[str, str]:
        """A dictionary of texts; empty where absent."""
        if not self.has(key):
            return {}
        node = self.child(key)
        node.expect(node.located.value if isinstance(node.located.value, dict) else ())
        return {name: node.text(name) for name in node.located.value}

    def child(self, key: str) -> "Node":
        """The dictionary under a key; required."""
        if not self.has(key):
            raise self.fail(f"the key “{key}” is missing")
        return Node(located=self.located.value[key], path=self._below(key))

    def children(self, key: str) -> Iterator["Node"]:
        """The dictionaries in the list under a key; none where absent."""
        if not self.has(key):
            return
        if not isinstance(self.located.value[key].value, list):
            raise self.fail("must be a list", key=key)
        for number, item in enumerate(self.located.value[key].value, start=1):
            yield Node(located=item, path=f"{self._below(key)}[{number}]")

    def _value(self, key: str, *, default: object) -> object:
        if self.has(key):
            return self.located.value[key].value
        if default is None:
            raise self.fail(f"the key “{key}” is missing")
        return default

    def _below(self, key: str) -> str:
        return ".".join(part for part in (self.path, key) if part)
