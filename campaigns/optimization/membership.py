"""Which cells lie under which path, for many cells and many paths."""

from collections.abc import Sequence
from itertools import count
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

ANY = "*"
Mask = NDArray[np.bool_]


class PathIndex:
    """The names of each level of the cells' paths as numbers; -1 where a path is shorter.

    A level is numbered when a path first asks for it: rules seldom go down to single SKUs. Rules of one node often come
    together, so the cells under the path above the last one are remembered.
    """

    def __init__(self, paths: Sequence[Sequence[str]]) -> None:
        self._paths = paths
        lengths = set(map(len, paths))
        self._depth, self._is_even = max(lengths, default=0), len(lengths) == 1
        self._levels: dict[int, tuple[dict[str | None, int], NDArray[np.int32]]] = {}
        self._above: tuple[tuple[str, ...], Mask] = ((), np.ones(len(paths), dtype=np.bool_))

    def under(self, path: Sequence[str]) -> Mask:
        """Whether each cell lies at or below ``path``, shape (n_cells,); ``*`` stands for any name."""
        if len(path) > self._depth:
            return np.zeros(len(self._paths), dtype=np.bool_)
        if not path:
            return np.ones(len(self._paths), dtype=np.bool_)
        above = tuple(path[:-1])
        if self._above[0] != above:
            self._above = (above, self.under(above))
        return self._above[1] & self._at(len(path) - 1, path[-1])

    def _at(self, level: int, name: str) -> Mask:
        """Whether each cell's path has this name at this level."""
        numbers, column = self._numbered(level)
        found: Mask = column >= 0 if name == ANY else column == numbers.get(name, -2)
        return found

    def _numbered(self, level: int) -> tuple[dict[str | None, int], NDArray[np.int32]]:
        if level not in self._levels:
            names = self._names(level)
            numbers: dict[str | None, int] = dict(zip(dict.fromkeys(names), count(), strict=False))
            if None in numbers:
                numbers[None] = -1
            column = np.fromiter(map(numbers.__getitem__, names), dtype=np.int32, count=len(names))
            self._levels[level] = (numbers, column)
        return self._levels[level]

    def _names(self, level: int) -> list[str | None]:
        """The names of all cells at a level; None where a path is shorter."""
        if self._is_even:
            return list(map(itemgetter(level), self._paths))
        return [path[level] if len(path) > level else None for path in self._paths]
