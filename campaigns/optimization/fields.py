"""Read single fields of a problem's JSON, refusing what is not plainly right."""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any


class ProblemError(Exception):
    """The problem cannot be read as written.

    Attributes:
        title: what is wrong, in a few words.
        detail: what was found and how to fix it.
        where: the place in the JSON, such as ``cells[3].max``.
    """

    def __init__(self, title: str, detail: str, where: str) -> None:
        super().__init__(f"{title}: {detail} ({where})")
        self.title, self.detail, self.where = title, detail, where


def read_object(value: Any, *, where: str) -> Mapping[str, Any]:
    """A JSON object, or a refusal."""
    if not isinstance(value, Mapping):
        raise ProblemError("An object is expected", f"Found {_shown(value)}; write {{…}} here.", where)
    return value


def read_list(value: Any, *, where: str) -> Sequence[Any]:
    """A JSON array, or a refusal."""
    if not isinstance(value, list | tuple):
        raise ProblemError("A list is expected", f"Found {_shown(value)}; write […] here.", where)
    return value


def refuse_unknown(fields: Mapping[str, Any], *, known: Collection[str], where: str) -> None:
    """Refuse a field nobody reads: a misspelt rule that is silently ignored would cost money."""
    for name in fields:
        if name not in known:
            raise ProblemError("Unknown field", f"'{name}' is not read here; known: {', '.join(sorted(known))}.", where)


def read_text(fields: Mapping[str, Any], name: str, *, where: str, default: str | None = None) -> str:
    """Non-empty text; ``default`` when absent."""
    value = fields.get(name)
    if value is None and default is not None:
        return default
    if not isinstance(value, str) or not value.strip():
        raise ProblemError("Text is missing", f"'{name}' must be non-empty text, found {_shown(value)}.", where)
    return value


def read_choice(fields: Mapping[str, Any], name: str, *, among: Collection[str], where: str, default: str = "") -> str:
    """One of a few words; ``default`` when absent and not empty."""
    value = fields.get(name, default or None)
    if not isinstance(value, str) or value not in among:
        raise ProblemError(
            f"Unknown {name.replace('_', ' ')}", f"Found {_shown(value)}; choose {', '.join(among)}.", f"{where}.{name}"
        )
    return value


def read_path(fields: Mapping[str, Any], name: str, *, where: str) -> tuple[str, ...]:
    """Names from the top of the hierarchy downward; empty for the whole plan."""
    value = fields.get(name, [])
    if not isinstance(value, list | tuple) or any(not isinstance(part, str) or not part.strip() for part in value):
        raise ProblemError(
            "Not a path", f"A path is a list of non-empty names, found {_shown(value)}.", f"{where}.{name}"
        )
    return tuple(value)


def read_number(
    fields: Mapping[str, Any],
    name: str,
    *,
    where: str,
    default: float | None = None,
    above: float | None = None,
    at_most: float | None = None,
) -> float:
    """A finite number that is not negative.

    Args:
        default: taken when the field is absent or null; without it the field is required.
        above: the number must be greater than this.
        at_most: the number must not exceed this.
    """
    value = fields.get(name)
    place = f"{where}.{name}" if where else name
    if value is None and default is not None:
        return default
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ProblemError("A number is missing", f"'{name}' must be a number, found {_shown(value)}.", place)
    if not math.isfinite(value):
        raise ProblemError("Not a finite number", f"'{name}' is {value}; give a finite number.", place)
    if value < 0:
        raise ProblemError("A negative number", f"'{name}' is {value}; it cannot be below zero.", place)
    if above is not None and value <= above:
        raise ProblemError("A number too small", f"'{name}' is {value}; it must be greater than {above:g}.", place)
    if at_most is not None and value > at_most:
        raise ProblemError("A number too large", f"'{name}' is {value}; it must be at most {at_most:g}.", place)
    return float(value)


def _shown(value: Any) -> str:
    return "nothing" if value is None else f"{value!r:.60}"
