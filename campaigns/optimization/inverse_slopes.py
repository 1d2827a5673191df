"""The spend at which one more unit of money earns a given amount: each curve's slope, inverted in closed form."""

from collections.abc import Callable, Mapping

import numpy as np

from campaigns.optimization.curves import Array, ConcaveShape

_NEWTON_STEPS = 60


def _michaelis_menten(slope: Array, beta: Array, k: Array) -> Array:
    return np.asarray(np.sqrt(beta * k / slope) - k)


def _exponential(slope: Array, beta: Array, k: Array) -> Array:
    return np.asarray(k * np.log(beta / (k * slope)))


def _logistic(slope: Array, beta: Array, midpoint: Array, width: Array) -> Array:
    # share * (1 - share) = y, on the branch past the midpoint; steeper than the steepest point means no spend.
    y = slope * width / beta
    root = np.sqrt(np.maximum(1.0 - 4.0 * y, 0.0))
    beyond = midpoint + width * (2.0 * np.log1p(root) - np.log(4.0 * y))
    return np.where(4.0 * y < 1.0, beyond, 0.0)


def _hill(slope: Array, beta: Array, k: Array, s: Array) -> Array:
    """Newton on t = log(x/k): (s - 1) t - 2 log(1 + e^(s t)) - c is concave and falls past the hull.

    It starts where both of its straight asymptotes put the function at or under zero, so each step stays to the right
    of the root and the steps converge without a safeguard.
    """
    c = np.log(slope * k / (beta * s))
    t = -c / (s + 1.0)
    flat = np.where(s < 1.0, s - 1.0, -1.0)
    t = np.where(s < 1.0, np.minimum(t, c / flat), t)
    for _ in range(_NEWTON_STEPS):
        excess = (s - 1.0) * t - 2.0 * np.logaddexp(0.0, s * t) - c
        fall = (s - 1.0) - s * (1.0 + np.tanh(0.5 * s * t))
        step = np.where(fall < 0.0, excess / np.where(fall < 0.0, fall, 1.0), 0.0)
        t = t - step
        # Errors square with each step, so after one as small as this nothing is left to gain.
        if not np.any(np.abs(step) > 1e-8 * (1.0 + np.abs(t))):
            break
    return np.asarray(k * np.exp(t))


# Spend on the concave branch, before limits; may be negative or infinite.
INVERSES: Mapping[str, Callable[..., Array]] = {
    "michaelis_menten": _michaelis_menten,
    "exponential": _exponential,
    "hill": _hill,
    "logistic": _logistic,
}


def inverse_slope(*, shape: ConcaveShape, slope: Array) -> Array:
    """Spend at which curves (arrays of shape (m,)) have this slope, on their hulls; before limits.

    Where the straight part of a hull has just this slope, its beginning.
    """
    with np.errstate(all="ignore"):
        beyond = INVERSES[shape.kind](slope, *shape.columns)
        if not shape.until.any():
            return beyond
        return np.where((shape.until > 0.0) & (slope >= shape.line), 0.0, np.maximum(beyond, shape.until))
