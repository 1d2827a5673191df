"""Partial pooling on a tree: what a cell would be believed to be from all other cells, the nearest counting most.

A parameter of a cell is its parent's plus a normal deviation, the parent's its own parent's plus another, and so on to
the root: channel → retailer → placement → audience → SKU. How far children lie from their parents is learnt by level.
Messages up and down the tree are exact for normal estimates (Pearl 1988; Gelman et al. 2013, chapter 5).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.curves import Array

CANDIDATES = 150
LEAST_DOUBT = 0.3
_LEAST_PRECISION = 1e-12


@dataclass(frozen=True, kw_only=True, eq=False)
class Pooled:
    """What all other cells say of each cell: normal, shape (n_cells,)."""

    mean: Array
    variance: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class _Tree:
    """``parents[d]`` is the place, among the nodes of depth d, of the parent of each node of depth d + 1."""

    parents: tuple[NDArray[np.intp], ...]
    sizes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Up:
    """What children say of their parents, by depth: mean and precision, shape (n_candidates, n_nodes)."""

    mean: list[Array]
    precision: list[Array]
    evidence: Array


def pooled(
    *,
    paths: Sequence[tuple[str, ...]],
    estimates: Array,
    variances: Array,
    root: tuple[float, float],
    spread: float,
    rng: np.random.Generator,
) -> Pooled:
    """The belief about each cell from the others' estimates, shape (n_cells,) each.

    Args:
        paths: of one length; no two alike.
        variances: of the estimates; large where a cell's own data say little.
        root: mean and standard deviation of the belief about the root.
        spread: how far children may lie from parents before any data; learnt up to a factor of about three either way.
        rng: source of the candidates for the spreads by level, which are weighed by how well they explain the data.
    """
    tree = _tree(paths)
    centre = np.full(len(tree.parents), np.log(spread))
    doubt = np.ones_like(centre)
    first = centre + doubt * rng.standard_normal((CANDIDATES, centre.size))
    weights = _weights(_upward(tree, first, estimates, variances, root).evidence)
    found = weights @ first
    nearer = np.maximum(np.sqrt(weights @ (first - found) ** 2), LEAST_DOUBT)
    second = found + nearer * rng.standard_normal((CANDIDATES, centre.size))
    up = _upward(tree, second, estimates, variances, root)
    weights = _weights(
        up.evidence - 0.5 * np.sum(((second - centre) / doubt) ** 2 - ((second - found) / nearer) ** 2, axis=1)
    )
    mean, variance = _downward(tree, second, up, estimates, variances, root)
    middle = weights @ mean
    return Pooled(mean=middle, variance=weights @ (variance + (mean - middle) ** 2))


def _tree(paths: Sequence[tuple[str, ...]]) -> _Tree:
    depth = len(paths[0])
    if len(set(paths)) != len(paths) or any(len(path) != depth for path in paths):
        raise ValueError("Cells need paths of one length, no two alike.")
    levels: list[list[tuple[str, ...]]] = [sorted({path[:level] for path in paths}) for level in range(depth)]
    levels.append(list(paths))
    places = [{node: place for place, node in enumerate(level)} for level in levels]
    parents = tuple(
        np.array([places[level][node[:level]] for node in levels[level + 1]], dtype=np.intp) for level in range(depth)
    )
    return _Tree(parents=parents, sizes=tuple(len(level) for level in levels))


def _weights(evidence: Array) -> Array:
    weights = np.exp(evidence - evidence.max())
    normal: Array = weights / weights.sum()
    return normal


def _upward(tree: _Tree, log_spreads: Array, estimates: Array, variances: Array, root: tuple[float, float]) -> _Up:
    """Merge children into parents, from the cells to the root, with the log evidence of each candidate."""
    count = log_spreads.shape[0]
    mean = np.broadcast_to(estimates, (count, estimates.size))
    variance = np.broadcast_to(variances, (count, variances.size))
    means, precisions, evidence = [], [], np.zeros(count)
    for level in reversed(range(len(tree.parents))):
        precision = 1.0 / (variance + np.exp(2.0 * log_spreads[:, level, None]))
        means.append(mean)
        precisions.append(precision)
        total = _gathered(precision, tree, level)
        joined = _gathered(precision * mean, tree, level) / total
        evidence += 0.5 * (np.sum(np.log(precision) - precision * mean**2, axis=1))
        evidence += 0.5 * np.sum(total * joined**2 - np.log(total), axis=1)
        mean, variance = joined, 1.0 / total
    over = variance[:, 0] + root[1] ** 2
    evidence -= 0.5 * (np.log(over) + (mean[:, 0] - root[0]) ** 2 / over)
    return _Up(mean=means[::-1], precision=precisions[::-1], evidence=evidence)


def _downward(
    tree: _Tree, log_spreads: Array, up: _Up, estimates: Array, variances: Array, root: tuple[float, float]
) -> tuple[Array, Array]:
    """What everything outside a node says of it, from the root to the cells: mean and variance."""
    count = log_spreads.shape[0]
    mean, precision = np.full((count, 1), root[0]), np.full((count, 1), root[1] ** -2)
    for level, parents in enumerate(tree.parents):
        own, own_mean = up.precision[level], up.mean[level]
        total = (precision + _gathered(own, tree, level))[:, parents]
        summed = (precision * mean + _gathered(own * own_mean, tree, level))[:, parents]
        others = np.maximum(total - own, _LEAST_PRECISION)
        mean = (summed - own * own_mean) / others
        precision = 1.0 / (1.0 / others + np.exp(2.0 * log_spreads[:, level, None]))
    return mean, 1.0 / precision


def _gathered(values: Array, tree: _Tree, level: int) -> Array:
    """Sums over the children of each node of depth ``level``, shape (n_candidates, n_nodes)."""
    summed = np.zeros((tree.sizes[level], values.shape[0]))
    np.add.at(summed, tree.parents[level], values.T)
    return summed.T
