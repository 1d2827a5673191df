"""Constraints to and from JSON; what comes from outside is checked field by field."""

import dataclasses
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from campaigns.briefs.constraints import LEVELS, OBJECTIVES, TARGET_METRICS, Constraints, Limit, Target

MOST_MONEY = 1e12
MOST_WEEKS = 104
MOST_DAYS = 7 * MOST_WEEKS
MOST_NAMES = 200  # of retailers, limits or fixed amounts in one plan
DAY_IN_WEEKS = 1 / 7
NO_CHARACTERS = frozenset({"Cc", "Cs"})  # control characters and unpaired surrogates


class ConstraintError(ValueError):
    """A constraint is unknown or malformed. ``where`` names the field, ``detail`` says what it must be."""

    def __init__(self, *, where: str, detail: str) -> None:
        super().__init__(f"{where}: {detail}")
        self.where, self.detail = where, detail


def constraints_to_json(*, constraints: Constraints) -> dict[str, Any]:
    """The JSON of ``parse_brief``: only what was said, shares as fractions, money as numbers, days as ISO 8601."""
    written: dict[str, Any] = {}
    for field in dataclasses.fields(constraints):
        value = getattr(constraints, field.name)
        if value is not None and value != () and value != {}:
            written[field.name] = _written(value)
    return written


def constraints_from_json(*, values: Mapping[str, Any]) -> Constraints:
    """Constraints from JSON; null counts as not said.

    Raises:
        ConstraintError: a field is unknown, has a value it cannot have, or contradicts another.
    """
    read: dict[str, Any] = {}
    for name, value in values.items():
        reader = _READERS.get(name)
        if reader is None:
            raise ConstraintError(where=name, detail=f"There is no such constraint; known are {', '.join(_READERS)}.")
        if value is not None:
            read[name] = reader(name, value)
    constraints = Constraints(**read)
    _check_together(constraints)
    return constraints


def replace(*, constraints: Constraints, changes: Mapping[str, Any]) -> Constraints:
    """A copy with some fields changed to JSON values; null removes a constraint.

    Raises:
        ConstraintError: as ``constraints_from_json``.
    """
    return constraints_from_json(values={**constraints_to_json(constraints=constraints), **changes})


def _written(value: Any) -> Any:
    if isinstance(value, Limit):
        size = {"share": value.share} if value.share is not None else {"amount": value.amount}
        return {"level": value.level, "name": value.name, **size}
    if isinstance(value, Target):
        return {value.metric: value.value}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


def _number(low: float, high: float, *, above: bool = False, below: bool = False) -> Callable[[str, Any], float]:
    """A reader of numbers from ``low`` to ``high``; ``above`` and ``below`` exclude the ends themselves."""
    asked = f"{'above' if above else 'from'} {low:,.4g} {'to below' if below else 'to'} {high:,.0f}"

    def read(where: str, value: Any) -> float:
        fits = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
        if not fits or (above and value == low) or (below and value == high):
            raise ConstraintError(where=where, detail=f"This must be a number {asked}.")
        return float(value)

    return read


def _text(where: str, value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not 0 < len(text) <= 200 or any(unicodedata.category(letter) in NO_CHARACTERS for letter in text):
        raise ConstraintError(where=where, detail="This must be a text of 1 to 200 characters in one line.")
    return text


def _listed(where: str, value: Any, *, of: str) -> list[Any]:
    if not isinstance(value, list | tuple) or len(value) > MOST_NAMES:
        raise ConstraintError(where=where, detail=f"This must be a list of at most {MOST_NAMES} {of}.")
    return list(value)


def _texts(where: str, value: Any) -> tuple[str, ...]:
    names = _listed(where, value, of="names")
    return tuple(dict.fromkeys(_text(f"{where}[{place}]", each) for place, each in enumerate(names)))


def _choice(known: tuple[str, ...]) -> Callable[[str, Any], str]:
    def read(where: str, value: Any) -> str:
        if value not in known:
            raise ConstraintError(where=where, detail=f"This must be one of {', '.join(known)}.")
        return str(value)

    return read


def _currency(where: str, value: Any) -> str:
    if not (isinstance(value, str) and len(value) == 3 and value.isascii() and value.isalpha() and value.isupper()):
        raise ConstraintError(where=where, detail="This must be an ISO 4217 code such as USD.")
    return value


def _day(where: str, value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ConstraintError(where=where, detail="This must be a day such as 2026-06-01.") from error


def _limits(where: str, value: Any) -> tuple[Limit, ...]:
    limits = _listed(where, value, of="limits")
    return tuple(_limit(f"{where}[{place}]", each) for place, each in enumerate(limits))


def _limit(where: str, value: Any) -> Limit:
    if not isinstance(value, Mapping) or not set(value) <= {"level", "name", "share", "amount"}:
        raise ConstraintError(where=where, detail="This must have a level, a name or null, and a share or an amount.")
    share, amount = value.get("share"), value.get("amount")
    if (share is None) == (amount is None):
        raise ConstraintError(where=where, detail="This needs either a share of the budget or an amount.")
    return Limit(
        level=_choice(LEVELS)(f"{where}.level", value.get("level")),
        name=None if value.get("name") is None else _text(f"{where}.name", value["name"]),
        share=None if share is None else _number(0, 1)(f"{where}.share", share),
        amount=None if amount is None else _number(0, MOST_MONEY)(f"{where}.amount", amount),
    )


def _amounts(where: str, value: Any) -> dict[str, float]:
    if not isinstance(value, Mapping) or len(value) > MOST_NAMES:
        raise ConstraintError(where=where, detail=f"This must be an object of at most {MOST_NAMES} amounts by name.")
    read = _number(0, MOST_MONEY)
    return {_text(where, name): read(f"{where}.{name}", amount) for name, amount in value.items()}


def _target(where: str, value: Any) -> Target:
    if not isinstance(value, Mapping) or len(value) != 1:
        raise ConstraintError(where=where, detail="This must be one metric and its value, such as {'roas': 4}.")
    ((metric, amount),) = value.items()
    known = _choice(TARGET_METRICS)(where, metric)
    return Target(metric=known, value=_number(0, MOST_MONEY, above=True)(f"{where}.{known}", amount))


def _check_together(constraints: Constraints) -> None:
    start, end = constraints.start, constraints.end
    if start and end and end < start:
        raise ConstraintError(where="end", detail="The end lies before the start.")
    if start and end and (end - start).days >= MOST_DAYS:
        raise ConstraintError(where="end", detail=f"A plan lasts at most {MOST_WEEKS} weeks.")
    budget = constraints.budget
    if budget is not None and sum(constraints.fixed.values()) > budget:
        raise ConstraintError(where="fixed", detail="The fixed amounts add up to more than the budget.")
    if constraints.risk is not None and constraints.target is not None and constraints.target.metric != "roas":
        raise ConstraintError(where="risk", detail="A target is reached on average; remove it to plan for the worst.")


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "budget": _number(0, MOST_MONEY, above=True),
    "currency": _currency,
    "retailers": _texts,
    "brand": _text,
    "objective": _choice(OBJECTIVES),
    "roas_floor": _number(0, 1000),
    "cpa_ceiling": _number(0, MOST_MONEY, above=True),
    "reserve": _number(0, 1, below=True),
    "caps": _limits,
    "floors": _limits,
    "fixed": _amounts,
    "change_limit": _number(0, 100),
    "oos_threshold": _number(0, 1),
    "risk": _number(0.01, 1),
    "weeks": _number(DAY_IN_WEEKS, MOST_WEEKS),
    "start": _day,
    "end": _day,
    "target": _target,
}
