"""Read the JSON of a request: nothing too deep to walk, no text that a database cannot keep."""

from collections.abc import Iterator, Mapping
from typing import IO, Any

from rest_framework.parsers import JSONParser

from tenants.api.refusals import Problem

MAX_DEPTH = 40
NUL = "\0"


class PlainJsonParser(JSONParser):
    """JSON whose texts can be stored and shown; anything else is a problem that names the place."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The parsed body. Raises ParseError for what is no JSON, Problem (400) for depth, NUL and half characters."""
        try:
            body = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise _too_deep() from error
        for where, value in _values(body):
            if isinstance(value, str) and not _is_storable(value):
                raise Problem(
                    status=400,
                    title="A text holds what is no character",
                    detail="NUL characters and unpaired surrogates cannot be kept.",
                    where=where,
                    fix="Send the text without them; JSON escapes such as \\u0000 and \\ud800 are the usual cause.",
                )
        return body


def _values(body: Any) -> Iterator[tuple[str, Any]]:
    """Keys and values with where they stand. Raises Problem (400) below ``MAX_DEPTH``."""
    waiting: list[tuple[str, int, Any]] = [("body", 1, body)]
    while waiting:
        where, depth, value = waiting.pop()
        if depth > MAX_DEPTH:
            raise _too_deep()
        yield where, value
        if isinstance(value, dict):
            yield from ((f"a name in {where}", key) for key in value)
            waiting.extend((f"{where}.{key}", depth + 1, child) for key, child in value.items())
        elif isinstance(value, list):
            waiting.extend((f"{where}[{place}]", depth + 1, child) for place, child in enumerate(value))


def _is_storable(text: str) -> bool:
    return NUL not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _too_deep() -> Problem:
    return Problem(
        status=400,
        title="The JSON is nested too deeply",
        detail=f"At most {MAX_DEPTH} levels are read.",
        where="body",
        fix="Send the fields that the documentation of the address names.",
    )
