"""Read the cells of a problem's JSON: column by column where all is plain, cell by cell where something is not."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.cells import COLUMNS, Cell, CellTable, table_of
from campaigns.optimization.curve_reading import STEEPEST_HILL, read_curve
from campaigns.optimization.curves import KINDS, Array, concave_shape
from campaigns.optimization.fields import (
    ProblemError,
    read_number,
    read_object,
    read_path,
    read_text,
    refuse_unknown,
)
from campaigns.optimization.responses import CurveGroup, Responses

# JSON's name of each column where it is another.
_NAMES = {"floor": "min", "cap": "max"}
_AT_MOST_ONE = ("margin_rate", "incrementality", "oos_probability")
_ABOVE_ZERO = ("unit_price",)
_KNOWN = (
    *("id", "path", "currency", "period", "curve", "draws"),
    *(_NAMES.get(name, name) for name in COLUMNS),
)


def read_cells(items: Sequence[Any], *, currency: str) -> CellTable:
    """The cells of the list ``cells``.

    Raises:
        ProblemError: anything missing, unknown or out of range, and where.
    """
    if not items:
        raise ProblemError("No cells", "There is nothing to spend on; give at least one cell.", "cells")
    table = _plain(items, currency)
    if table is None:
        table = table_of(
            cells=[
                _cell(read_object(item, where=f"cells[{i}]"), where=f"cells[{i}]", currency=currency)
                for i, item in enumerate(items)
            ]
        )
    return table


def _plain(items: Sequence[Any], currency: str) -> CellTable | None:
    """All cells at once; None when any of them has anything that wants a closer look."""
    if set(map(type, items)) != {dict} or not set(chain.from_iterable(items)) <= set(_KNOWN):
        return None
    ids, paths = [item.get("id") for item in items], [item.get("path") for item in items]
    periods = [item.get("period", "") for item in items]
    if not _all_texts(ids) or set(map(type, periods)) != {str} or not set(map(type, paths)) <= {list, tuple}:
        return None
    if not all(paths) or not _all_texts(list(chain.from_iterable(paths))):
        return None
    if {item.get("currency", currency) for item in items} != {currency} or any("draws" in item for item in items):
        return None
    columns = {name: _column(items, name) for name in COLUMNS}
    numbers = {name: column for name, column in columns.items() if column is not None}
    responses = _plain_curves(items)
    if len(numbers) < len(COLUMNS) or np.any(numbers["cap"] < numbers["floor"]) or responses is None:
        return None
    return CellTable(ids=ids, paths=list(map(tuple, paths)), periods=periods, responses=responses, numbers=numbers)


def _all_texts(values: Sequence[Any]) -> bool:
    return set(map(type, values)) == {str} and all(map(str.strip, values))


def _column(items: Sequence[Mapping[str, Any]], name: str) -> Array | None:
    said = [item.get(_NAMES.get(name, name)) for item in items]
    otherwise = COLUMNS[name]
    kinds = set(map(type, said))
    if kinds == {type(None)}:
        return np.full(len(items), otherwise)
    if not kinds <= {float, int, type(None)}:
        return None
    is_said = np.ones(len(items), dtype=np.bool_)
    if type(None) in kinds:
        is_said = np.array([value is not None for value in said])
        said = [otherwise if value is None else value for value in said]
    column = _finite(said, is_said)
    most = 1.0 if name in _AT_MOST_ONE else np.inf
    if column is None or np.any(column[is_said] > most) or (name in _ABOVE_ZERO and np.any(column[is_said] == 0.0)):
        return None
    return column


def _finite(values: Sequence[Any], asked: NDArray[np.bool_] | None = None) -> Array | None:
    """The values as an array; None when one that is asked for is not a finite number from zero upward."""
    try:
        column = np.array(values, dtype=np.float64)
    except OverflowError:
        return None
    checked = column if asked is None else column[asked]
    return column if np.all(np.isfinite(checked)) and np.all(checked >= 0.0) else None


def _plain_curves(items: Sequence[Mapping[str, Any]]) -> Responses | None:
    curves = [item.get("curve") for item in items]
    if set(map(type, curves)) != {dict}:
        return None
    kinds = [curve.get("kind") if curve else None for curve in curves]
    if set(map(type, kinds)) != {str} or not set(kinds) <= set(KINDS):
        return None
    named = np.array(kinds)
    groups = []
    for kind in sorted(set(map(str, kinds))):
        cells = np.flatnonzero(named == kind)
        columns = _parameters([curves[cell] or {} for cell in cells.tolist()], kind)
        if columns is None:
            return None
        groups.append(CurveGroup(cells=cells, shape=concave_shape(kind=kind, columns=columns)))
    return Responses(count=len(items), groups=tuple(groups))


def _parameters(curves: Sequence[Mapping[str, Any]], kind: str) -> tuple[Array, ...] | None:
    names = KINDS[kind].parameters
    if set(map(len, curves)) != {1 + len(names)}:
        return None
    columns = []
    for name in names:
        said = [curve.get(name) for curve in curves]
        column = _finite(said) if set(map(type, said)) <= {float, int} else None
        if column is None or (name not in ("beta", "midpoint") and np.any(column == 0.0)):
            return None
        if name == "s" and np.any(column > STEEPEST_HILL):
            return None
        columns.append(column[:, None])
    return tuple(columns)


def _cell(fields: Mapping[str, Any], *, where: str, currency: str) -> Cell:
    refuse_unknown(fields, known=_KNOWN, where=where)
    own_currency = read_text(fields, "currency", where=where, default=currency)
    if own_currency != currency:
        detail = f"This cell is in {own_currency}, the problem in {currency}; convert it before planning."
        raise ProblemError("Mixed currencies", detail, f"{where}.currency")
    path = read_path(fields, "path", where=where)
    if not path:
        raise ProblemError("No path", "A cell needs its place in the hierarchy.", f"{where}.path")
    floor = read_number(fields, "min", where=where, default=0.0)
    cap = _number_or_none(fields, "max", where=where)
    if cap is not None and cap < floor:
        raise ProblemError("Cap below floor", f"'max' is {cap:g} but 'min' is {floor:g}.", where)
    return Cell(
        id=read_text(fields, "id", where=where),
        path=path,
        curve=read_curve(fields, where=where),
        current=read_number(fields, "current", where=where, default=0.0),
        floor=floor,
        cap=cap,
        margin_rate=read_number(fields, "margin_rate", where=where, default=1.0, at_most=1.0),
        incrementality=read_number(fields, "incrementality", where=where, default=1.0, at_most=1.0),
        oos_probability=_number_or_none(fields, "oos_probability", where=where, at_most=1.0),
        stock_value=_number_or_none(fields, "stock_value", where=where),
        unit_price=_number_or_none(fields, "unit_price", where=where, above=0.0),
        period=read_text(fields, "period", where=where) if fields.get("period") else "",
    )


def _number_or_none(
    fields: Mapping[str, Any], name: str, *, where: str, above: float | None = None, at_most: float | None = None
) -> float | None:
    if fields.get(name) is None:
        return None
    return read_number(fields, name, where=where, above=above, at_most=at_most)
