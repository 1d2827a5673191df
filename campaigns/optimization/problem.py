"""What is to be decided: a budget, cells with response curves, and rules with names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.optimization.cell_reading import read_cells
from campaigns.optimization.cells import Cell
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
from campaigns.optimization.membership import ANY, PathIndex

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
    cells: Sequence[Cell]
    rules: tuple[Rule, ...] = ()


def problem_from_json(document: Any) -> Problem:
    """Read ``PROBLEM.json``.

    Raises:
        ProblemError: anything missing, unknown, out of range or contradictory within one field.
    """
    fields = read_object(document, where="the problem")
    refuse_unknown(fields, known=("budget", "currency", "objective", "cells", "rules"), where="the problem")
    currency = read_text(fields, "currency", where="currency")
    cells = read_cells(read_list(fields.get("cells"), where="cells"), currency=currency)
    _refuse_twins(cells.ids, what="id", where="cells")
    rules = tuple(
        _rule(read_object(item, where=f"rules[{i}]"), where=f"rules[{i}]", index=cells.path_index)
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


def _rule(fields: Mapping[str, Any], *, where: str, index: PathIndex) -> Rule:
    refuse_unknown(fields, known=("kind", "name", "path", "value", "value_kind"), where=where)
    kind = read_choice(fields, "kind", among=RULE_KINDS, where=where)
    path = read_path(fields, "path", where=where)
    if not index.under(path).any():
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


def _refuse_twins(names: Sequence[str], *, what: str, where: str) -> None:
    if len(set(names)) == len(names):
        return
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ProblemError(f"The same {what} twice", f"'{name}' stands for two things; rename one.", where)
        seen.add(name)
