"""Where the methods touch the curves: a coarse grid first, then close around the last split."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.certificate import best_spend, cell_prices
from campaigns.optimization.curves import Array
from campaigns.optimization.model import Model
from campaigns.optimization.solution import Solution

_OCTAVES = 20
_FINER = 1.0 / 8.0
# Closer than this part of an even share of the money, two points tell a solver nothing but rounding.
_NARROWEST = 1e-5


@dataclass(frozen=True, kw_only=True)
class Segments:
    """The pieces of all cells' curves, flat: cell number, where it starts (spend, revenue), width and slope of each."""

    cell: NDArray[np.intp]
    start: Array
    value: Array
    width: Array
    slope: Array


def first_points(*, model: Model) -> Array:
    """Halvings of each cell's room, down to a millionth of it: shape (n_cells, n_points), sorted."""
    room = model.upper - model.lower
    octaves = model.lower[:, None] + room[:, None] * 0.5 ** np.arange(_OCTAVES, -1, -1.0)
    return _tidied(model, octaves)


def points_around(*, model: Model, solution: Solution, points: Array) -> Array:
    """Finer around the last split, and where each cell would go at its prices."""
    worth, price = cell_prices(model=model, solution=solution)
    wished = best_spend(model=model, worth=worth, price=price)
    halfway = 0.5 * (wished + solution.spend)
    near = points_near(model=model, spend=solution.spend, points=points)
    return _tidied(model, np.concatenate([near, wished[:, None], halfway[:, None]], axis=1))


def points_near(*, model: Model, spend: Array, points: Array) -> Array:
    """Eight times as fine around ``spend``, shape (n_cells,), each step away twice as long as the one before.

    The steps must not jump: where a short piece meets a long one, the prices of a linear programme may lie anywhere
    between their slopes.
    """
    here, apart = spend[:, None], _narrowest(model)
    below = np.max(np.where(points < here - apart, points, model.lower[:, None]), axis=1)[:, None]
    above = np.min(np.where(points > here + apart, points, model.upper[:, None]), axis=1)[:, None]
    finest = np.maximum(_FINER * np.maximum(here - below, above - here), apart)
    longest = float(np.max(model.upper - model.lower, initial=0.0))
    count = 1 + max(int(np.ceil(np.log2(max(longest / float(finest.min()), 1.0)))), 0)
    steps = finest * 2.0 ** np.arange(count)
    return _tidied(model, np.concatenate([here - steps, here, here + steps], axis=1))


def cut_into_segments(*, model: Model, points: Array) -> Segments:
    """Secants between neighbouring breakpoints; ``points`` of shape (n_cells, n_points) sorted along each row."""
    widths = np.diff(points, axis=1)
    values = model.revenue(spend=points)
    wide = widths > 0.0
    slopes = np.where(wide, np.diff(values, axis=1) / np.where(wide, widths, 1.0), np.inf)
    # Rounding must not make a slope rise: the pieces fill in order only when slopes fall.
    slopes = np.minimum.accumulate(slopes, axis=1)
    cell, piece = np.nonzero(wide)
    return Segments(
        cell=cell,
        start=points[cell, piece],
        value=values[cell, piece],
        width=widths[cell, piece],
        slope=slopes[cell, piece],
    )


def _narrowest(model: Model) -> float:
    return _NARROWEST * model.unit / model.count


def _tidied(model: Model, points: Array) -> Array:
    """Sorted, within bounds, with the curves' kinks; near neighbours drawn together, but both bounds kept exactly."""
    kinks = np.stack([model.lower, model.upper, model.start, model.responses.hull_ends()], axis=1)
    every = np.concatenate([points, kinks], axis=1)
    lower, upper, apart = model.lower[:, None], model.upper[:, None], _narrowest(model)
    inside = np.sort(np.clip(np.where(upper - every <= apart, upper, every), lower, upper), axis=1)
    inside[:, 0] = model.lower
    near = np.diff(inside, axis=1, prepend=-np.inf) <= apart
    near[:, -1] = False
    position = np.where(near, 0, np.arange(inside.shape[1]))
    return np.take_along_axis(inside, np.maximum.accumulate(position, axis=1), axis=1)
