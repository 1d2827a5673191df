"""Response curves: attributed revenue of a cell as a concave function of its spend.

Every kind starts at zero revenue for zero spend and never falls. Kinds that are S-shaped (``hill`` with s > 1,
``logistic``) are replaced by their concave hull: a straight line from the origin to the tangent point, the curve
beyond. The hull never lies under the curve, so a plan inside the straight part is optimistic; ``hull_until`` tells
where it ends.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

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
    """

    parameters: tuple[str, ...]
    value: Callable[..., Array]
    slope: Callable[..., Array]
    hull_until: Callable[..., Array]


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
        parameters=("beta", "k"), value=_michaelis_menten, slope=_michaelis_menten_slope, hull_until=_no_hull
    ),
    "exponential": CurveKind(
        parameters=("beta", "k"), value=_exponential, slope=_exponential_slope, hull_until=_no_hull
    ),
    "hill": CurveKind(parameters=("beta", "k", "s"), value=_hill, slope=_hill_slope, hull_until=_hill_hull_until),
    "logistic": CurveKind(
        parameters=("beta", "midpoint", "width"),
        value=_logistic,
        slope=_logistic_slope,
        hull_until=_logistic_hull_until,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A cell's response, as one or many equally likely draws of one kind.

    Attributes:
        kind: a key of ``KINDS``.
        parameters: draws of each parameter, each of shape (n_draws,); revenue and spend in the problem's currency.
    """

    kind: str
    parameters: Mapping[str, Array]

    @property
    def columns(self) -> tuple[Array, ...]:
        """The parameters in the kind's order, each of shape (n_draws,)."""
        return tuple(self.parameters[name] for name in KINDS[self.kind].parameters)

    @property
    def draws_count(self) -> int:
        return int(self.columns[0].size)

    @property
    def hull_until(self) -> float:
        """Spend up to which at least one draw is a straight line instead of its S-shape; 0 for a concave curve."""
        return float(self._shape.until.max())

    def values_by_draw(self, *, spend: Array) -> Array:
        """Revenue at each spend under each draw, on the concave hull: shape (*spend.shape, n_draws)."""
        return self._shape.value(np.asarray(spend, dtype=np.float64)[..., None])

    def value(self, *, spend: Array) -> Array:
        """Mean revenue over the draws, same shape as ``spend``."""
        mean: Array = self.values_by_draw(spend=spend).mean(axis=-1)
        return mean

    def slope(self, *, spend: Array) -> Array:
        """Mean revenue of one more unit of money, same shape as ``spend``."""
        mean: Array = self._shape.slope(np.asarray(spend, dtype=np.float64)[..., None]).mean(axis=-1)
        return mean

    @cached_property
    def _shape(self) -> "ConcaveShape":
        return concave_shape(kind=self.kind, columns=self.columns)


@dataclass(frozen=True, kw_only=True)
class ConcaveShape:
    """The concave hulls of many curves of one kind; all arrays broadcast against each other and against spend.

    Attributes:
        columns: parameters in the kind's order.
        until: where the straight part ends; 0 for a concave curve.
        line: slope of the straight part.
    """

    kind: str
    columns: tuple[Array, ...]
    until: Array
    line: Array

    def value(self, spend: Array) -> Array:
        """Revenue at ``spend``."""
        plain = KINDS[self.kind].value(spend, *self.columns)
        return np.where(spend < self.until, spend * self.line, plain) if self.until.any() else plain

    def slope(self, spend: Array) -> Array:
        """Revenue of one more unit of money at ``spend``."""
        plain = KINDS[self.kind].slope(spend, *self.columns)
        return np.where(spend < self.until, self.line, plain) if self.until.any() else plain

    def reshaped(self, *shape: int) -> "ConcaveShape":
        """The same curves with every array in another shape."""
        return ConcaveShape(
            kind=self.kind,
            columns=tuple(column.reshape(shape) for column in self.columns),
            until=self.until.reshape(shape),
            line=self.line.reshape(shape),
        )

    def taken(self, kept: NDArray[np.intp]) -> "ConcaveShape":
        """Only some of the curves, along the first axis."""
        return ConcaveShape(
            kind=self.kind,
            columns=tuple(column[kept] for column in self.columns),
            until=self.until[kept],
            line=self.line[kept],
        )


def concave_shape(*, kind: str, columns: tuple[Array, ...]) -> ConcaveShape:
    """Find where each curve's hull leaves its straight part."""
    family = KINDS[kind]
    until = family.hull_until(*columns)
    line = family.value(until, *columns) / np.where(until > 0.0, until, 1.0)
    return ConcaveShape(kind=kind, columns=columns, until=until, line=line)
