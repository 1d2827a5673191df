"""The least and the most that each single cell may spend, and who said so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.cells import CellTable
from campaigns.optimization.curves import Array
from campaigns.optimization.problem import Problem, Rule

OWN, NOBODY = -1, -2


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A cell's limit and the name of the rule that set it."""

    amount: float
    source: str
    rule: Rule | None = None


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """One side of the limits of all cells.

    Attributes:
        amounts: currency units, shape (n_cells,).
        setter: number of the rule that set each, or ``OWN`` or ``NOBODY``, shape (n_cells,).
        word: ``minimum`` or ``maximum``, for limits that are the cell's own.
        replaced: limits set since, by cell number.
    """

    amounts: Array
    setter: NDArray[np.intp]
    rules: Sequence[Rule]
    ids: Sequence[str]
    word: str
    replaced: Mapping[int, Bound] = field(default_factory=dict)

    def __getitem__(self, cell: int) -> Bound:
        if cell in self.replaced:
            return self.replaced[cell]
        amount, setter = float(self.amounts[cell]), int(self.setter[cell])
        if setter == NOBODY:
            return Bound(amount=amount, source="")
        if setter == OWN:
            return Bound(amount=amount, source=f"{self.word} of {self.ids[cell]}")
        return Bound(amount=amount, source=self.rules[setter].name, rule=self.rules[setter])

    def __iter__(self) -> Iterator[Bound]:
        return (self[cell] for cell in range(self.amounts.size))

    @property
    def is_said(self) -> NDArray[np.bool_]:
        """Whether somebody set the limit, shape (n_cells,)."""
        said: NDArray[np.bool_] = self.setter != NOBODY
        for cell, bound in self.replaced.items():
            said[cell] = bool(bound.source)
        return said

    @property
    def is_own(self) -> NDArray[np.bool_]:
        """Whether the cell itself set the limit, shape (n_cells,)."""
        own: NDArray[np.bool_] = self.setter == OWN
        own[list(self.replaced)] = False
        return own

    @property
    def is_ruled(self) -> NDArray[np.bool_]:
        """Whether a rule set the limit, shape (n_cells,)."""
        ruled: NDArray[np.bool_] = self.setter >= 0
        ruled[list(self.replaced)] = True
        return ruled

    def with_bound(self, cell: int, bound: Bound) -> "Bounds":
        """The same limits but for one cell."""
        return replace(self, replaced={**self.replaced, cell: bound})


def lower_bounds(*, problem: Problem, table: CellTable, members: Sequence[NDArray[np.bool_]]) -> Bounds:
    """The largest of each cell's own minimum and what change limits leave; ``members`` of each rule."""
    bounds = _Widest(problem, table, table.numbers["floor"], "minimum")
    for number, rule in enumerate(problem.rules):
        if rule.kind == "change_limit":
            bounds.raise_to(number, members[number], np.maximum(bounds.current * (1.0 - rule.value), 0.0))
    return bounds.as_bounds()


def upper_bounds(
    *, problem: Problem, table: CellTable, members: Sequence[NDArray[np.bool_]], otherwise: float
) -> Bounds:
    """The smallest of each cell's own maximum, change limits, and what stock allows."""
    caps = table.numbers["cap"]
    bounds = _Widest(problem, table, -caps, "maximum")
    bounds.setter[caps >= otherwise] = NOBODY
    bounds.amounts = np.maximum(bounds.amounts, -otherwise)
    for number, rule in enumerate(problem.rules):
        if rule.kind == "change_limit":
            bounds.raise_to(number, members[number], -bounds.current * (1.0 + rule.value))
        if rule.kind == "oos_threshold":
            bounds.raise_to(number, members[number], -stock_cap(table=table, threshold=rule.value))
    return replace(bounds.as_bounds(), amounts=-bounds.amounts)


def stock_cap(*, table: CellTable, threshold: float) -> Array:
    """The most each cell may spend given its stock, currency units, shape (n_cells,); infinite where unknown.

    Nothing where the chance of running out exceeds the threshold; else what the sellable stock can earn in margin.
    """
    sellable = table.numbers["stock_value"] * table.numbers["margin_rate"]
    known = np.where(np.isnan(sellable), np.inf, sellable)
    # An unknown chance is not above any threshold.
    return np.where(table.numbers["oos_probability"] > threshold, 0.0, known)


class _Widest:
    """The largest amount said for each cell so far, the first sayer winning ties."""

    def __init__(self, problem: Problem, table: CellTable, amounts: Array, word: str) -> None:
        self.rules, self.ids, self.amounts, self.word = problem.rules, table.ids, amounts, word
        self.setter = np.full(amounts.size, OWN, dtype=np.intp)
        self.current = table.numbers["current"]

    def raise_to(self, number: int, members: NDArray[np.bool_], amounts: Array) -> None:
        raised = members & (amounts > self.amounts)
        self.amounts = np.where(raised, amounts, self.amounts)
        self.setter[raised] = number

    def as_bounds(self) -> Bounds:
        return Bounds(
            amounts=self.amounts,
            setter=self.setter,
            rules=self.rules,
            ids=self.ids,
            word=self.word,
        )
