"""Two readings of one brief: what both say stands, what they differ in is asked, never chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LABELS: Mapping[str, str] = {
    "budget": "the budget",
    "currency": "the currency",
    "retailers": "the retailers",
    "brand": "the brand",
    "objective": "what to maximise",
    "roas_floor": "the lowest ROAS",
    "cpa_ceiling": "the highest cost per order",
    "reserve": "the reserve for experiments",
    "caps": "the cap on",
    "floors": "the floor on",
    "fixed": "the fixed amount of",
    "change_limit": "the change limit",
    "oos_threshold": "the stock-out threshold",
    "weeks": "the length in weeks",
    "start": "the start",
    "end": "the end",
    "target": "the target",
}
LIMITS = ("caps", "floors")  # compared node by node, as ``fixed`` is name by name
ALWAYS_BOTH = ("budget", "currency")  # money is never taken from the model alone
# Names and days that the rules copied to the letter need no second reader; figures are asked about.
SAID_TO_THE_LETTER = ("currency", "retailers", "brand", "objective", "weeks", "start", "end")


@dataclass(frozen=True, kw_only=True)
class CrossChecked:
    """What stands, as JSON constraints, and what to ask the user."""

    constraints: Mapping[str, Any]
    questions: tuple[str, ...]


Place = tuple[str, str]  # field, and which of its entries


def cross_check(*, model: Mapping[str, Any], rules: Mapping[str, Any], has_gap: bool) -> CrossChecked:
    """Compare constraints in JSON: field by field, limits and fixed amounts one by one.

    What only the rules read stands, as they read to the letter; figures are asked about. What only the model read
    stands where the rules said that they did not understand all (``has_gap``), and is asked about otherwise; money
    always is.
    """
    ours, theirs = _entries(model), _entries(rules)
    kept: dict[Place, Any] = {}
    questions = []
    for place in sorted(ours.keys() | theirs.keys(), key=lambda each: (list(LABELS).index(each[0]), each[1])):
        one, other, said = ours.get(place), theirs.get(place), _label(place)
        if _same(one, other):
            kept[place] = other
        elif one is None:
            kept[place] = other
            if place[0] not in SAID_TO_THE_LETTER:
                questions.append(f"The rules read {said} as {_said(other)}, the model did not. Is it right?")
        elif other is None and has_gap and place[0] not in ALWAYS_BOTH:
            kept[place] = one
        elif other is None:
            questions.append(f"The model reads {said} as {_said(one)}, the rules did not. Should it hold?")
        else:
            questions.append(f"The model reads {said} as {_said(one)}, the rules as {_said(other)}. Which one holds?")
    return CrossChecked(constraints=_joined(kept), questions=tuple(questions))


def _entries(constraints: Mapping[str, Any]) -> dict[Place, Any]:
    found: dict[Place, Any] = {}
    for field in LABELS:
        value = constraints.get(field)
        if value is None:
            continue
        if field in LIMITS:
            for limit in value:
                found.setdefault((field, _node(limit)), []).append(limit)
        elif field == "fixed":
            found |= {(field, name): amount for name, amount in value.items()}
        else:
            found[field, ""] = value
    return found


def _joined(entries: Mapping[Place, Any]) -> dict[str, Any]:
    joined: dict[str, Any] = {}
    for (field, entry), value in entries.items():
        if field in LIMITS:
            joined[field] = [*joined.get(field, []), *value]
        elif field == "fixed":
            joined[field] = {**joined.get(field, {}), entry: value}
        else:
            joined[field] = value
    return joined


def _node(limit: Mapping[str, Any]) -> str:
    return str(limit["name"] or f"each {limit['level']}")


def _label(place: Place) -> str:
    field, entry = place
    return f"{LABELS[field]} {entry}".strip()


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-6 * max(abs(one), abs(other))
    if isinstance(one, list) and isinstance(other, list):
        return _sorted(one) == _sorted(other)
    return bool(one == other)


def _sorted(values: list[Any]) -> list[str]:
    return sorted(repr(sorted(value.items(), key=str) if isinstance(value, dict) else value) for value in values)


def _said(value: Any) -> str:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        return " and ".join(_size(item) if isinstance(item, dict) else _said(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {_said(inner)}" for name, inner in value.items() if inner is not None)
    return str(value)


def _size(limit: Mapping[str, Any]) -> str:
    return f"{_said(100 * limit['share'])}%" if "share" in limit else _said(limit["amount"])
