"""Response curves: attributed revenue of a cell as a concave function of its spend.

Every kind starts at zero revenue for zero spend and never falls. Kinds that are S-shaped (``hill`` with s > 1,
``logistic``) are replaced by their concave hull: a straight line from the origin to the tangent point, the curve
beyond. The hull never lies under the curve, so a plan inside the straight part is optimistic; ``hull_until`` tells
where it ends. Where the cost of clicks rises with spend the curve is one of what the money buys, and stays concave.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curve_kinds import KINDS, Array

__all__ = ["KINDS", "Array", "ConcaveShape", "CostRise", "Curve", "concave_shape"]

_HALVINGS, _DOUBLINGS = 80, 60


@dataclass(frozen=True, kw_only=True)
class CostRise:
    """Clicks that cost more the more is spent: x buys what x / (1 + x/spend)^exponent would at the first click's cost.

    Attributes:
        spend: where the cost per click has risen to 2^exponent times the first, currency units.
        exponent: 0 for a fixed cost to 1, where no money buys more than ``spend`` would.
    """

    spend: float = 1.0
    exponent: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A cell's response, as one or many equally likely draws of one kind.

    Attributes:
        kind: a key of ``KINDS``.
        parameters: draws of each parameter, each of shape (n_draws,); revenue and spend in the problem's currency.
        rise: how the cost of what is bought rises with spend.
    """

    kind: str
    parameters: Mapping[str, Array]
    rise: CostRise = CostRise()

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
        return float(self._shape.straight_until.max())

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
        return concave_shape(kind=self.kind, columns=tuple(c[None] for c in self.columns), rises=[self.rise]).taken(0)


@dataclass(frozen=True, kw_only=True)
class Rise:
    """``CostRise`` of many curves; arrays of the curves' shape."""

    spend: Array
    exponent: Array

    def bought(self, spend: Array) -> Array:
        """What the money buys, at the first click's cost."""
        bought: Array = spend * (1.0 + spend / self.spend) ** -self.exponent
        return bought

    def bought_by_next(self, spend: Array) -> Array:
        """What one more unit of money buys."""
        more = spend / self.spend
        rate: Array = (1.0 + more) ** -self.exponent * (1.0 - self.exponent * more / (1.0 + more))
        return rate


@dataclass(frozen=True, kw_only=True)
class ConcaveShape:
    """The concave hulls of many curves of one kind; all arrays broadcast against each other and against spend.

    Attributes:
        columns: parameters in the kind's order.
        until: where the straight part ends, in what is bought; 0 for a concave curve, infinite where it never does.
        line: slope of the straight part.
        since: where the straight part begins, in what is bought; None where it begins at zero for all of the curves.
        rise: how the cost of what is bought rises; None where it does for none of the curves.
    """

    kind: str
    columns: tuple[Array, ...]
    until: Array
    line: Array
    rise: Rise | None = None
    since: Array | None = None

    def value(self, spend: Array) -> Array:
        """Revenue at ``spend``."""
        bought = spend if self.rise is None else self.rise.bought(spend)
        plain = KINDS[self.kind].value(bought, *self.columns)
        if not self.until.any():
            return plain
        straight = bought * self.line
        if self.since is not None:
            straight = KINDS[self.kind].value(self.since, *self.columns) + (bought - self.since) * self.line
        return np.where(bought < self.until, straight, plain)

    def slope(self, spend: Array) -> Array:
        """Revenue of one more unit of money at ``spend``."""
        bought = spend if self.rise is None else self.rise.bought(spend)
        plain = KINDS[self.kind].slope(bought, *self.columns)
        slope = np.where(bought < self.until, self.line, plain) if self.until.any() else plain
        return slope if self.rise is None else slope * self.rise.bought_by_next(spend)

    @property
    def straight_until(self) -> Array:
        """Spend at which the straight part ends, same shape as ``until``; infinite where no money buys so much."""
        if self.rise is None:
            return self.until
        until = np.where(np.isfinite(self.until), self.until, 0.0)
        low, high = until, until.copy()
        for _ in range(_DOUBLINGS):
            high = np.where(self.rise.bought(high) < until, 2.0 * high, high)
        for _ in range(_HALVINGS):
            middle = 0.5 * (low + high)
            short = self.rise.bought(middle) < until
            low, high = np.where(short, middle, low), np.where(short, high, middle)
        return np.where((self.rise.bought(high) < until) | np.isinf(self.until), np.inf, high)

    def reshaped(self, *shape: int) -> "ConcaveShape":
        """The same curves with every array in another shape."""
        return self._each(lambda array: array.reshape(shape))

    def taken(self, kept: NDArray[np.intp] | int | slice) -> "ConcaveShape":
        """Only some of the curves, along the first axis."""
        return self._each(lambda array: array[kept])

    def drawn(self, draw: int) -> "ConcaveShape":
        """One draw of curves whose arrays are of shape (m, n_draws)."""
        return self._each(lambda array: array[:, draw : draw + 1])

    def scaled(self, factors: Array | float) -> "ConcaveShape":
        """The same curves with their revenue multiplied; every kind is proportional to its first parameter."""
        return replace(self, columns=(self.columns[0] * factors, *self.columns[1:]), line=self.line * factors)

    def _each(self, change: Callable[[Array], Array]) -> "ConcaveShape":
        rise = self.rise
        return ConcaveShape(
            kind=self.kind,
            columns=tuple(change(column) for column in self.columns),
            until=change(self.until),
            line=change(self.line),
            rise=None if rise is None else Rise(spend=change(rise.spend), exponent=change(rise.exponent)),
            since=None if self.since is None else change(self.since),
        )


def concave_shape(*, kind: str, columns: tuple[Array, ...], rises: Sequence[CostRise] = ()) -> ConcaveShape:
    """Find where each curve's hull leaves its straight part; ``rises`` one per row of the columns, or none at all."""
    family = KINDS[kind]
    until = family.hull_until(*columns)
    line = family.value(until, *columns) / np.where(until > 0.0, until, 1.0)
    rise = None
    if any(one.exponent > 0.0 for one in rises):
        spend, exponent = (np.array([getattr(one, name) for one in rises]) for name in ("spend", "exponent"))
        rise = Rise(
            spend=np.broadcast_to(spend[:, None], until.shape), exponent=np.broadcast_to(exponent[:, None], until.shape)
        )
    return ConcaveShape(kind=kind, columns=columns, until=until, line=line, rise=rise)
