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
    "caps": "the caps",
    "floors": "the floors",
    "fixed": "the fixed amounts",
    "change_limit": "the change limit",
    "oos_threshold": "the stock-out threshold",
    "weeks": "the length in weeks",
    "start": "the start",
    "end": "the end",
    "target": "the target",
}


@dataclass(frozen=True, kw_only=True)
class CrossChecked:
    """What stands, as JSON constraints, and what to ask the user."""

    constraints: Mapping[str, Any]
    questions: tuple[str, ...]


ALWAYS_BOTH = ("budget", "currency")  # money is never taken from one reading alone


def cross_check(*, model: Mapping[str, Any], rules: Mapping[str, Any], has_gap: bool) -> CrossChecked:
    """Compare constraints in JSON, field by field.

    What only the rules read stands, as they read to the letter, and is asked about. What only the model read stands
    where the rules said that they did not understand all (``has_gap``), and is asked about otherwise; money always is.
    """
    kept: dict[str, Any] = {}
    questions = []
    for name in LABELS:
        one, other = model.get(name), rules.get(name)
        if one is None and other is None:
            continue
        if _same(one, other):
            kept[name] = other
        elif one is None:
            kept[name] = other
            questions.append(f"The rules read {LABELS[name]} as {_said(other)}, the model did not. Is it right?")
        elif other is None and has_gap and name not in ALWAYS_BOTH:
            kept[name] = one
        elif other is None:
            questions.append(f"The model reads {LABELS[name]} as {_said(one)}, the rules did not. Should it hold?")
        else:
            questions.append(
                f"The model reads {LABELS[name]} as {_said(one)}, the rules as {_said(other)}. Which one holds?"
            )
    return CrossChecked(constraints=kept, questions=tuple(questions))


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
        return "; ".join(_said(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {_said(inner)}" for name, inner in value.items() if inner is not None)
    return str(value)
