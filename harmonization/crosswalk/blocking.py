"""Which pairs of items and products are worth a look: those that share rare words, found without comparing all.

Each item is looked up by its rarest blocks only, up to a budget of products, so the work grows with the number of items
and not with its product. Memory is that of one slice of items.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from harmonization.crosswalk.names import Named

SLICE = 2000
Places = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Places of items and products, one pair an entry, and how much rare wording they share (0 to 1)."""

    items: Places
    products: Places
    overlap: NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """The products by their blocks.

    Attributes:
        places: block to column.
        frequency: products that have the block, shape (n_blocks,).
        weight: how telling a block is, the logarithm of its rarity.
        matrix: products as columns, blocks as rows, weights where a product has the block.
        norms: length of each product's vector.
    """

    places: dict[str, int]
    frequency: NDArray[np.int64]
    weight: NDArray[np.float64]
    matrix: csr_array
    norms: NDArray[np.float64]


def index_products(*, products: Sequence[Named]) -> Blocks:
    """The products by their blocks."""
    places: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for number, product in enumerate(products):
        for block in product.blocks():
            rows.append(places.setdefault(block, len(places)))
            columns.append(number)
    row_places = np.asarray(rows, dtype=np.int32)
    frequency = np.bincount(row_places, minlength=len(places))
    weight = np.log1p(len(products) / np.maximum(frequency, 1))
    values = weight[row_places]
    shape = (len(places), len(products))
    matrix = csr_array((values, (row_places, np.asarray(columns, dtype=np.int32))), shape=shape)
    norms = np.sqrt(np.bincount(np.asarray(columns, dtype=np.int32), weights=values**2, minlength=len(products)))
    return Blocks(places=places, frequency=frequency, weight=weight, matrix=matrix, norms=norms)


def likely_pairs(*, items: Sequence[Named], blocks: Blocks, budget: int, keep: int) -> Iterator[Pairs]:
    """The ``keep`` products sharing most rare wording with each item, by slices of items.

    ``budget`` bounds the products looked at for one item.
    """
    for start in range(0, len(items), SLICE):
        chosen = [_rarest(item, blocks, budget=budget) for item in items[start : start + SLICE]]
        lengths = [len(one) for one in chosen]
        columns = np.asarray([place for one in chosen for place in one], dtype=np.int32)
        pointers = np.concatenate(([0], np.cumsum(lengths)))
        looked_up = csr_array((blocks.weight[columns], columns, pointers), shape=(len(chosen), blocks.matrix.shape[0]))
        norms = np.sqrt(np.asarray(looked_up.multiply(looked_up).sum(axis=1)).ravel())
        yield _best((looked_up @ blocks.matrix).tocsr(), norms=norms, blocks=blocks, first=start, keep=keep)


def _rarest(item: Named, blocks: Blocks, *, budget: int) -> list[int]:
    """The item's blocks, rarest first, until the products behind them exceed the budget; one at least."""
    known = [place for block in item.blocks() if (place := blocks.places.get(block)) is not None]
    known.sort(key=lambda place: int(blocks.frequency[place]))
    taken: list[int] = []
    looked_at = 0
    for place in known:
        looked_at += int(blocks.frequency[place])
        if looked_at > budget and taken:
            break
        if looked_at <= 4 * budget:
            taken.append(place)
    return taken


def _best(products: csr_array, *, norms: NDArray[np.float64], blocks: Blocks, first: int, keep: int) -> Pairs:
    items: list[Places] = []
    found: list[Places] = []
    overlap: list[NDArray[np.float64]] = []
    for row in range(products.shape[0]):
        inside = slice(products.indptr[row], products.indptr[row + 1])
        places, shared = products.indices[inside], products.data[inside]
        if not len(places):
            continue
        likeness = shared / (norms[row] * blocks.norms[places])
        if len(places) > keep:
            top = np.argpartition(-likeness, keep - 1)[:keep]
            places, likeness = places[top], likeness[top]
        items.append(np.full(len(places), first + row, dtype=np.int32))
        found.append(places.astype(np.int32))
        overlap.append(likeness)
    if not items:
        nothing = np.empty(0, dtype=np.int32)
        return Pairs(items=nothing, products=nothing, overlap=np.empty(0))
    return Pairs(items=np.concatenate(items), products=np.concatenate(found), overlap=np.concatenate(overlap))
