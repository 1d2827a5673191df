"""Read the YAML of a mapping without trusting it: small, shallow, no aliases, no tags, no key twice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from harmonization.mapping.mapping_error import MappingError

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,18}")
WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, kw_only=True)
class Located:
    """A value with the line it stands on. Values: str, int, bool, None, dict of str to Located, list of Located."""

    value: Any
    line: int


def read_yaml(*, text: str) -> Located:
    """The one document of the text.

    Plain scalars follow the core schema of YAML 1.2: only ``true`` and ``false`` are booleans, ``no``, ``on`` and
    ``12:30`` are text. Raises MappingError with the line.
    """
    if len(text.encode()) > MAX_BYTES:
        raise MappingError(f"the file is larger than {MAX_BYTES // 1024} kB")
    events = _content(text)
    first = next(events, None)
    if first is None:
        raise MappingError("the file is empty", line=1)
    document = _value(first, events, depth=1)
    if another := next(events, None):
        raise MappingError("only one YAML document is allowed", line=_line(another))
    return document


def _content(text: str) -> Iterator[Any]:
    """The events that carry content, with anchors, aliases and tags refused."""
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise MappingError("anchors (&) and aliases (*) are not allowed", line=_line(event))
            if tag := getattr(event, "tag", None):
                raise MappingError(f"the tag {tag} is not allowed", line=_line(event))
            if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent | yaml.CollectionEndEvent):
                yield event
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise MappingError(f"not YAML: {error.problem}", line=mark.line + 1 if mark else None) from error
    except yaml.YAMLError as error:
        raise MappingError(f"not YAML: {str(error).splitlines()[0]}") from error


def _value(event: Any, events: Iterator[Any], *, depth: int) -> Located:
    if depth > MAX_DEPTH:
        raise MappingError(f"nested deeper than {MAX_DEPTH} levels", line=_line(event))
    if isinstance(event, yaml.MappingStartEvent):
        return Located(value=_dictionary(events, depth=depth), line=_line(event))
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            items.append(_value(item, events, depth=depth + 1))
        return Located(value=items, line=_line(event))
    return Located(value=_scalar(event), line=_line(event))


def _dictionary(events: Iterator[Any], *, depth: int) -> dict[str, Located]:
    found: dict[str, Located] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        if not isinstance(event, yaml.ScalarEvent):
            raise MappingError("a key must be plain text", line=_line(event))
        if event.value in found:
            raise MappingError(f"the key “{event.value}” stands twice", line=_line(event), field=event.value)
        found[event.value] = _value(next(events), events, depth=depth + 1)
    return found


def _scalar(event: Any) -> str | int | bool | None:
    text = str(event.value)
    if not event.implicit[0]:
        return text
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    return int(text) if WHOLE_NUMBER.fullmatch(text) else text


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
