"""The studentised trimmed mean of response − θ·cost, piece by piece between the crossings of two pairs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Pieces:
    """Between two crossings the order of the pairs is fixed, so sums are polynomials in θ.

    Attributes:
        bounds: shape (n_pieces + 1,), from −∞ to ∞.
        response, cost: sums over the pairs kept, shape (n_pieces,).
        square: winsorised sum of squares a·θ² − 2·b·θ + c, shape (3, n_pieces).
        kept: how many pairs are left.
    """

    bounds: NDArray[np.float64]
    response: NDArray[np.float64]
    cost: NDArray[np.float64]
    square: NDArray[np.float64]
    kept: int

    def zeros(self) -> NDArray[np.float64]:
        """Every θ whose trimmed mean is zero."""
        with np.errstate(divide="ignore", invalid="ignore"):
            at = self.response / self.cost
        return at[(at >= self.bounds[:-1]) & (at <= self.bounds[1:])]

    def accepted(self, *, threshold: float) -> tuple[float, float] | None:
        """The range of θ whose studentised trimmed mean is within the threshold; None where there is none."""
        height = threshold**2 * self.kept / (self.kept - 1)
        a = height * self.square[0] - self.cost**2
        b = height * self.square[1] - self.cost * self.response
        c = height * self.square[2] - self.response**2
        low, high = self.bounds[:-1], self.bounds[1:]
        with np.errstate(divide="ignore", invalid="ignore"):
            root = np.sqrt(b**2 - a * c)
            crossings = np.array([(b - root) / a, (b + root) / a])
        inside = (crossings >= low) & (crossings <= high)
        ends = [crossings[inside]]
        for place in (low, high):
            with np.errstate(invalid="ignore"):
                value = np.where(np.isfinite(place), a * place**2 - 2 * b * place + c, a)
            ends.append(place[value >= 0])
        every = np.concatenate(ends)
        return (float(every.min()), float(every.max())) if len(every) else None


def pieces_of(*, response: NDArray[np.float64], cost: NDArray[np.float64], trimmed: int) -> Pieces:
    """The pieces, with ``trimmed`` pairs left out and winsorised at each end."""
    first, second = np.triu_indices(len(cost), k=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossings = (response[first] - response[second]) / (cost[first] - cost[second])
    inner = np.unique(crossings[np.isfinite(crossings)])
    middles = _between(inner)
    order = np.argsort(response[None, :] - middles[:, None] * cost[None, :], axis=1)
    kept = order[:, trimmed : len(cost) - trimmed]
    x, y = cost[kept], response[kept]
    ends_x, ends_y = x[:, [0, -1]], y[:, [0, -1]]
    size = len(cost)
    mean_x = (x.sum(axis=1) + trimmed * ends_x.sum(axis=1)) / size
    mean_y = (y.sum(axis=1) + trimmed * ends_y.sum(axis=1)) / size
    squares = [
        np.sum(left * right, axis=1) + trimmed * np.sum(end_left * end_right, axis=1) - size * mean_left * mean_right
        for left, right, end_left, end_right, mean_left, mean_right in (
            (x, x, ends_x, ends_x, mean_x, mean_x),
            (x, y, ends_x, ends_y, mean_x, mean_y),
            (y, y, ends_y, ends_y, mean_y, mean_y),
        )
    ]
    return Pieces(
        bounds=np.concatenate([[-np.inf], inner, [np.inf]]),
        response=y.sum(axis=1),
        cost=x.sum(axis=1),
        square=np.array(squares),
        kept=kept.shape[1],
    )


def _between(inner: NDArray[np.float64]) -> NDArray[np.float64]:
    """A point inside each piece."""
    if not len(inner):
        return np.zeros(1)
    reach = 1 + np.abs(inner).max()
    return np.concatenate([[inner[0] - reach], (inner[:-1] + inner[1:]) / 2, [inner[-1] + reach]])
