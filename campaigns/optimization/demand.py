"""What each cell would spend at a price of money: the whole plan's response to prices, in a few array operations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curves import Array, ConcaveShape
from campaigns.optimization.inverse_slopes import inverse_slope
from campaigns.optimization.model import Model
from campaigns.optimization.slope_tables import SlopeTable, slope_table

_LEAST_SLOPE = 1e-280


@dataclass(frozen=True, kw_only=True)
class ClosedForms:
    """Cells with one curve each, of one kind; ``shape`` has arrays of shape (m,)."""

    cells: NDArray[np.intp]
    shape: ConcaveShape

    def spend_at(self, slope: Array) -> Array:
        """Spend at which the responses have this slope, before limits; shape (m,)."""
        return inverse_slope(shape=self.shape, slope=slope)

    def part(self, kept: NDArray[np.intp], cells: NDArray[np.intp]) -> "ClosedForms":
        """Only some of the cells, numbered anew."""
        return ClosedForms(cells=cells, shape=self.shape.taken(kept))


@dataclass(frozen=True, kw_only=True)
class Tabulated:
    """Cells whose slope is known at some points."""

    cells: NDArray[np.intp]
    table: SlopeTable

    def spend_at(self, slope: Array) -> Array:
        """Spend at which the responses have this slope, before limits; shape (m,)."""
        return self.table.spend_at(slope)

    def part(self, kept: NDArray[np.intp], cells: NDArray[np.intp]) -> "Tabulated":
        """Only some of the cells, numbered anew."""
        return Tabulated(cells=cells, table=self.table.taken(kept))


Group = ClosedForms | Tabulated


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Spend of each cell as a falling function of its price; arrays of shape (n_cells,).

    Attributes:
        lower, upper: limits of each cell, currency units.
        start, line: spend up to which the response is a straight line, and its slope; 0 where it is not.
        pays: whether the cell earns anything at all.
    """

    lower: Array
    upper: Array
    start: Array
    line: Array
    pays: NDArray[np.bool_]
    groups: tuple[Group, ...]

    @property
    def has_tables(self) -> bool:
        """Whether some slopes are known only at points."""
        return any(isinstance(group, Tabulated) for group in self.groups)

    def at(self, *, worth: Array, price: Array) -> Array:
        """Spend at which ``worth * revenue - price * spend`` is highest, shape (n_cells,).

        Where every spend does as well, the least is taken.
        """
        earns = self.pays & (worth > 0.0)
        with np.errstate(all="ignore"):
            slope = np.clip(price / np.where(earns, worth, 1.0), _LEAST_SLOPE, 1e280)
            spend = np.empty_like(price)
            for group in self.groups:
                spend[group.cells] = group.spend_at(slope[group.cells])
            spend = np.clip(spend, self.lower, self.upper)
        if self.start.any():
            enveloped = np.where(slope >= self.line, self.lower, np.maximum(spend, np.minimum(self.start, self.upper)))
            spend = np.where(self.start > 0.0, enveloped, spend)
        return np.where(earns, spend, np.where(price < 0.0, self.upper, self.lower))

    def part(self, kept: NDArray[np.intp]) -> "Demand":
        """The demand of some cells, in this order."""
        place = np.full(self.lower.size, -1, dtype=np.intp)
        place[kept] = np.arange(kept.size)
        groups: list[Group] = []
        for group in self.groups:
            inside = np.flatnonzero(place[group.cells] >= 0)
            if inside.size:
                groups.append(group.part(inside, place[group.cells[inside]]))
        return Demand(
            lower=self.lower[kept],
            upper=self.upper[kept],
            start=self.start[kept],
            line=self.line[kept],
            pays=self.pays[kept],
            groups=tuple(groups),
        )


def demand_of(*, model: Model, upper: Array, per_octave: int = 1) -> Demand:
    """The demand of all cells; means over draws by tables, to be refined where the split comes to lie."""
    groups: list[Group] = []
    pays = np.zeros(model.count, dtype=np.bool_)
    for group in model.responses.groups:
        pays[group.cells] = group.shape.columns[0].max(axis=1) > 0.0
        if group.is_single:
            groups.append(ClosedForms(cells=group.cells, shape=group.shape.reshaped(group.cells.size)))
        else:
            low, high = model.lower[group.cells], upper[group.cells]
            table = slope_table(shape=group.shape, lower=low, upper=high, per_octave=per_octave)
            groups.append(Tabulated(cells=group.cells, table=table))
    return Demand(
        lower=model.lower,
        upper=upper,
        start=model.start,
        line=model.line_slope(),
        pays=pays,
        groups=tuple(groups),
    )


def refined(*, demand: Demand, model: Model, spend: Array) -> Demand:
    """The same demand with every table made exact at ``spend``."""
    groups = tuple(
        Tabulated(cells=group.cells, table=group.table.with_point(spend[group.cells], slopes[group.cells]))
        if isinstance(group, Tabulated)
        else group
        for slopes in [model.responses.slopes(spend=spend)]
        for group in demand.groups
    )
    return Demand(
        lower=demand.lower,
        upper=demand.upper,
        start=demand.start,
        line=demand.line,
        pays=demand.pays,
        groups=groups,
    )
