"""What is to be decided: a budget, cells with response curves, and rules with names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.cell_reading import read_cells
from campaigns.optimization.cells import Cell, CellTable
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
from campaigns.optimization.membership import ANY

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
    "pacing",
)
S_SHAPES = ("hull", "exact")
SHARES_ONLY = frozenset({"reserve", "oos_threshold", "change_limit"})
_FIELDS = ("budget", "currency", "objective", "cells", "rules", "target", "risk", "s_shapes")
AMOUNT_OR_SHARE = frozenset({"node_cap", "node_floor", "fixed", "pacing"})


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A named limit.

    Attributes:
        kind: one of ``RULE_KINDS``.
        path: the node it holds for; empty for the whole plan.
        value: currency units, or a share of the total budget (0 to 1) when ``value_kind`` is ``share``, or attributed
            revenue per unit of spend for ``roas_floor``; for ``pacing`` the most for each period.
        period: the only period a ``pacing`` rule holds for; empty for each of them.
    """

    kind: str
    name: str
    path: tuple[str, ...]
    value: float
    value_kind: str = "amount"
    period: str = ""

    def amount(self, *, budget: float) -> float:
        """The value in currency units."""
        return self.value * budget if self.value_kind == "share" else self.value


@dataclass(frozen=True, kw_only=True)
class Target:
    """An outcome to reach: ``metric`` is one of ``OBJECTIVES``, ``value`` in its units."""

    metric: str
    value: float


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Split at most ``budget`` over ``cells`` so that ``objective`` is highest under ``rules``.

    With a target the least budget is wanted that reaches it, and ``budget`` is the most there is. With a
    ``worst_share`` the mean of that share of the draws, the worst ones, is to be highest instead of the mean of all.
    ``is_exact`` asks for S-shaped responses as they are instead of their concave hulls.
    """

    budget: float
    currency: str
    objective: str
    cells: Sequence[Cell]
    rules: tuple[Rule, ...] = ()
    target: Target | None = None
    worst_share: float | None = None
    is_exact: bool = False


def problem_from_json(document: Any) -> Problem:
    """Read ``PROBLEM.json``.

    Raises:
        ProblemError: anything missing, unknown, out of range or contradictory within one field.
    """
    fields = read_object(document, where="the problem")
    refuse_unknown(fields, known=_FIELDS, where="the problem")
    currency = read_text(fields, "currency", where="currency")
    cells = read_cells(read_list(fields.get("cells"), where="cells"), currency=currency)
    _refuse_twins(cells.ids, what="id", where="cells")
    rules = tuple(
        _rule(read_object(item, where=f"rules[{i}]"), where=f"rules[{i}]", cells=cells)
        for i, item in enumerate(read_list(fields.get("rules", []), where="rules"))
    )
    _refuse_twins(["budget", *(rule.name for rule in rules)], what="name", where="rules")
    objective = read_choice(fields, "objective", among=OBJECTIVES, where="", default=OBJECTIVES[0])
    target = _target(fields)
    if "units" in (objective, target.metric if target else ""):
        _require_unit_prices(cells)
    return Problem(
        budget=read_number(fields, "budget", where=""),
        currency=currency,
        objective=objective,
        cells=cells,
        rules=rules,
        target=target,
        is_exact=read_choice(fields, "s_shapes", among=S_SHAPES, where="", default=S_SHAPES[0]) == "exact",
        worst_share=_worst_share(fields, cells=cells, has_target=target is not None),
    )


def _worst_share(fields: Mapping[str, Any], *, cells: CellTable, has_target: bool) -> float | None:
    """The share of draws that counts as worst; None where the mean over all of them is wanted."""
    if fields.get("risk") is None:
        return None
    said = read_object(fields["risk"], where="risk")
    refuse_unknown(said, known=("worst_share",), where="risk")
    share = read_number(said, "worst_share", where="risk", above=0.0, at_most=1.0)
    if fields.get("s_shapes") == "exact":
        raise ProblemError("Risk and exact S-shapes together", "Worst draws are sought on hulls; choose one.", "risk")
    if has_target:
        raise ProblemError("Risk and target together", "Give one of both; a target is reached on average.", "risk")
    counts = {group.shape.until.shape[1] for group in cells.responses.groups} - {1}
    if len(counts) != 1:
        found = f"they have {' and '.join(map(str, sorted(counts)))}" if counts else "no cell has any"
        detail = f"Worst cases are read from 'draws', the same number of them in every cell that has some; {found}."
        raise ProblemError("Draws missing", detail, "risk")
    return share


def _target(fields: Mapping[str, Any]) -> Target | None:
    if fields.get("target") is None:
        return None
    said = read_object(fields["target"], where="target")
    refuse_unknown(said, known=OBJECTIVES, where="target")
    if len(said) != 1:
        raise ProblemError("Not one target", 'Give one outcome and its value, such as {"revenue": 4000}.', "target")
    (metric,) = said
    return Target(metric=metric, value=read_number(said, metric, where="target", above=0.0))


def _require_unit_prices(cells: CellTable) -> None:
    unknown = np.flatnonzero(np.isnan(cells.numbers["unit_price"]))
    if unknown.size:
        detail = f"Units can only be counted where 'unit_price' is known; {unknown.size} cells lack it."
        raise ProblemError("Unit price missing", detail, f"cells[{unknown[0]}].unit_price")


def _rule(fields: Mapping[str, Any], *, where: str, cells: CellTable) -> Rule:
    refuse_unknown(fields, known=("kind", "name", "path", "value", "value_kind", "period"), where=where)
    kind = read_choice(fields, "kind", among=RULE_KINDS, where=where)
    path = read_path(fields, "path", where=where)
    inside = cells.path_index.under(path)
    if not inside.any():
        raise ProblemError("Unknown path", f"No cell lies under {' / '.join(path)}.", f"{where}.path")
    allowed = ("amount", "share") if kind in AMOUNT_OR_SHARE else ("share",) if kind in SHARES_ONLY else ("amount",)
    period = read_text(fields, "period", where=where) if fields.get("period") is not None else ""
    if period or kind == "pacing":
        _check_period(cells, inside, kind, period, where=where)
    value_kind = read_choice(fields, "value_kind", among=allowed, where=where, default=allowed[0])
    at_most = 1.0 if value_kind == "share" and kind != "change_limit" else None
    return Rule(
        kind=kind,
        name=read_text(fields, "name", where=where, default=" ".join([kind.replace("_", " "), *path])),
        path=path,
        value=read_number(fields, "value", where=where, at_most=at_most),
        value_kind=value_kind,
        period=period,
    )


def _check_period(cells: CellTable, inside: NDArray[np.bool_], kind: str, period: str, *, where: str) -> None:
    if kind != "pacing":
        raise ProblemError("Unknown field", "Only a pacing rule has a period.", f"{where}.period")
    known = {cells.periods[place] for place in np.flatnonzero(inside).tolist()} - {""}
    if not known or (period and period not in known):
        detail = f"No cell under this rule is for the period {period!r}." if period else "No cell says its period."
        raise ProblemError("Unknown period", detail, f"{where}.period")


def _refuse_twins(names: Sequence[str], *, what: str, where: str) -> None:
    if len(set(names)) == len(names):
        return
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ProblemError(f"The same {what} twice", f"'{name}' stands for two things; rename one.", where)
        seen.add(name)
