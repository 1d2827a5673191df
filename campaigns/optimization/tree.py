"""Rules over nested groups of cells as a tree: any two groups are apart or one holds the other."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curves import Array
from campaigns.optimization.model import Model, Row
from campaigns.optimization.solution import Infeasible

_SLACK = 1e-9


@dataclass(frozen=True, kw_only=True)
class Tree:
    """Nodes from the whole plan (node 0) downward.

    Attributes:
        parent: node that holds each node, shape (n_nodes,); 0 for the root itself.
        home: innermost node of each cell, shape (n_cells,).
        low, high: what the rules ask of each node's spend, currency units, shape (n_nodes,).
        levels: node numbers by depth, the root first.
        node_of_row: node of each row of the model.
    """

    parent: NDArray[np.intp]
    home: NDArray[np.intp]
    low: Array
    high: Array
    levels: tuple[NDArray[np.intp], ...]
    node_of_row: NDArray[np.intp]

    @property
    def count(self) -> int:
        return self.parent.size

    def raw_totals(self, *, spend: Array) -> Array:
        """What each node would spend, its descendants held within their rules but not itself, shape (n_nodes,)."""
        return self.gathered(cells=spend, clip=True)

    def gathered(self, *, cells: Array, clip: bool) -> Array:
        """Sums of a figure of the cells over each node, with or without the rules of the nodes below."""
        totals: Array = np.bincount(self.home, weights=cells, minlength=self.count).astype(np.float64)
        for nodes in self.levels[:0:-1]:
            held = np.clip(totals[nodes], self.low[nodes], self.high[nodes]) if clip else totals[nodes]
            totals += np.bincount(self.parent[nodes], weights=held, minlength=self.count)
        return totals

    def spread(self, *, own: NDArray[np.intp]) -> NDArray[np.intp]:
        """For each node the number found at its nearest ancestor-or-self where ``own`` is not -1; else -1."""
        nearest = own.copy()
        for nodes in self.levels[1:]:
            nearest[nodes] = np.where(own[nodes] >= 0, own[nodes], nearest[self.parent[nodes]])
        return nearest


def tree_of(*, model: Model) -> Tree | None:
    """The model's rows as a tree; None when two groups overlap without one holding the other."""
    home = np.zeros(model.count, dtype=np.intp)
    parent, size, depth = [0], [model.count], [0]
    node_of_row = np.zeros(len(model.rows), dtype=np.intp)
    for position in sorted(range(len(model.rows)), key=lambda i: -model.rows[i].cells.size):
        cells = model.rows[position].cells
        if cells.size == 0:
            continue
        node = int(home[cells[0]])
        if np.any(home[cells] != node):
            return None
        if cells.size < size[node]:
            parent.append(node)
            size.append(cells.size)
            depth.append(depth[node] + 1)
            node = len(parent) - 1
            home[cells] = node
        node_of_row[position] = node
    low, high = _limits(model.rows, node_of_row, len(parent))
    depths = np.array(depth)
    return Tree(
        parent=np.array(parent, dtype=np.intp),
        home=home,
        low=low,
        high=high,
        levels=tuple(np.flatnonzero(depths == level) for level in range(int(depths.max()) + 1)),
        node_of_row=node_of_row,
    )


def require_room(*, tree: Tree, model: Model) -> None:
    """Refuse limits that contradict each other; exact, because the groups are nested.

    Raises:
        Infeasible: some node must spend more than it may.
    """
    if np.any(model.lower > model.upper + _SLACK * np.maximum(model.upper, model.unit / model.count)):
        raise Infeasible("No split keeps all rules.")
    least = np.bincount(tree.home, weights=model.lower, minlength=tree.count)
    most = np.bincount(tree.home, weights=model.upper, minlength=tree.count)
    for nodes in tree.levels[::-1]:
        least[nodes], most[nodes] = np.maximum(least[nodes], tree.low[nodes]), np.minimum(most[nodes], tree.high[nodes])
        if np.any(least[nodes] > most[nodes] + _SLACK * np.maximum(most[nodes], model.unit)):
            raise Infeasible("No split keeps all rules.")
        if nodes[0] != 0:
            least += np.bincount(tree.parent[nodes], weights=least[nodes], minlength=tree.count)
            most += np.bincount(tree.parent[nodes], weights=most[nodes], minlength=tree.count)


def _limits(rows: Sequence[Row], node_of_row: NDArray[np.intp], count: int) -> tuple[Array, Array]:
    low, high = np.full(count, -np.inf), np.full(count, np.inf)
    for row, node in zip(rows, node_of_row.tolist(), strict=True):
        if row.sense in ("<=", "=="):
            high[node] = min(high[node], row.bound)
        if row.sense in (">=", "=="):
            low[node] = max(low[node], row.bound)
    return low, high
