"""How far one rule can move before other rules or limits begin or cease to bind, and its price ceases to hold.

Moving a limit moves money between two groups of cells, each with one price: the group the rule holds, and the one
around it. Each group's own price can move a known way; the range ends where the first of the two has to stop, or where
both prices meet and the rule lets go.
"""

from dataclasses import dataclass

import numpy as np

from campaigns.optimization.model import Model, Row
from campaigns.optimization.price_groups import Interval, PriceGroups
from campaigns.optimization.solution import Solution
from campaigns.optimization.tightness import is_roas_tight, is_tight
from campaigns.optimization.tree import tree_of

# Ranges times cells that one allocation looks at: a plan of a thousand cells has fifteen ranges beside the budget's.
_LOOKS = 15_000


@dataclass(frozen=True, kw_only=True)
class Validity:
    """Values of a rule between which the same rules bind; None with the reason when not computed."""

    low: float | None
    high: float | None
    reason: str


def not_computed(why: str) -> Validity:
    """No range, and why."""
    return Validity(low=None, high=None, reason=f"Not computed: {why}")


class Ranges:
    """Ranges of the rules of one split."""

    def __init__(self, *, model: Model, solution: Solution) -> None:
        self.model, self.spend = model, solution.spend
        self.obstacle = ""
        tree = tree_of(model=model)
        if any(is_roas_tight(model=model, row=row, spend=solution.spend) for row in model.roas_rows):
            self.obstacle = "a ROAS floor shares in the price of money."
        elif tree is None:
            self.obstacle = "the rules cut across each other; plan again for a larger change."
        elif model.start.any():
            self.obstacle = "least spends make the outcome jump."
        if tree is None or self.obstacle:
            return
        self.tree = tree
        self.groups = PriceGroups(model, tree, solution)
        self.intervals: dict[int, Interval | None] = {}
        self.left = max(_LOOKS // model.count, 1)

    def of_budget(self, *, kept: float) -> Validity:
        """Range of the budget; ``kept`` is 1 less the reserve."""
        if self.obstacle:
            return not_computed(self.obstacle)
        interval = self._interval(0)
        if kept <= 0.0 or interval is None:
            return not_computed("no cell is free to take the money.")
        here = float(self.model.rows[0].bound)
        now = self.groups.taken(0, float(self.groups.node_price[0]))
        low = here + self.groups.taken(0, interval.high) - now
        if interval.is_endless:
            return Validity(low=max(low, 0.0) / kept, high=None, reason="From this budget upward the same rules bind.")
        high = here + self.groups.taken(0, interval.low) - now
        reason = "Between these budgets the same rules bind."
        return Validity(low=max(low, 0.0) / kept, high=high / kept, reason=reason)

    def _is_refused(self) -> Validity | None:
        """The reason not to look, which may be that enough has been looked at; else one look less is left."""
        if self.obstacle:
            return not_computed(self.obstacle)
        self.left -= 1
        return not_computed("many rules bind; ask what would be if this one changed.") if self.left < 0 else None

    def of_row(self, row: Row, *, unit: float) -> Validity:
        """Range of a cap, floor or fixed amount, in ``unit`` currency units (the budget for a share)."""
        if refused := self._is_refused():
            return refused
        place = next(i for i, other in enumerate(self.model.rows) if other is row)
        node = int(self.tree.node_of_row[place])
        if node == 0 or self.groups.group_of_node[node] != node:
            return not_computed("the rule holds the whole plan." if node == 0 else "another rule holds the same cells.")
        inside = self._moves(node)
        around = int(self.groups.group_of_node[self.tree.parent[node]])
        meeting = None if row.sense == "==" else self._meeting([node], None, around, node)
        way = self.groups.room_on_the_way(int(self.tree.parent[node]))
        return self._joined(row.bound, _both(inside, way), self._moves_around(around), meeting, unit)

    def of_cell(self, cell: int, *, amount: float, is_upper: bool) -> Validity:
        """Range of one cell's own least or most spend, currency units."""
        if refused := self._is_refused():
            return refused
        around = int(self.groups.group[cell])
        lower, upper = float(self.model.lower[cell]), float(self.model.upper[cell])
        room = (lower - amount, np.inf) if is_upper else (-amount, upper - amount)
        meeting = self._meeting([], cell, around, None)
        way = self.groups.room_on_the_way(int(self.tree.home[cell]))
        return self._joined(amount, _both(room, way), self._moves_around(around), meeting, 1.0)

    def _joined(
        self, value: float, inside: tuple[float, float], around: tuple[float, float], meeting: float | None, unit: float
    ) -> Validity:
        low, high = max(inside[0], around[0], -value), min(inside[1], around[1])
        if meeting is not None and meeting >= 0.0:
            high = min(high, meeting)
        elif meeting is not None:
            low = max(low, meeting)
        reason = "Between these values the same rules bind."
        if not np.isfinite(high):
            return Validity(low=(value + low) / unit, high=None, reason="From this value upward the same rules bind.")
        return Validity(low=(value + low) / unit, high=(value + high) / unit, reason=reason)

    def _interval(self, group: int) -> Interval | None:
        if group not in self.intervals:
            self.intervals[group] = self.groups.interval(group)
        return self.intervals[group]

    def _moves(self, group: int) -> tuple[float, float]:
        """How much less and more money the group can take before something in it changes."""
        interval = self._interval(group)
        if interval is None:
            return 0.0, 0.0
        now = self.groups.taken(group, float(self.groups.node_price[group]))
        most = np.inf if interval.is_endless else self.groups.taken(group, interval.low) - now
        return self.groups.taken(group, interval.high) - now, most

    def _moves_around(self, group: int) -> tuple[float, float]:
        """How much a rule inside the group can fall and rise, the group giving or taking the money."""
        budget = self.model.rows[0]
        if group == 0 and not is_tight(model=self.model, row=budget, spend=self.spend):
            return -np.inf, budget.bound - float(self.spend.sum())
        less, more = self._moves(group)
        return -more, -less

    def _meeting(self, inner: list[int], cell: int | None, around: int, node: int | None) -> float | None:
        """By how much the rule moves until the prices inside and around it are the same; None where they never are."""
        groups = self.groups
        outside = float(groups.node_price[around])
        inside = float(groups.node_price[node]) if node is not None else self._cell_price(cell or 0)
        if not np.isfinite(inside) or inside == outside:
            return None
        every = [*inner] if outside == 0.0 and around == 0 else [*inner, around]
        if every == inner:
            price: float | None = 0.0
        else:
            price = groups.meeting_price(every, cell, inside, outside)
        if price is None:
            return None
        if cell is not None:
            return groups.cell_spend(cell, price) - float(self.spend[cell])
        return groups.taken(inner[0], price) - groups.taken(inner[0], inside)

    def _cell_price(self, cell: int) -> float:
        with np.errstate(over="ignore"):
            earned = self.groups.worth * self.model.slope(spend=self.spend)
        return float(earned[cell] - self.groups.asks[cell])


def _both(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return max(one[0], other[0]), min(one[1], other[1])
