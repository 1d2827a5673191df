"""Slopes of mean responses at a few points, and the spend at which a slope is reached between them.

Between two points the reciprocal root of the slope is taken as a straight line: exact for Michaelis-Menten curves, near
for other saturating curves and for their means.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curves import Array, ConcaveShape
from campaigns.optimization.responses import mean_over_draws

_OCTAVES = 24


@dataclass(frozen=True, kw_only=True)
class SlopeTable:
    """Points and 1/sqrt(slope) there, both rising along each row; shape (m, n_points)."""

    points: Array
    roots: Array

    def spend_at(self, slope: Array) -> Array:
        """Spend at which each row's slope is ``slope``, shape (m,), within its first and last point."""
        root = 1.0 / np.sqrt(slope)
        rows, last = np.arange(root.size), self.points.shape[1] - 1
        right = np.minimum((self.roots < root[:, None]).sum(axis=1), last)
        left = np.maximum(right - 1, 0)
        low, high = self.roots[rows, left], self.roots[rows, right]
        apart = high - low
        share = np.where(apart > 0.0, (root - low) / np.where(apart > 0.0, apart, 1.0), 1.0)
        start = self.points[rows, left]
        reached: Array = start + np.clip(share, 0.0, 1.0) * (self.points[rows, right] - start)
        return reached

    def with_point(self, spend: Array, slope: Array) -> "SlopeTable":
        """One more known point per row."""
        with np.errstate(divide="ignore"):
            points = np.column_stack([self.points, spend])
            roots = np.column_stack([self.roots, 1.0 / np.sqrt(slope)])
        return _sorted(points, roots)

    def taken(self, kept: NDArray[np.intp]) -> "SlopeTable":
        """Only some rows."""
        return SlopeTable(points=self.points[kept], roots=self.roots[kept])


def slope_table(*, shape: ConcaveShape, lower: Array, upper: Array, per_octave: int = 1) -> SlopeTable:
    """Mean slopes of each row's curves at both limits and at halvings of the room between them."""
    octaves = np.concatenate([[0.0], 0.5 ** (np.arange(_OCTAVES * per_octave, -1, -1.0) / per_octave)])
    points = lower[:, None] + (upper - lower)[:, None] * octaves
    # Where the straight parts of hulls end, the slope of the mean bends.
    points = np.column_stack([points, np.clip(shape.straight_until.max(axis=1), lower, upper)])
    with np.errstate(divide="ignore", over="ignore"):
        slopes = mean_over_draws(shape=shape, spend=points, figure=ConcaveShape.slope)
        return _sorted(points, 1.0 / np.sqrt(slopes))


def _sorted(points: Array, roots: Array) -> SlopeTable:
    order = np.argsort(points, axis=1, kind="stable")
    sorted_roots = np.take_along_axis(np.minimum(roots, 1e150), order, axis=1)
    # Rounding must not make a slope rise.
    return SlopeTable(
        points=np.take_along_axis(points, order, axis=1), roots=np.maximum.accumulate(sorted_roots, axis=1)
    )
