"""The families of response curves: value, slope, and where the concave hull of an S-shape begins to follow it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_HALVINGS = 80


@dataclass(frozen=True, kw_only=True)
class CurveKind:
    """One family of curves.

    Attributes:
        parameters: the names it needs, in the order its functions take them.
        value: revenue at spend x >= 0; broadcasts.
        slope: revenue of one more unit of money at x; broadcasts; may be infinite at zero.
        hull_until: spend up to which the concave hull is a straight line; 0 for a concave curve.
        steepest_at: spend up to which the curve gets steeper, and beyond which it flattens; 0 for a concave curve.
    """

    parameters: tuple[str, ...]
    value: Callable[..., Array]
    slope: Callable[..., Array]
    hull_until: Callable[..., Array]
    steepest_at: Callable[..., Array]


def _no_hull(beta: Array, k: Array) -> Array:
    return np.zeros(np.broadcast_shapes(np.shape(beta), np.shape(k)))


def _michaelis_menten(x: Array, beta: Array, k: Array) -> Array:
    return beta * (x / (k + x))


def _michaelis_menten_slope(x: Array, beta: Array, k: Array) -> Array:
    return (beta / (k + x)) * (k / (k + x))


def _exponential(x: Array, beta: Array, k: Array) -> Array:
    revenue: Array = -beta * np.expm1(-x / k)
    return revenue


def _exponential_slope(x: Array, beta: Array, k: Array) -> Array:
    slope: Array = (beta / k) * np.exp(-x / k)
    return slope


def _hill(x: Array, beta: Array, k: Array, s: Array) -> Array:
    power = (x / k) ** s
    return beta * (power / (1.0 + power))


def _hill_slope(x: Array, beta: Array, k: Array, s: Array) -> Array:
    ratio = x / k
    with np.errstate(divide="ignore"):
        # Infinite at zero spend for s < 1: the first unit of money has no finite price.
        return (beta / k) * s * ratio ** (s - 1.0) / (1.0 + ratio**s) ** 2


def _hill_hull_until(beta: Array, k: Array, s: Array) -> Array:
    # f(x)/x = f'(x) gives 1 + (x/k)^s = s.
    return np.broadcast_arrays(k * np.maximum(s - 1.0, 0.0) ** (1.0 / s), beta)[0].astype(np.float64)


def _hill_steepest_at(beta: Array, k: Array, s: Array) -> Array:
    # The second derivative is zero where (x/k)^s = (s - 1)/(s + 1).
    return np.broadcast_arrays(k * (np.maximum(s - 1.0, 0.0) / (s + 1.0)) ** (1.0 / s), beta)[0].astype(np.float64)


def _sigmoid(z: Array) -> Array:
    share: Array = 0.5 * (1.0 + np.tanh(0.5 * z))
    return share


def _logistic(x: Array, beta: Array, midpoint: Array, width: Array) -> Array:
    # sigmoid(b) - sigmoid(a), written without cancellation where both are close to 0 or 1.
    a, b = -midpoint / width, (x - midpoint) / width
    rise = 0.5 * (np.tanh(0.5 * b) - np.tanh(0.5 * a))
    revenue: Array = beta * np.maximum(rise, 0.0)
    return revenue


def _logistic_slope(x: Array, beta: Array, midpoint: Array, width: Array) -> Array:
    share = _sigmoid((x - midpoint) / width)
    return (beta / width) * share * (1.0 - share)


def _logistic_steepest_at(beta: Array, midpoint: Array, width: Array) -> Array:
    return np.broadcast_arrays(np.maximum(midpoint, 0.0), beta)[0].astype(np.float64)


def _logistic_hull_until(beta: Array, midpoint: Array, width: Array) -> Array:
    beta, midpoint, width = np.broadcast_arrays(beta, midpoint, width)
    # Past the midpoint f(x) - x f'(x) rises from a negative value to a positive one: halve to its root.
    low = np.maximum(midpoint, 0.0)
    high = low + 60.0 * width + midpoint
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        under = _logistic(middle, beta, midpoint, width) < middle * _logistic_slope(middle, beta, midpoint, width)
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return np.where(midpoint <= 0.0, 0.0, high)


KINDS: Mapping[str, CurveKind] = {
    "michaelis_menten": CurveKind(
        parameters=("beta", "k"),
        value=_michaelis_menten,
        slope=_michaelis_menten_slope,
        hull_until=_no_hull,
        steepest_at=_no_hull,
    ),
    "exponential": CurveKind(
        parameters=("beta", "k"),
        value=_exponential,
        slope=_exponential_slope,
        hull_until=_no_hull,
        steepest_at=_no_hull,
    ),
    "hill": CurveKind(
        parameters=("beta", "k", "s"),
        value=_hill,
        slope=_hill_slope,
        hull_until=_hill_hull_until,
        steepest_at=_hill_steepest_at,
    ),
    "logistic": CurveKind(
        parameters=("beta", "midpoint", "width"),
        value=_logistic,
        slope=_logistic_slope,
        hull_until=_logistic_hull_until,
        steepest_at=_logistic_steepest_at,
    ),
}
