"""What each cell may believe before its own days are read again: what the other cells found, by parameter."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from campaigns.optimization.curves import Array
from campaigns.response.controls import LEVEL
from campaigns.response.curve_grid import DECAYS, LOG_K, Belief, Days, GridFit
from campaigns.response.draws import shape_beliefs, shape_weights
from campaigns.response.pooling import Pooled, pooled
from campaigns.response.series import CellSeries

# Before any data: k is of the order of usual spend within a factor of e^1.5 = 4.5; the return on usual spend is of the
# order of 3; reports by day of click carry little over, so decays are believed in falling order.
WIDE_K = (0.0, 1.5**2)
USUAL_RETURN, RETURN_DOUBT = float(np.log(3.0)), 2.0
DECAY_BELIEF = np.array([0.6, 0.2, 0.1, 0.06, 0.04])
DECAY_CELLS = 5.0
LEVEL_SPREAD, USUAL_SPREAD, K_SPREAD = 0.3, 0.1, 0.5
MOST_INFLATION = 7.0
_LEAST_PRECISION = 1e-2


@dataclass(frozen=True, kw_only=True, eq=False)
class Alone:
    """A cell fitted by itself, under wide beliefs; ``place`` is its place among all cells."""

    place: int
    series: CellSeries
    days: Days
    fit: GridFit

    @property
    def weights(self) -> Array:
        """Posterior probability of every shape."""
        return shape_weights(fit=self.fit, beliefs=shape_beliefs(log_k=WIDE_K, decays=DECAY_BELIEF))


@dataclass(frozen=True, kw_only=True, eq=False)
class Borrowed:
    """What the second fit of every cell starts from, in the cells' order.

    Attributes:
        saturation: belief about log(k / usual), from the other cells.
        coefficients: belief about the control columns, from the other cells.
        decays: belief about the adstock decays, common to all, shape (n_decays,).
        inflation: of the variance, common to all: one cell's weeks are too few to tell.
    """

    saturation: Pooled
    coefficients: tuple[Belief, ...]
    decays: Array
    inflation: float


def borrow(*, cells: Sequence[Alone], rng: np.random.Generator) -> Borrowed:
    """Pool what the cells found alone; each borrows from all but itself."""
    weights = [cell.weights for cell in cells]
    decays = np.array([each.reshape(len(DECAYS), -1).sum(axis=1) for each in weights]).sum(axis=0)
    inflation = float(np.mean([cell.fit.inflation for cell in cells]))
    return Borrowed(
        saturation=_saturation(cells, weights, rng),
        coefficients=_coefficients(cells, weights, rng),
        decays=(decays + DECAY_CELLS * DECAY_BELIEF) / (decays.sum() + DECAY_CELLS),
        inflation=float(np.clip(inflation, 1.0, MOST_INFLATION)),
    )


def saturation_of(weights: Array) -> tuple[float, float]:
    """Mean and variance of log(k / usual) under the posterior of the shapes."""
    marginal = weights.reshape(len(DECAYS), -1).sum(axis=0)
    mean = float(marginal @ LOG_K)
    return mean, float(marginal @ (LOG_K - mean) ** 2) + float(LOG_K[1] - LOG_K[0]) ** 2 / 12.0


def _saturation(cells: Sequence[Alone], weights: Sequence[Array], rng: np.random.Generator) -> Pooled:
    """Each cell's own estimate with the wide belief taken out again, then pooled."""
    moments = np.array([saturation_of(each) for each in weights])
    precision = np.maximum(1.0 / moments[:, 1] - 1.0 / WIDE_K[1], _LEAST_PRECISION)
    estimates = (moments[:, 0] / moments[:, 1] - WIDE_K[0] / WIDE_K[1]) / precision
    return pooled(
        paths=[cell.series.path for cell in cells],
        estimates=np.clip(estimates, LOG_K[0], LOG_K[-1]),
        variances=1.0 / precision,
        root=(WIDE_K[0], float(np.sqrt(WIDE_K[1]))),
        spread=K_SPREAD,
        rng=rng,
    )


def _coefficients(cells: Sequence[Alone], weights: Sequence[Array], rng: np.random.Generator) -> tuple[Belief, ...]:
    names = [cell.days.controls.names for cell in cells]
    beliefs = [Belief(mean=np.zeros(len(own)), variance=np.ones(len(own))) for own in names]
    for name in sorted({name for own in names for name in own}):
        having = [number for number, own in enumerate(names) if name in own]
        shared = _coefficient([cells[number] for number in having], [weights[number] for number in having], name, rng)
        for order, number in enumerate(having):
            place = names[number].index(name)
            beliefs[number].mean[place] = shared.mean[order]
            beliefs[number].variance[place] = shared.variance[order]
    return tuple(beliefs)


def _coefficient(cells: Sequence[Alone], weights: Sequence[Array], name: str, rng: np.random.Generator) -> Pooled:
    found = np.empty((len(cells), 2))
    for order, (cell, own) in enumerate(zip(cells, weights, strict=True)):
        place = cell.days.controls.names.index(name)
        values = cell.fit.coefficients[:, place]
        mean = own @ values
        found[order] = mean, cell.fit.covariance[place, place] + own @ (values - mean) ** 2
    doubt = float(cells[0].days.controls.doubts[cells[0].days.controls.names.index(name)])
    return pooled(
        paths=[cell.series.path for cell in cells],
        estimates=found[:, 0],
        variances=found[:, 1],
        root=(USUAL_RETURN, RETURN_DOUBT) if name == LEVEL else (0.0, doubt),
        spread=LEVEL_SPREAD if name == LEVEL else USUAL_SPREAD,
        rng=rng,
    )
