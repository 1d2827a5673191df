"""Prices of money on a tree of rules: fill from the top, then every node that its rules hold, level by level.

What a node spends at a price is the sum over its children, held within its limits; so the price of the whole plan is
one root of one falling function, and the price inside a node that is held is another, all nodes of a level at once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curves import Array
from campaigns.optimization.demand import Demand
from campaigns.optimization.model import Model
from campaigns.optimization.roots import bracket_roots
from campaigns.optimization.tree import Tree

_PRECISE = 1e-13
_REACH = 700.0


@dataclass(frozen=True, kw_only=True)
class Terms:
    """On what terms cells take money: objective per revenue, and what a unit of money must earn beyond its price.

    Both of shape (n_cells,).
    """

    worth: Array
    asks: Array


@dataclass(frozen=True, kw_only=True)
class Filling:
    """A split and the price of money inside each node: its own where it is held, its parent's where it is not."""

    spend: Array
    node_price: Array


@dataclass
class _State:
    """Spend at the two ends of each price's bracket, and how far from the first to the second the split lies."""

    price: Array
    above: Array
    below: Array
    share: Array

    @property
    def spend(self) -> Array:
        return (1.0 - self.share) * self.above + self.share * self.below


def fill(*, model: Model, tree: Tree, demand: Demand, terms: Terms, guess: Array | None = None) -> Filling:
    """The best split at these terms; ``guess`` are node prices of a similar problem, shape (n_nodes,)."""
    spend = demand.at(worth=terms.worth, price=terms.asks)
    state = _State(price=np.zeros(model.count), above=spend, below=spend.copy(), share=np.zeros(model.count))
    node_price = np.zeros(tree.count)
    for level, nodes in enumerate(tree.levels):
        if level:
            node_price[nodes] = node_price[tree.parent[nodes]]
        raw_above, raw_below = tree.raw_totals(spend=state.above), tree.raw_totals(spend=state.below)
        low, high = tree.low[nodes], tree.high[nodes]
        is_held = (np.clip(raw_above[nodes], low, high) != raw_above[nodes]) | (
            np.clip(raw_below[nodes], low, high) != raw_below[nodes]
        )
        held = nodes[is_held]
        if held.size:
            share = _node_shares(tree, state, held)
            target = (1.0 - share) * np.clip(raw_above[held], tree.low[held], tree.high[held]) + share * np.clip(
                raw_below[held], tree.low[held], tree.high[held]
            )
            start = node_price[held] if guess is None else guess[held]
            _Level(model, tree, demand, terms, state, held, target).settle(node_price, start)
    return Filling(spend=state.spend, node_price=node_price)


def _node_shares(tree: Tree, state: _State, held: NDArray[np.intp]) -> Array:
    """The share of any cell of each node: all cells of a node share their nearest held ancestor's."""
    first = np.full(tree.count, -1, dtype=np.intp)
    first[tree.home[::-1]] = np.arange(tree.home.size - 1, -1, -1)
    for nodes in tree.levels[:0:-1]:
        np.maximum.at(first, tree.parent[nodes], first[nodes])
    return state.share[first[held]]


class _Level:
    """The held nodes of one level: a price for each so that it spends just its target."""

    def __init__(
        self,
        model: Model,
        tree: Tree,
        demand: Demand,
        terms: Terms,
        state: _State,
        held: NDArray[np.intp],
        target: Array,
    ) -> None:
        own = np.full(tree.count, -1, dtype=np.intp)
        own[held] = np.arange(held.size)
        group = tree.spread(own=own)[tree.home]
        self.cells = np.flatnonzero(group >= 0)
        whole = self.cells.size == model.count
        self.group = group[self.cells]
        self.demand = demand if whole else demand.part(self.cells)
        self.worth, self.asks = terms.worth[self.cells], terms.asks[self.cells]
        self.tree, self.state, self.held, self.target, self.model = tree, state, held, target, model
        # Prices are searched as logarithms above the lowest price at which some cell still asks something.
        self.base = np.zeros(held.size)
        np.maximum.at(self.base, self.group, self.asks)
        self.full = np.zeros(model.count)

    def settle(self, node_price: Array, start: Array) -> None:
        """Find the prices and write price and spend of the nodes' cells into the state."""
        tolerance = _PRECISE * np.maximum(np.abs(self.target), 1e-6 * self.model.unit)
        first = self._logarithm(self._guess(start))
        found = bracket_roots(function=self._excess, start=first, tolerance=tolerance, reach=_REACH)
        above, below = self._spend(found.above), self._spend(found.below)
        share = found.share_below
        price = self._price((1.0 - share) * found.above + share * found.below)
        node_price[self.held] = price
        self.state.price[self.cells] = price[self.group]
        self.state.above[self.cells], self.state.below[self.cells] = above, below
        self.state.share[self.cells] = share[self.group]

    def _guess(self, start: Array) -> Array:
        """The given price where there is one; else the usual slope at an even part of the target."""
        if np.any(start > 0.0):
            known: Array = np.where(start > 0.0, start, start.max())
            return known
        members = np.maximum(np.bincount(self.group, minlength=self.held.size), 1)
        even = np.clip((self.target / members)[self.group], self.demand.lower, self.demand.upper)
        spend = self.model.lower.copy()
        spend[self.cells] = even
        with np.errstate(over="ignore"):
            earned = np.minimum(self.worth * self.model.slope(spend=spend)[self.cells], 1e280) - self.asks
        usual = np.bincount(self.group, weights=earned / members[self.group], minlength=self.held.size)
        return np.asarray(usual, dtype=np.float64)

    def _logarithm(self, price: Array) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):
            logarithm: Array = np.nan_to_num(np.log(np.maximum(price + self.base, 0.0)), neginf=-_REACH)
        return logarithm

    def _price(self, logarithm: Array) -> Array:
        price: Array = np.exp(logarithm) - self.base
        return price

    def _spend(self, logarithm: Array) -> Array:
        price = self._price(logarithm)
        return self.demand.at(worth=self.worth, price=price[self.group] + self.asks)

    def _excess(self, logarithm: Array) -> Array:
        self.full[self.cells] = self._spend(logarithm)
        raw = self.tree.raw_totals(spend=self.full)
        excess: Array = raw[self.held] - self.target
        return excess
