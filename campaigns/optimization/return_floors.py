"""Multipliers of ROAS floors, on top of the prices of a tree of rules."""

from dataclasses import dataclass

import numpy as np

from campaigns.optimization.curves import Array
from campaigns.optimization.demand import Demand
from campaigns.optimization.model import Model
from campaigns.optimization.roots import bracket_roots
from campaigns.optimization.solution import Infeasible, NotConverged
from campaigns.optimization.tree import Tree
from campaigns.optimization.water_filling import Filling, Terms, fill

_PRECISE = 1e-12
_SWEEPS = 40
_CLOSE, _CLOSER = 1e-10, 3
_REACH = 40.0  # multipliers beyond e^40 of the revenue's own worth mean that only the floor counts
_UNREACHED = 1e-9


@dataclass(frozen=True, kw_only=True)
class Held:
    """A split that keeps the floors, and the objective per unit of revenue that each floor is worth."""

    filling: Filling
    multipliers: Array


def hold_return_floors(
    *, model: Model, tree: Tree, demand: Demand, start: Array | None = None, guess: Array | None = None
) -> Held:
    """The best split on the tree that keeps all ROAS floors.

    Raises:
        Infeasible: a single floor asks for more than any split earns.
        NotConverged: several floors did not come to rest together.
    """
    count = len(model.roas_rows)
    search = _Search(model, tree, demand, np.zeros(count) if start is None else start.copy(), guess)
    for _ in range(_SWEEPS if count > 1 else 1):
        for floor in range(count):
            search.settle(floor)
        if count < 2 or search.is_at_rest():
            return Held(filling=search.filling, multipliers=search.multipliers)
    raise NotConverged("The ROAS floors did not come to rest together.")


class _Search:
    def __init__(self, model: Model, tree: Tree, demand: Demand, multipliers: Array, guess: Array | None) -> None:
        self.model, self.tree, self.demand, self.multipliers, self.guess = model, tree, demand, multipliers, guess
        self.usual = float(model.weight.max()) or 1.0
        self.filling = self._fill(multipliers)

    def _fill(self, multipliers: Array) -> Filling:
        worth, asks = self.model.weight.copy(), self.model.cost.copy()
        for row, multiplier in zip(self.model.roas_rows, multipliers.tolist(), strict=True):
            worth[row.cells] += multiplier
            asks[row.cells] += multiplier * row.floor
        terms = Terms(worth=worth, asks=asks)
        filling = fill(model=self.model, tree=self.tree, demand=self.demand, terms=terms, guess=self.guess)
        self.guess = filling.node_price
        return filling

    def surplus(self, spend: Array) -> Array:
        """Revenue beyond what each floor asks, shape (n_floors,)."""
        revenue = self.model.revenue(spend=spend)
        return np.array(
            [
                float(revenue[row.cells].sum()) - row.floor * float(spend[row.cells].sum())
                for row in self.model.roas_rows
            ]
        )

    def scale(self, floor: int) -> float:
        """What the floor asks for, at least of a small part of the budget."""
        row = self.model.roas_rows[floor]
        return row.floor * max(float(self.filling.spend[row.cells].sum()), 1e-9 * self.model.unit)

    def settle(self, floor: int) -> None:
        """The least multiplier at which this floor is kept, the others standing as they are."""
        self._try(floor, 0.0)
        if self.surplus(self.filling.spend)[floor] >= -_PRECISE * self.scale(floor):
            return
        # What the floor asks for may shrink by orders of magnitude on the way, and the tolerance with it.
        self._close_in(floor)
        for _ in range(_CLOSER):
            if abs(self.surplus(self.filling.spend)[floor]) <= _CLOSE * self.scale(floor):
                break
            self._close_in(floor)

    def _close_in(self, floor: int) -> None:
        tolerance = np.array([_PRECISE * self.scale(floor)])
        before = self.multipliers[floor]
        found = bracket_roots(
            function=lambda y: -self._surplus_at(floor, y),
            start=np.array([np.log(before / self.usual) if before > 0.0 else 0.0]),
            tolerance=tolerance,
            reach=_REACH,
        )
        if found.excess[0] > tolerance[0] and found.shortfall[0] > tolerance[0]:
            self._only_the_floor(floor)
            return
        self._between(floor, float(found.above[0]), float(found.below[0]), float(found.share_below[0]))

    def _try(self, floor: int, multiplier: float) -> None:
        self.multipliers[floor] = multiplier
        self.filling = self._fill(self.multipliers)

    def _surplus_at(self, floor: int, logarithm: Array) -> Array:
        self._try(floor, self.usual * float(np.exp(logarithm[0])))
        return self.surplus(self.filling.spend)[[floor]]

    def _between(self, floor: int, above: float, below: float, share: float) -> None:
        """The split between the two ends of the bracket at which the floor is just kept."""
        self._try(floor, self.usual * float(np.exp(above)))
        short = self.filling
        if above != below:
            self._try(floor, self.usual * float(np.exp(below)))
            enough = self.filling
            spend = share * enough.spend + (1.0 - share) * short.spend
            self.filling = Filling(spend=spend, node_price=enough.node_price)

    def _only_the_floor(self, floor: int) -> None:
        """No multiplier is large enough: keep the split that earns the floor's cells most, if that reaches it."""
        if np.any(np.delete(self.multipliers, floor) > 0.0):
            raise NotConverged("The ROAS floors did not come to rest together.")
        asked = self.model.roas_rows[floor].floor * float(self.filling.spend[self.model.roas_rows[floor].cells].sum())
        if self.surplus(self.filling.spend)[floor] < -_UNREACHED * asked:
            raise Infeasible("No split reaches the ROAS floor.")

    def is_at_rest(self) -> bool:
        """Whether every floor is kept, and just kept where it costs something."""
        surplus = self.surplus(self.filling.spend)
        scales = np.array([self.scale(floor) for floor in range(surplus.size)])
        kept = surplus >= -1e-10 * scales
        just = (self.multipliers == 0.0) | (np.abs(surplus) <= 1e-10 * scales)
        return bool(np.all(kept & just))
