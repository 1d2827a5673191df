"""The leaves of a plan: one by one, or all of them as columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curves import KINDS, Array, CostRise, Curve
from campaigns.optimization.membership import ANY, PathIndex
from campaigns.optimization.responses import Responses, gather_responses

# Name of each column and what a cell has that does not say; NaN and infinity stand for "unknown" and "no limit".
COLUMNS: Mapping[str, float] = {
    "current": 0.0,
    "floor": 0.0,
    "cap": np.inf,
    "margin_rate": 1.0,
    "incrementality": 1.0,
    "oos_probability": np.nan,
    "stock_value": np.nan,
    "unit_price": np.nan,
}


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
        period: the part of the flight it is for; empty when for all of it.
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
    period: str = ""

    def is_under(self, path: tuple[str, ...]) -> bool:
        """Whether the cell lies at or below ``path``; a part ``*`` of the path stands for any name."""
        return len(path) <= len(self.path) and all(
            part in (ANY, own) for part, own in zip(path, self.path, strict=False)
        )


@dataclass(frozen=True, kw_only=True)
class CellTable(Sequence[Cell]):
    """All cells of a plan as columns; a sequence of cells for whoever wants one.

    Attributes:
        numbers: the columns named in ``COLUMNS``, each of shape (n_cells,).
    """

    ids: Sequence[str]
    paths: Sequence[tuple[str, ...]]
    periods: Sequence[str]
    responses: Responses
    numbers: Mapping[str, Array]

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Cell]:
        return (self._cell(place) for place in range(len(self)))

    @overload
    def __getitem__(self, place: int) -> Cell: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Cell, ...]: ...
    def __getitem__(self, place: int | slice) -> Cell | tuple[Cell, ...]:
        if isinstance(place, slice):
            return tuple(self._cell(one) for one in range(len(self))[place])
        return self._cell(range(len(self))[place])

    @cached_property
    def path_index(self) -> PathIndex:
        """Which cells lie under which path."""
        return PathIndex(self.paths)

    def with_column(self, *, name: str, column: Array) -> "CellTable":
        """The same cells with one column of numbers replaced; which lie under which path is not found anew."""
        changed = replace(self, numbers={**self.numbers, name: column})
        changed.__dict__["path_index"] = self.path_index
        return changed

    def _cell(self, place: int) -> Cell:
        said = {name: float(column[place]) for name, column in self.numbers.items()}
        unknown = {name: None for name, value in said.items() if not np.isfinite(value)}
        return Cell(
            id=self.ids[place],
            path=self.paths[place],
            period=self.periods[place],
            curve=self._curve(place),
            **(said | unknown),  # type: ignore[arg-type]  # only columns whose default is not finite are ever unknown
        )

    def _curve(self, place: int) -> Curve:
        number, row = (int(figure[place]) for figure in self._rows)
        shape = self.responses.groups[number].shape
        names = KINDS[shape.kind].parameters
        rise = CostRise()
        if shape.rise is not None:
            rise = CostRise(spend=float(shape.rise.spend[row, 0]), exponent=float(shape.rise.exponent[row, 0]))
        parameters = {name: column[row] for name, column in zip(names, shape.columns, strict=True)}
        return Curve(kind=shape.kind, parameters=parameters, rise=rise)

    @cached_property
    def _rows(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Group and row of each cell's curve."""
        group, row = np.zeros(len(self), dtype=np.intp), np.zeros(len(self), dtype=np.intp)
        for number, curves in enumerate(self.responses.groups):
            group[curves.cells], row[curves.cells] = number, np.arange(curves.cells.size)
        return group, row


def table_of(*, cells: Sequence[Cell]) -> CellTable:
    """The cells as columns; at once where they already are."""
    if isinstance(cells, CellTable):
        return cells
    numbers = {}
    for name, otherwise in COLUMNS.items():
        said = [getattr(cell, name) for cell in cells]
        numbers[name] = np.array([otherwise if value is None else value for value in said], dtype=np.float64)
    return CellTable(
        ids=[cell.id for cell in cells],
        paths=[cell.path for cell in cells],
        periods=[cell.period for cell in cells],
        responses=gather_responses(curves=[cell.curve for cell in cells]),
        numbers=numbers,
    )
