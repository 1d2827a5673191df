"""The curves of all cells of a plan, evaluated at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curves import KINDS, Array, ConcaveShape, Curve, concave_shape
from campaigns.optimization.inverse_slopes import inverse_slope

_HALVINGS = 52
_BLOCK = 32_768


@dataclass(frozen=True, kw_only=True)
class CurveGroup:
    """Cells whose curves share kind, number of draws, and whether their cost rises.

    Attributes:
        cells: positions in the plan, shape (m,).
        shape: their curves, each array of shape (m, n_draws).
    """

    cells: NDArray[np.intp]
    shape: ConcaveShape

    @property
    def is_single(self) -> bool:
        """Whether each cell has exactly one draw at a fixed cost, so that closed forms hold."""
        return bool(self.shape.until.shape[1] == 1) and self.shape.rise is None


@dataclass(frozen=True, kw_only=True)
class Responses:
    """Mean response of each of ``count`` cells."""

    count: int
    groups: tuple[CurveGroup, ...]

    def values(self, *, spend: Array) -> Array:
        """Mean revenue; ``spend`` of shape (n_cells,) or (n_cells, n_points), currency units."""
        result = np.empty(spend.shape)
        for group in self.groups:
            result[group.cells] = mean_over_draws(
                shape=group.shape, spend=spend[group.cells], figure=ConcaveShape.value
            )
        return result

    def unhulled(self, *, spend: Array) -> Array:
        """Mean revenue of the curves themselves, S-shaped or not; ``spend`` of shape (n_cells,)."""
        return self.as_they_are().values(spend=spend)

    def as_they_are(self) -> "Responses":
        """The curves themselves instead of their hulls; where they are S-shaped they are not concave."""
        groups = tuple(
            replace(group, shape=replace(group.shape, until=np.zeros_like(group.shape.until), since=None))
            for group in self.groups
        )
        return Responses(count=self.count, groups=groups)

    def slopes(self, *, spend: Array) -> Array:
        """Mean revenue of one more unit of money; same shapes as ``values``."""
        result = np.empty(spend.shape)
        for group in self.groups:
            result[group.cells] = mean_over_draws(
                shape=group.shape, spend=spend[group.cells], figure=ConcaveShape.slope
            )
        return result

    def hull_ends(self) -> Array:
        """Spend per cell up to which some draw is a straight line standing in for an S-shape; 0 where concave."""
        ends = np.zeros(self.count)
        for group in self.groups:
            ends[group.cells] = group.shape.straight_until.max(axis=1)
        return ends

    def best_spend(self, *, weight: Array, price: Array, lower: Array, upper: Array) -> Array:
        """Spend in [lower, upper] at which ``weight * revenue - price * spend`` is highest, per cell.

        Cells with one curve have their slope inverted; a mean of draws is concave, so the point where its slope changes
        sign is found by halving the interval; fifty-two halvings reach the last bit of the upper limit.
        """
        low, high = lower.copy(), upper.copy()
        for group in self.groups:
            cells = group.cells
            if group.is_single:
                shape = group.shape.reshaped(cells.size)
                wished = inverse_slope(shape=shape, slope=_slope_asked(weight[cells], price[cells]))
                low[cells] = high[cells] = np.clip(wished, lower[cells], upper[cells])
            else:
                low[cells], high[cells] = _halved(group, weight[cells], price[cells], lower[cells], upper[cells])
        ends = np.stack([lower, low, high, upper], axis=1)
        gains = weight[:, None] * self.values(spend=ends) - price[:, None] * ends
        best: Array = ends[np.arange(self.count), np.argmax(gains, axis=1)]
        return best


def _slope_asked(weight: Array, price: Array) -> Array:
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        return np.nan_to_num(np.clip(price / weight, 1e-280, 1e280), nan=1e280)


def _halved(group: CurveGroup, weight: Array, price: Array, low: Array, high: Array) -> tuple[Array, Array]:
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        rising = weight * group.shape.slope(middle[:, None]).mean(axis=-1) > price
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    return low, high


@dataclass(frozen=True, kw_only=True)
class RememberedResponses(Responses):
    """Responses that give the same answer again when asked for the same array of spend: looks at many draws cost."""

    memory: dict[str, tuple[Array, Array]] = field(default_factory=dict)

    def values(self, *, spend: Array) -> Array:
        if self.memory.get("values", (None,))[0] is not spend:
            self.memory["values"] = (spend, super().values(spend=spend))
        return self.memory["values"][1]

    def slopes(self, *, spend: Array) -> Array:
        if self.memory.get("slopes", (None,))[0] is not spend:
            self.memory["slopes"] = (spend, super().slopes(spend=spend))
        return self.memory["slopes"][1]


def gather_responses(*, curves: Sequence[Curve]) -> Responses:
    """Group curves of one kind and number of draws, so that each group is one array operation."""
    together: dict[tuple[str, int, bool], list[int]] = {}
    for position, curve in enumerate(curves):
        together.setdefault((curve.kind, curve.draws_count, curve.rise.exponent > 0.0), []).append(position)
    groups = tuple(
        CurveGroup(
            cells=np.array(cells),
            shape=concave_shape(
                kind=kind, columns=_stacked(curves, cells), rises=[curves[cell].rise for cell in cells]
            ),
        )
        for (kind, _, _), cells in together.items()
    )
    return Responses(count=len(curves), groups=groups)


def _stacked(curves: Sequence[Curve], cells: Sequence[int]) -> tuple[Array, ...]:
    draws = curves[cells[0]].draws_count
    return tuple(
        np.concatenate([curves[cell].parameters[name] for cell in cells]).reshape(len(cells), draws)
        for name in KINDS[curves[cells[0]].kind].parameters
    )


def mean_over_draws(*, shape: ConcaveShape, spend: Array, figure: Callable[[ConcaveShape, Array], Array]) -> Array:
    """Mean over the draws of a figure of the curves, same shape as ``spend``, (m,) or (m, n_points).

    Many draws are taken a block of cells at a time: arrays that fit into the processor's cache are twice as fast.
    """
    rows, draws = shape.until.shape
    shape = shape if spend.ndim == 1 else shape.reshaped(rows, 1, draws)
    if draws == 1:
        return figure(shape, spend[..., None])[..., 0]
    result = np.empty(spend.shape)
    step = max(_BLOCK // (draws * (spend.size // rows)), 1)
    for start in range(0, rows, step):
        block = slice(start, start + step)
        result[block] = figure(shape.taken(block), spend[block][..., None]).mean(axis=-1)
    return result


def scaled_responses(*, responses: Responses, factors: Array) -> Responses:
    """The same responses with every draw's revenue multiplied, by one factor or one per draw, shape (n_draws,).

    A response with a single draw stands for every draw, and takes the mean of the factors.
    """
    groups = tuple(
        replace(
            group,
            shape=group.shape.scaled(factors if group.shape.until.shape[1] == factors.size else float(factors.mean())),
        )
        for group in responses.groups
    )
    return replace(responses, groups=groups)
