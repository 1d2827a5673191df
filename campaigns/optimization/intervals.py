"""S-shaped responses between two spends: the least concave curve above each, which closes in as the two close in."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curve_kinds import KINDS
from campaigns.optimization.curves import Array, ConcaveShape
from campaigns.optimization.responses import Responses

Positions = NDArray[np.intp]
_HALVINGS = 80


def narrowed(*, responses: Responses, cells: Positions, low: Array, high: Array) -> Responses:
    """The responses with the straight parts of some cells drawn anew, for spends from ``low`` to ``high`` only.

    Draws each get their own, so the mean of them lies above the mean response, and meets it at both ends.

    Args:
        low, high: currency units, shape (n_cells,), of which only those of ``cells`` are read.
    """
    groups = []
    for group in responses.groups:
        rows = np.flatnonzero(np.isin(group.cells, cells))
        if not rows.size:
            groups.append(group)
            continue
        shape, inside = group.shape, group.cells[rows]
        until, line, since = _between(shape.taken(rows), low[inside][:, None], high[inside][:, None])
        starts = np.zeros_like(shape.until) if shape.since is None else shape.since
        between = replace(
            shape,
            until=_with_rows(shape.until, rows, until),
            line=_with_rows(shape.line, rows, line),
            since=_with_rows(starts, rows, since),
        )
        groups.append(replace(group, shape=between))
    return Responses(count=responses.count, groups=tuple(groups))


def _with_rows(column: Array, rows: Positions, values: Array) -> Array:
    changed = np.array(column, dtype=np.float64)
    changed[rows] = values
    return changed


def _between(shape: ConcaveShape, low: Array, high: Array) -> tuple[Array, Array, Array]:
    """Where the straight part ends, its slope, and where it begins, in what is bought; arrays of shape (m, n_draws).

    From ``low`` on the steepening side the tangent touches where f(t) - f(low) = (t - low) f'(t). Past the steepest
    point the left side less the right rises with t from below zero, so there is one root, or the chord to ``high``.
    """
    kind, columns = KINDS[shape.kind], shape.columns
    ends = [np.broadcast_to(end, shape.until.shape) for end in (low, high)]
    since, last = ends if shape.rise is None else [shape.rise.bought(end) for end in ends]
    steepest = kind.steepest_at(*columns)
    base = kind.value(since, *columns)

    def is_short(point: Array) -> NDArray[np.bool_]:
        short: NDArray[np.bool_] = kind.value(point, *columns) - base < (point - since) * kind.slope(point, *columns)
        return short

    near, far = np.minimum(np.maximum(steepest, since), last), np.array(last)
    is_chord = is_short(last) | (steepest >= last)
    for _ in range(_HALVINGS):
        middle = 0.5 * (near + far)
        short = is_short(middle)
        near, far = np.where(short, middle, near), np.where(short, far, middle)
    touch = np.where(is_chord, last, far)
    width = np.where(touch > since, touch - since, 1.0)
    line = (kind.value(touch, *columns) - base) / width
    until = np.where(since < steepest, np.where(is_chord, np.inf, touch), 0.0)
    return until, line, since
