"""What is to be decided: a budget, cells with response curves, and rules with names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from campaigns.optimization.curve_reading import read_curve
from campaigns.optimization.curves import Curve
from campaigns.optimization.fields import (
    ProblemError,
    read_choice,
    read_list,
    read_number,
    read_object,
    read_path,
    read_text,
    refuse_unknown,
)

__all__ = ["ANY", "OBJECTIVES", "RULE_KINDS", "Cell", "Problem", "ProblemError", "Rule", "problem_from_json"]

OBJECTIVES = ("incremental_margin", "incremental_revenue", "revenue", "units", "profit")
RULE_KINDS = (
    "node_cap",
    "node_floor",
    "fixed",
    "roas_floor",
    "reserve",
    "oos_threshold",
    "change_limit",
    "min_spend",
)
SHARES_ONLY = frozenset({"reserve", "oos_threshold", "change_limit"})
AMOUNT_OR_SHARE = frozenset({"node_cap", "node_floor", "fixed"})
ANY = "*"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A leaf of the plan that can take money.

    Attributes:
        path: names from channel downward.
        curve: attributed revenue over the horizon as a function of spend, both in the problem's currency.
        current: what it gets now, currency units.
        floor: least spend, currency units.
        cap: most spend, currency units; None when only the rules limit it.
        margin_rate: margin per unit of revenue, 0 to 1.
        incrementality: share of attributed revenue that ads caused, 0 to 1.
        oos_probability: chance of being out of stock over the flight; None when unknown.
        stock_value: what the sellable stock would bring in revenue, currency units; None when unknown.
        unit_price: revenue of one unit sold; None when unknown.
    """

    id: str
    path: tuple[str, ...]
    curve: Curve
    current: float = 0.0
    floor: float = 0.0
    cap: float | None = None
    margin_rate: float = 1.0
    incrementality: float = 1.0
    oos_probability: float | None = None
    stock_value: float | None = None
    unit_price: float | None = None

    def is_under(self, path: tuple[str, ...]) -> bool:
        """Whether the cell lies at or below ``path``; a part ``*`` of the path stands for any name."""
        return len(path) <= len(self.path) and all(
            part in (ANY, own) for part, own in zip(path, self.path, strict=False)
        )


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A named limit.

    Attributes:
        kind: one of ``RULE_KINDS``.
        path: the node it holds for; empty for the whole plan.
        value: currency units, or a share of the total budget (0 to 1) when ``value_kind`` is ``share``, or attributed
            revenue per unit of spend for ``roas_floor``.
    """

    kind: str
    name: str
    path: tuple[str, ...]
    value: float
    value_kind: str = "amount"

    def amount(self, *, budget: float) -> float:
        """The value in currency units."""
        return self.value * budget if self.value_kind == "share" else self.value


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Split at most ``budget`` over ``cells`` so that ``objective`` is highest under ``rules``."""

    budget: float
    currency: str
    objective: str
    cells: tuple[Cell, ...]
    rules: tuple[Rule, ...] = ()


def problem_from_json(document: Any) -> Problem:
    """Read ``PROBLEM.json``.

    Raises:
        ProblemError: anything missing, unknown, out of range or contradictory within one field.
    """
    fields = read_object(document, where="the problem")
    refuse_unknown(fields, known=("budget", "currency", "objective", "cells", "rules"), where="the problem")
    currency = read_text(fields, "currency", where="currency")
    cells = tuple(
        _cell(read_object(item, where=f"cells[{i}]"), where=f"cells[{i}]", currency=currency)
        for i, item in enumerate(read_list(fields.get("cells"), where="cells"))
    )
    if not cells:
        raise ProblemError("No cells", "There is nothing to spend on; give at least one cell.", "cells")
    _refuse_twins([cell.id for cell in cells], what="id", where="cells")
    rules = tuple(
        _rule(read_object(item, where=f"rules[{i}]"), where=f"rules[{i}]", cells=cells)
        for i, item in enumerate(read_list(fields.get("rules", []), where="rules"))
    )
    _refuse_twins(["budget", *(rule.name for rule in rules)], what="name", where="rules")
    return Problem(
        budget=read_number(fields, "budget", where=""),
        currency=currency,
        objective=read_choice(fields, "objective", among=OBJECTIVES, where="", default=OBJECTIVES[0]),
        cells=cells,
        rules=rules,
    )


def _cell(fields: Mapping[str, Any], *, where: str, currency: str) -> Cell:
    known = ("id", "path", "current", "min", "max", "margin_rate", "incrementality", "oos_probability", "curve")
    refuse_unknown(fields, known=(*known, "draws", "currency"), where=where)
    own_currency = read_text(fields, "currency", where=where, default=currency)
    if own_currency != currency:
        detail = f"This cell is in {own_currency}, the problem in {currency}; convert it before planning."
        raise ProblemError("Mixed currencies", detail, f"{where}.currency")
    path = read_path(fields, "path", where=where)
    if not path:
        raise ProblemError("No path", "A cell needs its place in the hierarchy.", f"{where}.path")
    floor = read_number(fields, "min", where=where, default=0.0)
    cap = None if fields.get("max") is None else read_number(fields, "max", where=where)
    if cap is not None and cap < floor:
        raise ProblemError("Cap below floor", f"'max' is {cap:g} but 'min' is {floor:g}.", where)
    has_oos = fields.get("oos_probability") is not None
    return Cell(
        id=read_text(fields, "id", where=where),
        path=path,
        curve=read_curve(fields, where=where),
        current=read_number(fields, "current", where=where, default=0.0),
        floor=floor,
        cap=cap,
        margin_rate=read_number(fields, "margin_rate", where=where, default=1.0, at_most=1.0),
        incrementality=read_number(fields, "incrementality", where=where, default=1.0, at_most=1.0),
        oos_probability=read_number(fields, "oos_probability", where=where, at_most=1.0) if has_oos else None,
    )


def _rule(fields: Mapping[str, Any], *, where: str, cells: tuple[Cell, ...]) -> Rule:
    refuse_unknown(fields, known=("kind", "name", "path", "value", "value_kind"), where=where)
    kind = read_choice(fields, "kind", among=RULE_KINDS, where=where)
    path = read_path(fields, "path", where=where)
    if not any(cell.is_under(path) for cell in cells):
        raise ProblemError("Unknown path", f"No cell lies under {' / '.join(path)}.", f"{where}.path")
    allowed = ("amount", "share") if kind in AMOUNT_OR_SHARE else ("share",) if kind in SHARES_ONLY else ("amount",)
    value_kind = read_choice(fields, "value_kind", among=allowed, where=where, default=allowed[0])
    at_most = 1.0 if value_kind == "share" and kind != "change_limit" else None
    return Rule(
        kind=kind,
        name=read_text(fields, "name", where=where, default=" ".join([kind.replace("_", " "), *path])),
        path=path,
        value=read_number(fields, "value", where=where, at_most=at_most),
        value_kind=value_kind,
    )


def _refuse_twins(names: list[str], *, what: str, where: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ProblemError(f"The same {what} twice", f"'{name}' stands for two things; rename one.", where)
        seen.add(name)
