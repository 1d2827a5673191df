"""The split as groups of cells that share a price of money, and how far each price can move before they change."""

from dataclasses import dataclass, replace

import numpy as np

from campaigns.optimization.certificate import cell_prices
from campaigns.optimization.curves import Array
from campaigns.optimization.demand import Demand, demand_of
from campaigns.optimization.model import Mask, Model
from campaigns.optimization.roots import bracket_roots
from campaigns.optimization.solution import Solution
from campaigns.optimization.tightness import at_lower, at_upper, is_tight
from campaigns.optimization.tree import Tree

_HALVINGS = 20
_SLACK = 1e-9
_FAR = 1e6


@dataclass(frozen=True, kw_only=True)
class Interval:
    """Prices of money of one group between which the same cells, rules and children are at their limits.

    ``is_endless`` when at the low end some cell would take whatever there is.
    """

    low: float
    high: float
    is_endless: bool = False


class PriceGroups:
    """Groups are numbered by the node whose rule holds them; the root's is 0, held or not."""

    def __init__(self, model: Model, tree: Tree, solution: Solution) -> None:
        self.model, self.tree, self.spend = model, tree, solution.spend
        widest = np.maximum(model.upper, model.unit)
        wide = demand_of(model=model, upper=widest)
        self.demand: Demand = replace(wide, upper=model.upper)
        self.unlimited: Demand = replace(wide, lower=np.zeros(model.count), upper=widest)
        self.worth, self.price = cell_prices(model=model, solution=solution)
        self.held = np.zeros(tree.count, dtype=np.bool_)
        own_price = np.zeros(tree.count)
        for row, node, price in zip(model.rows, tree.node_of_row.tolist(), solution.row_prices.tolist(), strict=True):
            own_price[node] += price
            self.held[node] |= is_tight(model=model, row=row, spend=solution.spend)
        self.node_price = own_price
        own = np.where(self.held, np.arange(tree.count), -1)
        own[0] = 0
        for nodes in tree.levels[1:]:
            self.node_price[nodes] += self.node_price[tree.parent[nodes]]
        self.group_of_node = tree.spread(own=own)
        self.group = self.group_of_node[tree.home]
        # What a cell asks of money beyond its group's price, and what it earns at each of its limits beyond that.
        asks = self.price - self.node_price[self.group]
        with np.errstate(over="ignore"):
            self.at_lower, self.at_upper = (
                self.worth * model.slope(spend=x) - asks for x in (model.lower, self.demand.upper)
            )
        self.asks = asks
        self.is_low, self.is_high = at_lower(model=model, spend=self.spend), at_upper(model=model, spend=self.spend)

    def cells(self, group: int) -> Mask:
        """The cells of a group."""
        inside: Mask = self.group == group
        return inside

    def wished(self, group: int, price: float) -> Array:
        """The split with one group at another price."""
        asked = np.where(self.group == group, price + self.asks, self.price)
        moved = self.demand.at(worth=self.worth, price=asked)
        return np.where((self.group == group) & ~(self.is_low & self.is_high), moved, self.spend)

    def taken(self, group: int, price: float) -> float:
        """What a group's cells take at a price, currency units."""
        return float(self.wished(group, price)[self.group == group].sum())

    def interval(self, group: int) -> Interval | None:
        """How far the group's price can move; None when none of its cells is free."""
        here = float(self.node_price[group])
        cells = self.cells(group)
        free = cells & ~self.is_low & ~self.is_high
        is_said = self.model.upper_bounds.is_said
        if not free.any():
            return None
        low = max([0.0 if group == 0 else -np.inf, *self.at_upper[free & is_said], *self.at_lower[cells & self.is_low]])
        high = min([*self.at_lower[free], *self.at_upper[cells & self.is_high & ~self.is_low]])
        low, high = self._held_children(group, min(low, here), max(high, here))
        low, high = self._reach(group, here, low), self._reach(group, here, high)
        most = self.wished(group, low)
        endless = bool(np.any(cells & ~is_said & (most >= self.demand.upper * (1.0 - _SLACK))))
        return Interval(low=low, high=high, is_endless=endless)

    def _held_children(self, group: int, low: float, high: float) -> tuple[float, float]:
        """A held child lets go when the price around it passes its own, and so does the group itself."""
        around = float(self.node_price[self.tree.parent[group]])
        if group and self.tree.low[group] != self.tree.high[group]:
            low, high = (max(low, around), high) if self.node_price[group] > around else (low, min(high, around))
        for node in np.flatnonzero(self.held).tolist():
            around = self.group_of_node[self.tree.parent[node]]
            if node == 0 or around != group or self.tree.low[node] == self.tree.high[node]:
                continue
            inside = float(self.node_price[node])
            if inside > self.node_price[group]:
                high = min(high, inside)
            elif inside < self.node_price[group]:
                low = max(low, inside)
        return low, high

    def _reach(self, group: int, here: float, end: float) -> float:
        """The price nearest to ``end`` at which no other rule inside is broken."""
        if not np.isfinite(end):
            scale = _FAR * max(abs(here), float(np.max(self.price, initial=0.0)), 1e-300)
            end = scale if end > 0.0 else -scale
        if self._keeps(group, end):
            return end
        kept, broken = here, end
        for _ in range(_HALVINGS):
            middle = 0.5 * (kept + broken)
            kept, broken = (middle, broken) if self._keeps(group, middle) else (kept, middle)
        return kept

    def _keeps(self, group: int, price: float) -> bool:
        totals = self.tree.gathered(cells=self.wished(group, price), clip=False)
        inside = (self.group_of_node == group) & ~self.held
        slack = _SLACK * self.model.unit
        inside[0] = False
        return bool(np.all(~inside | ((totals >= self.tree.low - slack) & (totals <= self.tree.high + slack))))

    def room_on_the_way(self, node: int) -> tuple[float, float]:
        """How much less and more may be spent in a node before one that is not held, up to its group, becomes so."""
        totals = self.tree.gathered(cells=self.spend, clip=False)
        less, more = -np.inf, np.inf
        while node != 0 and not self.held[node]:
            less = max(less, float(self.tree.low[node] - totals[node]))
            more = min(more, float(self.tree.high[node] - totals[node]))
            node = int(self.tree.parent[node])
        return min(less, 0.0), max(more, 0.0)

    def cell_spend(self, cell: int, price: float) -> float:
        """What one cell would spend at its group's price if its own limits were gone."""
        asked = np.array([price + float(self.asks[cell])])
        return float(self.unlimited.part(np.array([cell])).at(worth=self.worth[[cell]], price=asked)[0])

    def meeting_price(self, groups: list[int], cell: int | None, start: float, end: float) -> float | None:
        """The price between two at which groups, and perhaps a cell, keep the sum they take now."""
        whole = sum(self.taken(group, float(self.node_price[group])) for group in groups)
        whole += 0.0 if cell is None else float(self.spend[cell])

        def excess(share: Array) -> Array:
            price = start + float(share[0]) * (end - start)
            total = sum(self.taken(group, price) for group in groups)
            total += 0.0 if cell is None else self.cell_spend(cell, price)
            return np.full(1, (total - whole) * float(np.sign(end - start)))

        tolerance = np.array([1e-12 * max(whole, 1e-300)])
        found = bracket_roots(function=excess, start=np.array([0.5]), tolerance=tolerance, reach=1.0)
        share = float(found.above[0])
        return start + share * (end - start) if 0.0 <= share <= 1.0 else None
